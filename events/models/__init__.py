from .audiences import ForWhom
from .correction import Correction
from .dialogue_request import DialogueRequest, DialogueRequestToken
from .event import Event, Refusal
from .registration import Registration, RegistrationToken, WrongMove, person_key
from .reminder import Reminder
from .seats import HeldSeats, Mode, PartnerKind, SeatCounter

__all__ = [
    "Correction",
    "DialogueRequest",
    "DialogueRequestToken",
    "Event",
    "ForWhom",
    "HeldSeats",
    "Mode",
    "PartnerKind",
    "Refusal",
    "Registration",
    "RegistrationToken",
    "Reminder",
    "SeatCounter",
    "WrongMove",
    "person_key",
]
