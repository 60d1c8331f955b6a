from .affiliation import Affiliation
from .attachment import Attachment
from .contact import Contact
from .dialogue import Dialogue
from .draft import Draft
from .followup import FollowUp
from .grant import ContactGrant
from .link import RegistrationLink
from .organisation import Organisation
from .person import Person
from .refusal import Channel, Refusal
from .relationship import Relationship, RelationshipKind
from .revision import DialogueRevision
from .rhythm import Rhythm
from .topics import Initiative, Topic

__all__ = [
    "Affiliation",
    "Attachment",
    "Channel",
    "Contact",
    "ContactGrant",
    "Dialogue",
    "DialogueRevision",
    "Draft",
    "FollowUp",
    "Initiative",
    "Organisation",
    "Person",
    "Refusal",
    "RegistrationLink",
    "Relationship",
    "RelationshipKind",
    "Rhythm",
    "Topic",
]
