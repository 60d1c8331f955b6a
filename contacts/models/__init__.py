from .address import Address
from .affiliation import Affiliation
from .attachment import Attachment
from .contact import Contact
from .dailymail import DailyMail
from .dialogue import Dialogue
from .draft import Draft
from .followup import FollowUp
from .grant import ContactGrant
from .kind import OrganisationKind
from .language import Language
from .link import RegistrationLink
from .organisation import Organisation
from .othername import OtherName
from .person import Person
from .point import ContactPoint
from .refusal import Channel, Refusal
from .relationship import Relationship, RelationshipKind
from .revision import DialogueRevision
from .rhythm import Rhythm
from .snooze import Snooze
from .subject import EventSubject
from .topics import Initiative, Topic
from .view import SavedView

__all__ = [
    "Address",
    "Affiliation",
    "Attachment",
    "Channel",
    "Contact",
    "ContactGrant",
    "ContactPoint",
    "DailyMail",
    "Dialogue",
    "DialogueRevision",
    "Draft",
    "EventSubject",
    "FollowUp",
    "Initiative",
    "Language",
    "Organisation",
    "OrganisationKind",
    "OtherName",
    "Person",
    "Refusal",
    "RegistrationLink",
    "Relationship",
    "RelationshipKind",
    "Rhythm",
    "SavedView",
    "Snooze",
    "Topic",
]
