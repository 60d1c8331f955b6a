from .channels import ChannelState, ClosedDays, ContactChannel, OpeningHours
from .pages import GuidancePage, HomePage, SectionPage, StandardPage
from .starting import StartingText

__all__ = [
    "ChannelState",
    "ClosedDays",
    "ContactChannel",
    "GuidancePage",
    "HomePage",
    "OpeningHours",
    "SectionPage",
    "StandardPage",
    "StartingText",
]
