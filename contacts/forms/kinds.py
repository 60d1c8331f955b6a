"""A kind of organisation: what it is called, where it stands in the tree, whether it may still be chosen."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from contacts.forms.base import WorkspaceModelForm
from contacts.models import OrganisationKind
from contacts.models.kind import LEVELS
from contacts.services.kinds import Branch, tree
from outreach.meanwhile import MeanwhileMixin


class OrganisationKindForm(MeanwhileMixin, WorkspaceModelForm):
    asks_about_words = False  # everybody reads them

    class Meta:
        model = OrganisationKind
        fields = ["name_da", "name_en", "parent", "order", "retired"]
        labels = {"parent": _("Stands under"), "order": _("Place among those beside it"), "retired": _("Retired")}
        help_texts = {
            "order": _("A lower number stands first."),
            "retired": _("The organisations of this kind keep it. It can be chosen for no other."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("Nothing: it stands at the top")), *self._places()]
        if self.instance._state.adding:
            del self.fields["retired"]

    def _places(self) -> Iterator[tuple[int, str]]:
        """Where it may stand: not under itself, nor so deep that there is no level left."""
        for branch in tree(in_use=True, also=self.instance.parent):
            yield from self._within(branch)

    def _within(self, branch: Branch) -> Iterator[tuple[int, str]]:
        if branch.kind == self.instance or branch.level + 1 >= LEVELS:
            return
        yield branch.kind.pk, "\N{EM SPACE}" * branch.level + str(branch.kind)
        for one in branch.under:
            yield from self._within(one)
