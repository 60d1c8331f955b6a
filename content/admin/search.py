"""The words that mean the same in the public search."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from content.models import SynonymSet


class SynonymSetViewSet(SnippetViewSet):
    model = SynonymSet
    icon = "search"
    menu_label = _("Synonyms")
    menu_order = 265
    add_to_admin_menu = True
    search_fields = ["words_da", "words_en"]
    panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("words_da"), FieldPanel("words_en")])], heading=_("Words that mean the same")
        )
    ]


register_snippet(SynonymSetViewSet)
