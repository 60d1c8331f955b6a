from .agenda import AgendaItem
from .audiences import ForWhom
from .correction import Correction
from .dialogue_request import DialogueRequest, DialogueRequestToken
from .event import Event, Refusal, whole_days_of
from .form_link import FormLink
from .helper import Helper
from .invitation import Invitation, InvitationToken
from .mail_again import MailAgain
from .mailbox import MailboxLink
from .material import Material
from .question import Question
from .registration import Registration, Shown, WrongMove, person_key
from .registration_token import RegistrationToken
from .reminder import Reminder
from .reply import Reply
from .seats import HeldSeats, Mode, PartnerKind, SeatCounter
from .sector import Sector

__all__ = [
    "AgendaItem",
    "Correction",
    "DialogueRequest",
    "DialogueRequestToken",
    "Event",
    "ForWhom",
    "FormLink",
    "HeldSeats",
    "Helper",
    "Invitation",
    "InvitationToken",
    "MailAgain",
    "MailboxLink",
    "Material",
    "Mode",
    "PartnerKind",
    "Question",
    "Refusal",
    "Registration",
    "RegistrationToken",
    "Reminder",
    "Reply",
    "SeatCounter",
    "Sector",
    "Shown",
    "WrongMove",
    "person_key",
    "whole_days_of",
]
