"""Where editors begin: what is to be checked, what its owner says is wrong, and who answers for what."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from content.models import ContactChannel, DirectoryEntry, Owner, OwnerQuestion
from content.models.review import Reviewed

SOON = timedelta(days=30)
SHOWN = 12


class OwnerViewSet(SnippetViewSet):
    model = Owner
    icon = "user"
    menu_label = _("Owners")
    menu_order = 253
    add_to_admin_menu = True
    list_display = ["row", "called", "address"]
    panels = [
        MultiFieldPanel([FieldRowPanel(["entry", "channel"])], heading=_("What they answer for")),
        FieldPanel("colleague"),
        MultiFieldPanel(
            [FieldRowPanel(["name", "email"]), "language"],
            heading=_("Or somebody elsewhere"),
            help_text=_("Never shown to readers. We write when the text is to be checked, and remind once."),
        ),
    ]


class Line(NamedTuple):
    """One row to check, as the panel shows it."""

    row: Reviewed
    kind: str | Promise
    late: bool
    owner: str
    edit: str


class ToCheckPanel(Component):
    """What is late or soon due, the longest waiting first; nothing to check is said too."""

    name = "to_check"
    template_name = "content/admin/to_check.html"
    order = 110

    def get_context_data(self, parent_context=None) -> dict[str, Any]:
        today = timezone.localdate()
        lines = sorted(self.lines(today), key=lambda line: line.row.review_by)
        notes = OwnerQuestion.objects.exclude(note="").select_related("owner__entry", "owner__channel")
        return {
            "lines": lines[:SHOWN],
            "more": max(len(lines) - SHOWN, 0),
            "late": sum(line.late for line in lines),
            "notes": [(note, edit_url(note.owner.row)) for note in notes.order_by("answered_at") if not note.is_over],
            "without_owner": sum(kind.objects.filter(owner=None).count() for kind in KINDS),
            "owners": reverse(Owner.snippet_viewset.get_url_name("list")),
        }

    def lines(self, today) -> list[Line]:
        due = [
            row for kind in KINDS for row in kind.objects.due_within(today, SOON).select_related("owner__colleague")
        ]
        return [Line(row, row._meta.verbose_name, row.review_by < today, _owner_of(row), edit_url(row)) for row in due]


KINDS: tuple[type[DirectoryEntry] | type[ContactChannel], ...] = (DirectoryEntry, ContactChannel)


def edit_url(row: DirectoryEntry | ContactChannel) -> str:
    return reverse(row.snippet_viewset.get_url_name("edit"), args=[row.pk])


def _owner_of(row: DirectoryEntry | ContactChannel) -> str:
    return row.owner.called if hasattr(row, "owner") else ""


@hooks.register("construct_homepage_panels")
def to_check(request, panels):
    panels.append(ToCheckPanel())


register_snippet(OwnerViewSet)
