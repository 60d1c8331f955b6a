"""A page that lists the pages below it: narrowed by a form, a page of it at a time."""

from collections import defaultdict
from collections.abc import Iterator

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from wagtail.models import Page

from content.tree import Tree

from .facets import Entry, Facet, narrow
from .pages import CHECKED, SUMMARY, BodyPage
from .themes import Theme

PER_PAGE = 20


class ListingPage(BodyPage):
    """``listed`` names the type below it, ``shown`` what its rows are read with, besides the tree."""

    listed: type[Page]
    shown: tuple[str, ...] = ()

    subpage_types: list[str] = []
    parent_page_types = ["content.HomePage", "content.SectionPage"]
    content_panels = [*Page.content_panels, "lead", SUMMARY, "body", CHECKED]

    class Meta:
        abstract = True

    def facets(self, themes: list[Theme]) -> list[Facet]:
        """The questions of the form; none unless the type says so."""
        return []

    def words(self, row: dict) -> dict:
        """A row's words for each facet."""
        return {}

    def labelled(self, row: dict) -> dict:
        """A row as its list shows it."""
        return row

    def rows(self):
        """The listed pages in the order they are shown."""
        return self.listed.objects.filter(path__startswith=self.path).order_by("path")

    def entries(self, tree: Tree) -> Iterator[Entry]:
        """What is live below, in one query and one for its themes."""
        about = defaultdict(list)
        themes = {}
        if hasattr(self.listed, "themes"):
            themes = {theme.pk: theme for theme in Theme.objects.all()}
            for pk, theme in self.rows().order_by("pk").values_list("pk", "themes"):
                about[pk] += [themes[theme]] if theme in themes else []
        for row in self.rows().values("pk", *self.shown):
            if node := tree.by_pk.get(row["pk"]):
                row["themes"] = sorted(about[row["pk"]], key=lambda theme: (theme.order, theme.key))
                yield Entry(node, self.labelled(row), self.words(row))

    def get_context(self, request, *args, **kwargs):
        """With the part of the list that was asked for; ``beyond`` where there is no such part."""
        entries = list(self.entries(Tree.of(request)))
        themes = {theme.pk: theme for entry in entries for theme in entry.values["themes"]}
        narrowed = narrow(entries, self.facets(list(themes.values())), request.GET)
        paginator = Paginator(narrowed.entries, PER_PAGE)
        page, beyond = _part(paginator, request.GET.get("page", "1"))
        return {
            **super().get_context(request, *args, **kwargs),
            "narrowed": narrowed,
            "part": page,
            "beyond": beyond,
        }

    def serve(self, request, *args, **kwargs):
        """A part that is not there is said so, with the way to those that are."""
        response = super().serve(request, *args, **kwargs)
        if response.context_data["beyond"]:
            response.status_code = 404
        return response


def _part(paginator: Paginator, asked: str):
    """The part of this number, and whether a number beyond the list was asked for."""
    try:
        return paginator.page(asked), False
    except PageNotAnInteger:
        return paginator.page(1), False
    except EmptyPage:
        return paginator.page(1), True
