"""Where readers meet a contact channel: pages, the guide, the directory, and the parts that stand on every page."""

from datetime import date
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from wagtail.models import Page, ReferenceIndex

from content.models import ContactChannel, DirectoryEntry, GuidancePage, GuideAnswer
from outreach.places.models import Municipality, PoliceDistrict

EVERY_CHANNEL = "body.channels"  # the path to the block that lists them
MOST_NAMED = 30  # pages; the rest are counted

Words = str | Promise

# The templates that show a channel by its key, whatever an editor chose.
SHOWN_BY: dict[str, dict[str, Words]] = {
    "hotline": {
        "design/_help_strip.html": gettext_lazy("Every page but the front page: the line under the header"),
        "design/_footer.html": gettext_lazy("Every page: the foot"),
        "content/_hero.html": gettext_lazy("The front page: the large card"),
        "content/_hotline.html": gettext_lazy("Guidance pages without a contact card of their own"),
        "content/_infohouse_card.html": gettext_lazy("The page of every municipality and police district"),
        "content/reader.html": gettext_lazy("The pages for families, professionals, associations and those involved"),
        "content/guide_unknown.html": gettext_lazy("The guide, where an address leads nowhere"),
        "design/_help_sentence.html": gettext_lazy("Forms, errors and links that have expired"),
    }
}
IF_REMOVED = gettext_lazy("If the channel is removed: the line under the header, the foot and forms")
EVERYWHERE = gettext_lazy("The line under the header, the foot, the front page, forms and mails")
# Where a number stands as fixed text that only a developer changes: the channel may say something else.
FIXED: dict[str, dict[str, Words]] = {
    "hotline": {
        "templates/mail/foot.da.txt": gettext_lazy("The foot of every mail"),
        "templates/mail/foot.en.txt": gettext_lazy("The foot of every mail"),
        "outreach/mail/letter.py": gettext_lazy("The foot of every mail"),
        "templates/bare.html": gettext_lazy("The page that says that something went wrong here"),
        "templates/privacy/_guard.html": gettext_lazy("What officers are asked before they write about an individual"),
        "templates/events/_not_about_others.html": gettext_lazy("The form for registering"),
        "templates/events/dialogue/_not_for_tips.html": gettext_lazy("The form for inviting us to a dialogue"),
        "outreach/privacy/numbers.py": gettext_lazy("The answer to a civil registration number in a form"),
        "templates/design/_help_strip.html": IF_REMOVED,
        "templates/design/_help_sentence.html": IF_REMOVED,
        "templates/design/_footer.html": IF_REMOVED,
    },
    "emergency": {"templates/design/_help_strip.html": EVERYWHERE},
    "police": {"templates/design/_help_strip.html": EVERYWHERE},
}


class PageUse(NamedTuple):
    """A page that an editor put the channel on; ``every`` where the page shows all channels."""

    pk: int
    title: str
    language: str
    live: bool
    every: bool


class Uses(NamedTuple):
    parts: list[str]
    pages: list[PageUse]
    more_pages: int
    answers: list[GuideAnswer]
    entries: list[DirectoryEntry]
    fixed: list[Words]

    @property
    def total(self) -> int:
        """The lines of the list; each may stand for many pages."""
        return len(self.parts) + len(self.pages) + self.more_pages + len(self.answers) + len(self.entries)


def uses_of(channel: ContactChannel, today: date) -> Uses:
    """Seven queries at most, however many pages there are."""
    cards, lists, answered = _references(channel)
    pages = _pages(cards, lists)
    return Uses(
        _parts(channel.key, answered, today),
        pages[:MOST_NAMED],
        max(len(pages) - MOST_NAMED, 0),
        list(channel.guide_answers.all()),
        list(DirectoryEntry.objects.filter(channel=channel)),
        list(dict.fromkeys(FIXED.get(channel.key, {}).values())),
    )


def _references(channel: ContactChannel) -> tuple[set[int], set[int], set[int]]:
    """Pages with a card of this channel, pages that list every channel, pages with any card: Wagtail's own index."""
    rows = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(ContactChannel),
        base_content_type=ContentType.objects.get_for_model(Page),
    ).values_list("object_id", "to_object_id", "model_path")
    cards, lists, answered = set(), set(), set()
    for page, found, path in rows:
        answered.add(int(page))
        if path == EVERY_CHANNEL:
            lists.add(int(page))
        elif found == str(channel.pk):
            cards.add(int(page))
    return cards, lists, answered


def _pages(cards: set[int], lists: set[int]) -> list[PageUse]:
    rows = Page.objects.filter(pk__in=cards | lists).order_by("locale__language_code", "path")
    named = rows.values_list("pk", "title", "locale__language_code", "live")
    return [PageUse(pk, title, language, live, pk not in cards) for pk, title, language, live in named]


def _parts(key: str, answered: set[int], today: date) -> list[str]:
    """What shows the channel of itself, with how many pages that is where it is not every page."""
    shown = SHOWN_BY.get(key, {})
    counts = {}
    if shown:
        guidance = GuidancePage.objects.live().exclude(pk__in=answered).count()
        places = Municipality.objects.on(today).count() + PoliceDistrict.objects.on(today).count()
        counts = {"content/_hotline.html": guidance, "content/_infohouse_card.html": places}
    return [f"{text} ({counts[name]})" if name in counts else str(text) for name, text in shown.items()]
