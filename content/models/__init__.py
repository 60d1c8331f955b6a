from .channels import ChannelState, ContactChannel, OpeningHours
from .pages import GuidancePage, HomePage, SectionPage, StandardPage
from .starting import StartingText

__all__ = [
    "ChannelState",
    "ContactChannel",
    "GuidancePage",
    "HomePage",
    "OpeningHours",
    "SectionPage",
    "StandardPage",
    "StartingText",
]
