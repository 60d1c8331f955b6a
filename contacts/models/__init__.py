from .affiliation import Affiliation
from .contact import Contact
from .dialogue import Dialogue, Topic
from .draft import Draft
from .followup import FollowUp
from .grant import ContactGrant
from .link import RegistrationLink
from .organisation import Organisation
from .person import Person
from .refusal import Channel, Refusal
from .relationship import Relationship, RelationshipKind
from .rhythm import Rhythm

__all__ = [
    "Affiliation",
    "Channel",
    "Contact",
    "ContactGrant",
    "Dialogue",
    "Draft",
    "FollowUp",
    "Organisation",
    "Person",
    "Refusal",
    "RegistrationLink",
    "Relationship",
    "RelationshipKind",
    "Rhythm",
    "Topic",
]
