"""The pages of the tree, found in the skeleton that is kept for each content version."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from content.caching import public_page
from content.tree import Tree


@require_safe
@public_page
def page(request: HttpRequest, path: str) -> HttpResponse:
    """The live page at this address in the language of the address; no query but for the page itself.

    Wagtail's own view asks for the site, its root and every step of the way. Its hooks around serving hold nothing
    for us: a restricted page is not in the tree, and nobody writes here.
    """
    tree = Tree.of(request)
    home = tree.home(translation.get_language())
    node = tree.by_url_path.get(home.url_path + path) if home else None
    if node is None:
        raise Http404
    try:
        found = node.page()
    except ObjectDoesNotExist as gone:  # since the skeleton was read
        raise Http404 from gone
    return found.serve(request)
