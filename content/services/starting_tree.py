"""The places of the starting pages in the tree: every page stands where its file says before any text is written."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Page, Site

from content.models import HomePage
from content.models.publicpage import PublicPage
from content.tree import HOME_DEPTH

from .starting_files import LANGUAGES, PageText
from .starting_kinds import MODELS, own_values
from .starting_memory import Memory

SOURCE_LANGUAGE = LANGUAGES[0]
ADDED_LATER = ("content_note",)  # fields that texts loaded before do not know: they count once they say something


def key_of(stem: str, language: str) -> str:
    return f"page/{stem}.{language}"


class Places:
    """Puts the missing pages in the tree, empty, linked to their translations."""

    def __init__(self, memory: Memory, languages: tuple[str, ...] = LANGUAGES, *, live: bool = True):
        self.memory = memory
        self.languages = languages
        self.live = live
        self.locales = {language: Locale.objects.get_or_create(language_code=language)[0] for language in languages}

    def page(self, stem: str, language: str) -> Page | None:
        page_id = self.memory.page_id(key_of(stem, language))
        return Page.objects.filter(pk=page_id).first() if page_id else None

    def ensure(self, texts: list[PageText]) -> None:
        """A home page in each language, the site that shows it, and every page of ``texts``."""
        for language in self.languages:
            if not self.memory.knows(key_of("home", language)):
                self._add_home(language)
        _show(self.page("home", SOURCE_LANGUAGE))
        orders = {page_id: text.order for text in texts if (page_id := self.memory.page_id(text.key))}
        for text in texts:
            if not self.memory.knows(text.key):
                self._add(text, orders)

    def _add_home(self, language: str) -> None:
        root = Page.get_first_root_node() or Page.add_root(
            instance=Page(title="Root", slug="root", locale=self.locales[SOURCE_LANGUAGE])
        )
        slug = "home" if language == SOURCE_LANGUAGE else f"home-{language}"
        Page.objects.filter(depth=2, slug=slug, content_type__model="page").update(slug="welcome")
        home = HomePage(title=slug, slug=slug, headline=slug, lead=slug)
        self._prepare(home, "home", language)
        root.add_child(instance=home)
        self._remember("home", language, home)

    def _add(self, text: PageText, orders: dict[int, int]) -> None:
        """Before the first sibling that the files order after it; nowhere if its parent is gone."""
        parent = self.page(text.parent or "home", text.language)
        if parent is None:
            return
        fields = text.fields
        own = {name: value for name, value in own_values(fields).items() if name != "themes"}
        common = {name: fields[name] for name in ("title", "slug", "lead")}
        page = MODELS[fields["kind"]](**common, **own)
        page.body = [("heading", fields["title"])]  # until its text is written: an empty material is refused
        self._prepare(page, text.stem, text.language)
        later = next((child for child in parent.get_children() if orders.get(child.pk, 0) > text.order), None)
        try:
            with transaction.atomic():
                later.add_sibling("left", instance=page) if later else parent.add_child(instance=page)
        except ValidationError:  # an editor made a page with this address: theirs stays
            return
        orders[page.pk] = text.order
        self._remember(text.stem, text.language, page)

    def _prepare(self, page: PublicPage, stem: str, language: str) -> None:
        """Give the new page its language and tie it to the same page in another one."""
        page.locale = self.locales[language]
        page.live, page.has_unpublished_changes = self.live, not self.live
        others = [self.page(stem, other) for other in LANGUAGES if other != language]
        for other in filter(None, others):
            page.translation_key = other.translation_key

    def _remember(self, stem: str, language: str, page: PublicPage) -> None:
        page.refresh_from_db()
        self.memory.remember(key_of(stem, language), file=None, stored=stored_values(page), page_id=page.pk)


def stored_values(page: PublicPage) -> dict:
    """What an editor could have changed, as the database has it."""
    own = [field for field in page._meta.local_fields if not field.primary_key]
    common = [page._meta.get_field(name) for name in ("title", "slug", "search_description", "live")]
    draft = page._meta.get_field("has_unpublished_changes")
    values = {field.name: field.value_to_string(page) for field in [*own, *common, draft]}
    for name in ADDED_LATER:
        if not values.get(name):
            values.pop(name, None)
    if hasattr(page, "themes"):
        values["themes"] = sorted(page.themes.values_list("key", flat=True))
    return values


def _show(home: Page | None) -> None:
    """Make the public address lead to the home page, unless an editor has chosen another since."""
    address = urlsplit(settings.PUBLIC_BASE_URL)
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first() or Site(is_default_site=True)
    before = (site.hostname, site.port, site.site_name, site.root_page_id)
    site.hostname = address.hostname
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = settings.WAGTAIL_SITE_NAME
    placeholder = site.root_page if site.root_page_id and site.root_page.specific_class is Page else None
    if home is not None and (placeholder or not site.root_page_id):
        site.root_page = home
    if site.root_page_id and before != (site.hostname, site.port, site.site_name, site.root_page_id):
        site.save()
    if placeholder and placeholder.depth == HOME_DEPTH and site.root_page_id != placeholder.pk:
        placeholder.delete()  # the page that came with Wagtail
