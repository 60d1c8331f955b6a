from .correction import Correction
from .dialogue_request import DialogueRequest, DialogueRequestToken
from .event import Event, Refusal, SeatCounter
from .registration import Registration, RegistrationToken, WrongMove, person_key

__all__ = [
    "Correction",
    "DialogueRequest",
    "DialogueRequestToken",
    "Event",
    "Refusal",
    "Registration",
    "RegistrationToken",
    "SeatCounter",
    "WrongMove",
    "person_key",
]
