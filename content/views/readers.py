"""The pages written for one kind of reader."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from content.caching import public_page
from content.models.audiences import Audience
from content.models.readers import Reader
from content.tree import Tree


@require_safe
@public_page
def reader(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The pages written for this reader, then those that are for everyone."""
    tree, language = Tree.of(request), translation.get_language()
    pages = [node for node in tree.nodes if node.language == language and node.audiences]
    context = {
        "reader": reader,
        "pages": [node for node in pages if reader.audiences & set(node.audiences)],
        "for_everyone": [node for node in pages if Audience.EVERYONE in node.audiences],
        "nav_current": "worried",
        "crumbs": [tree.home(language)],
    }
    return render(request, "content/reader.html", context)
