"""What the pages of the site put on their own front page."""

from django.http import HttpRequest

from content.models import NewsListPage, NewsPage
from content.registries import front_asides
from content.tree import Tree

LATEST = 3


def register() -> None:
    front_asides.append(latest_news)


def latest_news(request: HttpRequest, language: str) -> tuple[str, dict] | None:
    """The newest pieces of news in this language; nothing, and no query, while there is none."""
    tree = Tree.of(request)
    nodes = {node.pk: node for node in tree.of_model(NewsPage, language)}
    if not nodes:
        return None
    dates = NewsPage.objects.filter(pk__in=nodes).latest_first().values_list("pk", "date")[:LATEST]
    archive = next(iter(tree.of_model(NewsListPage, language)), None)
    return "content/_front_news.html", {"news": [(nodes[pk], date) for pk, date in dates], "archive": archive}
