from .affiliation import Affiliation
from .contact import Contact
from .dialogue import Dialogue, Topic
from .draft import Draft
from .followup import FollowUp
from .grant import ContactGrant
from .link import RegistrationLink
from .organisation import Organisation
from .person import Person
from .rhythm import Rhythm

__all__ = [
    "Affiliation",
    "Contact",
    "ContactGrant",
    "Dialogue",
    "Draft",
    "FollowUp",
    "Organisation",
    "Person",
    "RegistrationLink",
    "Rhythm",
    "Topic",
]
