"""What every page of the public site does alike: its address, its way to the reader, its preview."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction

from content.tree import Tree, page_address
from outreach.languages import Translation
from outreach.links import public_href, public_path

from .secondperson import ReadByTwo


class PublicPage(ReadByTwo, Page):
    """A page whose address comes from the settings and the public face's URLconf, whichever process asks."""

    promote_panels = ["slug"]

    class Meta:
        abstract = True

    def clean(self):
        """Refuse an address that leads to something else: such a page could never be read."""
        super().clean()
        if self.slug and self.locale_id:
            path = page_address(public_path, f"/home/{self.slug}/", self.locale.language_code)
            with translation.override(self.locale.language_code):
                taken = resolve(path, urlconf="outreach.urls.public").view_name != "wagtail_serve"
            if taken:
                raise ValidationError({"slug": _("This address is in use for another part of the site.")})

    def with_content_json(self, content):
        """A version of the page that knows which one is read now, so that scheduling it takes nothing down."""
        version = super().with_content_json(content)
        version.live_revision_id = self.live_revision_id
        return version

    def get_url_parts(self, request=None):
        sites = self._get_relevant_site_root_paths(request)
        if not sites:
            return None
        below_home = self.url_path.strip("/").partition("/")[2]
        path = public_path("wagtail_serve", f"{below_home}/" if below_home else "", language=self.locale.language_code)
        return sites[0].site_id, settings.PUBLIC_BASE_URL, path

    def get_url(self, request=None, current_site=None):
        return page_address(public_href, self.url_path, self.locale.language_code)

    url = property(get_url)

    def get_view_restrictions(self):
        """None: the tree does not hold restricted pages, so they are not found at all."""
        return PageViewRestriction.objects.none()

    def get_context(self, request, *args, **kwargs):
        """The page and its surroundings, from the tree: no query of its own."""
        tree, language = Tree.of(request), self.locale.language_code
        above = tree.ancestors(self.path)
        others = [node for node in tree.translations(self.translation_key) if node.language != language]
        return {
            **super().get_context(request, *args, **kwargs),
            "tree": tree,
            "crumbs": above,
            "nav_current": next((node.part for node in above if node.part), getattr(self, "part", "")),
            "siblings": tree.children(above[-1].path) if above else [],
            "children": tree.children(self.path),
            "canonical_url": self.full_url,
            "alternates": [(language, self.full_url), *((node.language, node.full_url) for node in others)],
            "translations": self._translations(tree),
        }

    def _translations(self, tree: Tree) -> list[Translation]:
        """This page in every other language the public is offered, or that language's front page."""
        same = {node.language: node for node in tree.translations(self.translation_key)}
        places = {language: same.get(language) or tree.home(language) for language in tree.languages}
        return [
            Translation(language, node.url, language in same)
            for language, node in places.items()
            if node and language != self.locale.language_code
        ]

    @property
    def preview_modes(self):
        """The page itself, then its translations, as they stand in their newest drafts."""
        others = self.get_translations().select_related("locale").order_by("locale__language_code") if self.pk else []
        return [(page.locale.language_code, page.locale.get_display_name()) for page in [self, *others]]

    @property
    def default_preview_mode(self):
        return self.locale.language_code

    def serve_preview(self, request, mode_name):
        """The page in its own language, whatever the editor's; rendered here, while that language is active."""
        if mode_name != self.locale.language_code:
            other = self.get_translations().filter(locale__language_code=mode_name).first()
            if other is not None:
                return other.get_latest_revision_as_object().serve_preview(request, mode_name)
        with translation.override(self.locale.language_code):
            return super().serve_preview(request, mode_name).render()
