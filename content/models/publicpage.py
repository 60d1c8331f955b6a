"""What every page of the public site does alike: its address, its way to the reader, its preview."""

from django.conf import settings
from django.http import Http404
from django.utils import translation
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from content.tree import Tree, page_href
from outreach.links import public_path


class PublicPage(Page):
    """A page whose address comes from the settings and the public face's URLconf, whichever process asks."""

    class Meta:
        abstract = True

    def get_url_parts(self, request=None):
        sites = self._get_relevant_site_root_paths(request)
        if not sites:
            return None
        below_home = self.url_path.strip("/").partition("/")[2]
        path = public_path("wagtail_serve", f"{below_home}/" if below_home else "", language=self.locale.language_code)
        return sites[0].site_id, settings.PUBLIC_BASE_URL, path

    def get_url(self, request=None, current_site=None):
        return page_href(self.url_path, self.locale.language_code)

    url = property(get_url)

    def get_view_restrictions(self):
        """None: the tree does not hold restricted pages, so they are not found at all."""
        return PageViewRestriction.objects.none()

    def route(self, request, path_components):
        """Find a page in one lookup, however deep it lies; drafts are not there."""
        tree = Tree.of(request)
        node = tree.by_url_path.get("/".join([self.url_path.rstrip("/"), *path_components, ""]))
        if node is None:
            raise Http404
        return RouteResult(self if node.pk == self.pk else node.page())

    def get_context(self, request, *args, **kwargs):
        """The page and its surroundings, from the tree: no query of its own."""
        tree = Tree.of(request)
        language = translation.get_language()
        return {
            **super().get_context(request, *args, **kwargs),
            "tree": tree,
            "crumbs": tree.ancestors(self.path),
            "alternates": [(node.language, node.url) for node in tree.translations(self.translation_key)],
            "home": tree.home(language),
        }

    def serve_preview(self, request, mode_name):
        """The page in its own language, whatever the editor's; rendered here, while that language is active."""
        with translation.override(self.locale.language_code):
            return super().serve_preview(request, mode_name).render()
