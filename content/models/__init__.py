from .approval import ChannelProposal
from .channels import ChannelState, ClosedDays, ContactChannel, OpeningHours
from .directory import DirectoryEntry, DirectorySource
from .guide import GuideAnswer, GuideChoice, GuideQuestion
from .library import PracticeLibraryPage, PracticePage, ResourceLibraryPage, ResourcePage
from .news import NewsListPage, NewsPage
from .notices import Notice, Showing
from .pages import GuidancePage, HomePage, SectionPage, StandardPage
from .search import SearchEntry, SearchKind, SynonymSet
from .secondperson import SecondPersonTask
from .starting import StartingText
from .themes import Theme
from .upkeep import Owner, OwnerQuestion
from .version import ContentVersion

__all__ = [
    "ChannelProposal",
    "ChannelState",
    "ClosedDays",
    "ContactChannel",
    "ContentVersion",
    "DirectoryEntry",
    "DirectorySource",
    "GuidancePage",
    "GuideAnswer",
    "GuideChoice",
    "GuideQuestion",
    "HomePage",
    "NewsListPage",
    "NewsPage",
    "Notice",
    "OpeningHours",
    "Owner",
    "OwnerQuestion",
    "PracticeLibraryPage",
    "PracticePage",
    "ResourceLibraryPage",
    "ResourcePage",
    "SearchEntry",
    "SearchKind",
    "SecondPersonTask",
    "SectionPage",
    "Showing",
    "StandardPage",
    "StartingText",
    "SynonymSet",
    "Theme",
]
