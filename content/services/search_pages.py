"""The pages of the site as the search finds them, and their new addresses when one above them moves."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.db.models.signals import post_save
from django.utils import translation
from wagtail.models import Page
from wagtail.signals import post_page_move

from content.models import (
    NewsListPage,
    NewsPage,
    PracticeLibraryPage,
    PracticePage,
    ResourceLibraryPage,
    ResourcePage,
    SearchEntry,
    SectionPage,
    StandardPage,
)
from content.models.audiences import Audience
from content.models.pages import BodyPage
from content.models.search import SearchKind
from content.registries import SearchSource
from content.tree import page_address
from outreach.design.templatetags.design_tags import longdate
from outreach.links import public_path

from .search_index import entry, refresh, register
from .search_words import running, written

# What a type of page is to a reader; of the others the part of the site says it.
KINDS: dict[type[Page], SearchKind] = {
    NewsListPage: SearchKind.NEWS,
    NewsPage: SearchKind.NEWS,
    PracticeLibraryPage: SearchKind.PRACTICE,
    PracticePage: SearchKind.PRACTICE,
    ResourceLibraryPage: SearchKind.MATERIAL,
    ResourcePage: SearchKind.MATERIAL,
    StandardPage: SearchKind.ABOUT,
}
OF_PART = {
    SectionPage.Part.WHO_DOES_WHAT.value: SearchKind.DIRECTORY,
    SectionPage.Part.ABOUT.value: SearchKind.ABOUT,
}
# Who reads of what others have tried.
OF_PRACTICES = (Audience.PROFESSIONAL, Audience.ASSOCIATION)
ALSO = ("country", "organisation", "organisation_about")


def page_types() -> list[type[Page]]:
    """Every type, and what all have in common: it is what Wagtail saves when a page moves."""
    return [model for model in apps.get_models() if issubclass(model, Page)]


def page_entries(keys: Collection[str] | None, now: datetime) -> Iterator[SearchEntry]:
    """The live pages, each in its own language."""
    parts = _parts()
    for model, chosen in _by_type(keys):
        pages = model.objects.live().exclude(expire_at__lte=now).select_related("locale")
        for page in pages if chosen is None else pages.filter(pk__in=chosen):
            yield _entry(page, parts)


def _by_type(keys: Collection[str] | None) -> Iterator[tuple[type[Page], list[int] | None]]:
    """The types to ask, each for the keys that are of it."""
    if keys is None:
        yield from ((model, None) for model in page_types() if issubclass(model, BodyPage))
        return
    chosen = defaultdict(list)
    for page in Page.objects.filter(pk__in=keys).only("pk", "content_type"):
        chosen[page.specific_class].append(page.pk)
    yield from ((model, chosen[model]) for model in chosen if issubclass(model, BodyPage))


def _entry(page: BodyPage, parts: dict[str, str]) -> SearchEntry:
    body = [page.lead, *(getattr(page, name, "") for name in ALSO), *written(list(page.body.raw_data))]
    return entry(
        key=page.pk,
        language=page.locale.language_code,
        kind=_kind(page, parts),
        path=page_address(public_path, page.url_path, page.locale.language_code),
        title=page.title,
        detail=_detail(page),
        summary=page.search_description or page.lead,
        body=running(body),
        audiences=OF_PRACTICES if isinstance(page, PracticePage) else getattr(page, "audiences", ()),
        valid_until=page.expire_at,
    )


def _detail(page: BodyPage) -> str:
    """Who stood for a practice, where and when; the day of a piece of news."""
    if isinstance(page, PracticePage):
        return " · ".join(map(str, filter(None, [page.organisation, page.country, page.year])))
    if isinstance(page, NewsPage):
        with translation.override(page.locale.language_code):
            return longdate(page.date)
    return ""


def _parts() -> dict[str, str]:
    """Which part of the site lies below which section."""
    return dict(SectionPage.objects.exclude(part="").values_list("path", "part"))


def _kind(page: BodyPage, parts: dict[str, str]) -> SearchKind:
    if kind := KINDS.get(type(page)):
        return kind
    above = max((path for path in parts if page.path.startswith(path)), key=len, default="")
    return OF_PART.get(parts.get(above, ""), SearchKind.GUIDANCE)


# What changes below a page with it: addresses, and the part of the site

SOURCE = SearchSource("page", tuple(page_types()), page_entries)  # read once all models are loaded


def register_pages() -> None:
    """Called once, when the app is ready."""
    for model in SOURCE.models:
        post_save.connect(readdress, sender=model, dispatch_uid=f"search.address.{model._meta.label}")
    post_save.connect(rename_kind, sender=SectionPage, dispatch_uid="search.kind")
    register(SOURCE)
    post_page_move.connect(moved, dispatch_uid="search.moved")


def readdress(sender: type[Page], instance: Page, created: bool, **signal: Any) -> None:
    """Wagtail gives the pages below theirs after this, in the same transaction: what is found of them follows here."""
    if created:
        return
    page = Page.objects.select_related("locale").get(pk=instance.pk)
    if not page.numchild:
        return
    child = Page.objects.filter(path__startswith=page.path, depth=page.depth + 1).first()
    if child is not None and child.url_path != f"{page.url_path}{child.slug}/":
        _readdress_below(child.url_path.removesuffix(f"{child.slug}/"), page)


def _readdress_below(url_path_before: str, page: Page) -> None:
    """Everything found at the page's address, or below it, whatever its source."""
    language = page.locale.language_code
    before, after = (page_address(public_path, path, language) for path in (url_path_before, page.url_path))
    below = SearchEntry.objects.filter(language=language, path__startswith=before)
    below.update(path=Concat(Value(after), Substr("path", len(before) + 1)))


def rename_kind(sender: type[Page], instance: SectionPage, created: bool, **signal: Any) -> None:
    """A section that became another part of the site takes what lies in it along."""
    if created:
        return
    section = SectionPage.objects.get(pk=instance.pk)
    kind = _kind(section, _parts())
    if SearchEntry.objects.filter(source=SOURCE.name, key=str(section.pk)).exclude(kind=kind).exists():
        _refresh_below(section)


def moved(sender: type[Page], instance: Page, url_path_before: str, **signal: Any) -> None:
    """To another address and perhaps another part of the site."""
    _readdress_below(url_path_before, instance)
    _refresh_below(instance)


def _refresh_below(page: Page) -> None:
    refresh(SOURCE, [str(pk) for pk in Page.objects.filter(path__startswith=page.path).values_list("pk", flat=True)])
