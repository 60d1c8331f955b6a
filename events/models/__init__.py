from .event import Event, SeatCounter
from .registration import Registration, RegistrationToken

__all__ = ["Event", "Registration", "RegistrationToken", "SeatCounter"]
