from .affiliation import Affiliation
from .dialogue import Dialogue, Topic
from .followup import FollowUp
from .grant import ContactGrant
from .link import RegistrationLink
from .organisation import Organisation
from .person import Person

__all__ = [
    "Affiliation",
    "ContactGrant",
    "Dialogue",
    "FollowUp",
    "Organisation",
    "Person",
    "RegistrationLink",
    "Topic",
]
