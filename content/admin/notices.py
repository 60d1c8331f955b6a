"""Notices: prepared by an editor, shown by the clock."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from content.models import Notice

from .snippets import in_both_languages


def state(notice: Notice) -> str:
    """Whether readers see it at this moment."""
    now = timezone.now()
    if notice.is_on(now):
        return _("readers see it now")
    return _("over") if notice.shows_until <= now else _("prepared")


class NoticeViewSet(SnippetViewSet):
    model = Notice
    icon = "warning"
    menu_label = gettext_lazy("Notices")
    menu_order = 253
    add_to_admin_menu = True
    list_display = [
        "__str__",
        "level",
        Column("state", label=gettext_lazy("State"), accessor=state),
        "shows_from",
        "shows_until",
    ]
    list_filter = ["level"]
    search_fields = ["heading_da", "heading_en"]
    panels = [
        HelpPanel(gettext_lazy("A notice stands above the text of public pages, two at most. Danger comes first.")),
        in_both_languages(gettext_lazy("Heading"), "heading"),
        in_both_languages(gettext_lazy("Text"), "text"),
        FieldPanel("page"),
        FieldRowPanel(["level", "where"], heading=gettext_lazy("How urgent, and where")),
        MultiFieldPanel([FieldRowPanel(["shows_from", "shows_until"])], heading=gettext_lazy("When")),
    ]


register_snippet(NoticeViewSet)
