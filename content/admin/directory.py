"""The directory "who does what" as editors keep it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from content.admin.snippets import in_both_languages
from content.models import DirectoryEntry


class DirectoryEntryViewSet(SnippetViewSet):
    model = DirectoryEntry
    icon = "group"
    menu_label = _("Who does what")
    menu_order = 252
    add_to_admin_menu = True
    list_display = ["__str__", "level", "as_of", "checked_on", "review_by"]
    list_filter = ["level"]
    search_fields = ["name_da", "name_en", "summary_da", "summary_en"]
    panels = [
        in_both_languages(_("Name"), "name"),
        in_both_languages(_("In one sentence"), "summary"),
        in_both_languages(_("What it does"), "body"),
        MultiFieldPanel(["level", "part_of", "tasks", "audiences", "as_of"], heading=_("Where it belongs")),
        MultiFieldPanel(["channel", "website", "page"], heading=_("How to reach it, and where to read on")),
        InlinePanel(
            "sources", panels=[FieldRowPanel(["title_da", "title_en"]), FieldPanel("date")], label=_("Source")
        ),
        FieldRowPanel(["checked_on", "review_by"], heading=_("Checked")),
        MultiFieldPanel(["key", "order"], heading=_("Where it stands")),
    ]
