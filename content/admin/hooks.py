"""Everything the editors' admin is told when it starts; each module registers its own."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

import content.admin.review
import content.admin.reviews
import content.admin.translations
import content.admin.trimming  # noqa: F401
from content.admin.directory import DirectoryEntryViewSet
from content.admin.snippets import ContactChannelViewSet, GuideViewSetGroup, ThemeViewSet

register_snippet(ContactChannelViewSet)
register_snippet(DirectoryEntryViewSet)
register_snippet(GuideViewSetGroup)
register_snippet(ThemeViewSet)


@hooks.register("insert_global_admin_css")
def own_css():
    return format_html('<link rel="stylesheet" href="{}">', static("content/admin.css"))


@hooks.register("register_admin_menu_item")
def words_of_mails():
    """Editors begin here, and these stand in the workspace."""
    return MenuItem(gettext_lazy("The words of our mails"), reverse("wordings:list"), icon_name="mail", order=253)
