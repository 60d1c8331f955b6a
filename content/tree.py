"""The live pages of the site as a light tree, read in one query: navigation, links and addresses come from it.

The public face reads it once for each content version.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, Min, OuterRef
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from content.keeping import PerVersion
from outreach.languages import further
from outreach.links import public_href, public_url

HOME_DEPTH = 2


class Node(NamedTuple):
    """One live page, without its body."""

    pk: int
    path: str
    depth: int
    url_path: str
    title: str
    summary: str
    language: str
    translation_key: UUID
    content_type_id: int
    audiences: list[str] | None
    part: str | None
    expire_at: datetime | None
    restricted: bool

    @property
    def url(self) -> str:
        return page_address(public_href, self.url_path, self.language)

    @property
    def full_url(self) -> str:
        return page_address(public_url, self.url_path, self.language)

    def page(self) -> Page:
        """The whole page, in one query."""
        model = ContentType.objects.get_for_id(self.content_type_id).model_class()
        return model.objects.select_related("locale").get(pk=self.pk)


def page_address(link: Callable[..., str], url_path: str, language: str) -> str:
    """Where a page is read; its first part is the home page of its language, which the address does not show."""
    below_home = url_path.strip("/").partition("/")[2]
    return link("wagtail_serve", f"{below_home}/" if below_home else "", language=language)


class Tree:
    """All live pages of all languages, in the order editors gave them."""

    def __init__(self, nodes: list[Node]):
        self.nodes = nodes

    @classmethod
    def load(cls) -> "Tree":
        """Read it from the database. What someone restricted, and all below it, is not there at all."""
        rows = (
            Page.objects.live()
            .filter(depth__gte=HOME_DEPTH)
            .exclude(expire_at__lte=Now())  # taken down on time, also when the worker comes late
            .order_by("path")
            .values_list(
                "pk",
                "path",
                "depth",
                "url_path",
                "title",
                "search_description",
                F("locale__language_code"),
                "translation_key",
                "content_type_id",
                Coalesce("guidancepage__audiences", "resourcepage__audiences"),
                F("sectionpage__part"),
                "expire_at",
                Exists(PageViewRestriction.objects.filter(page_id=OuterRef("pk"))),
            )
        )
        nodes = [Node(*row) for row in rows]
        closed = tuple(node.path for node in nodes if node.restricted)
        return cls([node for node in nodes if not node.path.startswith(closed)] if closed else nodes)

    @classmethod
    def of(cls, request) -> "Tree":
        """The tree as this request found it; read again when a page in it has expired since."""
        if not hasattr(request, "page_tree"):
            tree = TREE.of(request)
            if tree.ends_at and tree.ends_at <= timezone.now():
                TREE.forget()
                tree = TREE.of(request)
            request.page_tree = tree
        return request.page_tree

    @cached_property
    def ends_at(self) -> datetime | None:
        """When the first of its pages expires."""
        return min((node.expire_at for node in self.nodes if node.expire_at), default=None)

    @cached_property
    def by_pk(self) -> dict[int, Node]:
        return {node.pk: node for node in self.nodes}

    @cached_property
    def by_url_path(self) -> dict[str, Node]:
        return {node.url_path: node for node in self.nodes}

    @cached_property
    def _by_path(self) -> dict[str, Node]:
        return {node.path: node for node in self.nodes}

    @cached_property
    def _by_parent(self) -> dict[Hashable, list[Node]]:
        return self._grouped(lambda node: node.path[: -Page.steplen])

    @cached_property
    def _by_translation(self) -> dict[Hashable, list[Node]]:
        return self._grouped(lambda node: node.translation_key)

    @cached_property
    def _by_kind(self) -> dict[Hashable, list[Node]]:
        return self._grouped(lambda node: (node.content_type_id, node.language))

    @cached_property
    def _by_part(self) -> dict[Hashable, list[Node]]:
        return self._grouped(lambda node: (node.part, node.language))

    def _grouped(self, key: Callable[[Node], Hashable]) -> dict[Hashable, list[Node]]:
        groups: dict[Hashable, list[Node]] = defaultdict(list)
        for node in self.nodes:
            groups[key(node)].append(node)
        return dict(groups)

    def home(self, language: str) -> Node | None:
        return next((node for node in self.homes if node.language == language), None)

    @cached_property
    def languages(self) -> list[str]:
        """The languages the public is offered: a further one once its front page is published."""
        return [code for code, _name in settings.LANGUAGES if code not in further() or self.home(code)]

    @cached_property
    def homes(self) -> list[Node]:
        """The front page of each language."""
        return [node for node in self.nodes if node.depth == HOME_DEPTH]

    def part(self, name: str, language: str) -> Node | None:
        """The section that a word of the navigation leads to."""
        return next(iter(self._by_part.get((name, language), [])), None)

    def of_model(self, model: type[Page], language: str) -> list[Node]:
        """The pages of one kind."""
        kind = ContentType.objects.get_for_model(model).pk
        return self._by_kind.get((kind, language), [])

    def children(self, path: str) -> list[Node]:
        return self._by_parent.get(path, [])

    def ancestors(self, path: str) -> list[Node]:
        """From the home page down to the parent."""
        above = [path[:length] for length in range(HOME_DEPTH * Page.steplen, len(path), Page.steplen)]
        return [self._by_path[step] for step in above if step in self._by_path]

    def translations(self, translation_key: UUID) -> list[Node]:
        return self._by_translation.get(translation_key, [])


TREE = PerVersion(Tree.load)


def next_expiry(now: datetime) -> datetime | None:
    """When the next page expires."""
    return Page.objects.live().filter(expire_at__gt=now).aggregate(moment=Min("expire_at"))["moment"]
