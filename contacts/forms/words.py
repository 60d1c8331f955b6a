"""Fields for the workspace's own words: kinds of organisations and languages."""

from collections.abc import Iterator

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models import Language, OrganisationKind
from contacts.services.kinds import tree
from contacts.services.languages import read_languages
from outreach.privacy.guard import LOOKS_LIKE_CPR, contains_cpr


def kinds_to_choose(now: OrganisationKind | None = None) -> list:
    """The leaves of the tree in use, under their branches, and the kind it has ``now`` whatever became of it."""
    groups: list = [("", _("Choose"))]
    for branch in tree(in_use=True, also=now):
        leaves = [(leaf.kind.slug, str(leaf.kind)) for leaf in branch.leaves()]
        groups += [(str(branch.kind), leaves)] if branch.under else leaves
    return groups


class KindField(forms.ModelChoiceField):
    """One kind, by its key."""

    def __init__(self, **kwargs):
        super().__init__(OrganisationKind.objects.all(), to_field_name="slug", **kwargs)

    def offer(self, now: OrganisationKind | None = None) -> None:
        """Those in use, and the one it has ``now``."""
        self.queryset = OrganisationKind.objects.filter(Q(retired=False) | Q(pk=now.pk if now else None))
        self.choices = kinds_to_choose(now)


class LanguagesField(forms.CharField):
    """Languages in words, divided by commas; cleaned, a list of them."""

    def __init__(self, **kwargs):
        super().__init__(max_length=200, **kwargs)

    def clean(self, value) -> list[Language]:
        text = super().clean(value)
        if contains_cpr(text):  # before it is taken for a language
            raise forms.ValidationError(LOOKS_LIKE_CPR, code="cpr")
        found = read_languages(text)
        if found.unknown:
            words = ", ".join(f"“{word}”" for word in found.unknown)
            raise forms.ValidationError(_("We do not know the language %(words)s.") % {"words": words})
        return found.known


def kinds_to_filter_by() -> Iterator[tuple[str, str]]:
    """Every kind and branch, those that stand under another set in."""
    for branch in tree(in_use=False):
        for one in branch.walk():
            yield one.kind.slug, "\u2003" * one.level + str(one.kind)
