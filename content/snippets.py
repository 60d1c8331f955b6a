"""Reference data that editors keep in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from content.models import ContactChannel, Theme


def in_both_languages(heading, field):
    return MultiFieldPanel([FieldRowPanel([FieldPanel(f"{field}_da"), FieldPanel(f"{field}_en")])], heading=heading)


class ContactChannelViewSet(SnippetViewSet):
    model = ContactChannel
    icon = "mobile-alt"
    menu_label = _("Contact channels")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["name", "kind", "number", "always_open", "checked_on"]
    list_filter = ["kind"]
    search_fields = ["name_da", "name_en", "number"]
    panels = [
        in_both_languages(_("Name"), "name"),
        in_both_languages(_("The caller's question"), "question"),
        in_both_languages(_("What it is for"), "description"),
        in_both_languages(_("What happens when you call"), "what_happens"),
        MultiFieldPanel(
            ["kind", "number", "number_abroad", "url", "mailbox", "postal_address", "anonymous", "confidential"],
            heading=_("How to reach it"),
        ),
        in_both_languages(_("Languages spoken"), "languages"),
        FieldPanel("always_open"),
        InlinePanel("opening_hours", label=_("Opening hours")),
        FieldPanel("closed_on_holidays"),
        InlinePanel("closed_days", panels=[FieldRowPanel(["first_day", "last_day"])], label=_("Closed days")),
        MultiFieldPanel(["checked_on", "key", "order"], heading=_("Checked, and where it stands")),
    ]


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    menu_label = _("Themes")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["name", "key", "order"]
    search_fields = ["name_da", "name_en"]
    panels = [in_both_languages(_("Name"), "name"), MultiFieldPanel(["key", "order"], heading=_("Where it stands"))]
