"""Everything the editors' admin is told when it starts; each module registers its own."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
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
