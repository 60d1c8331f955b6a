"""Fields for the workspace's own words: kinds of organisations and languages."""

import re
from collections import Counter

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Language, Organisation, OrganisationKind
from contacts.models.organisation import is_company_number, is_eight_digits
from contacts.services.kinds import tree
from contacts.services.languages import read_languages
from contacts.services.umbrellas import can_be_above, namesakes
from outreach.accounts.models import User
from outreach.design.forms import PickSelect
from outreach.places.folding import fold
from outreach.privacy.guard import number_in

NOT_ABOVE = _("This organisation cannot be the umbrella here. Choose another.")


def kinds_to_choose(now: OrganisationKind | None = None) -> list:
    """The leaves of the tree in use, under their branches, and the kind it has ``now`` whatever became of it."""
    groups: list = [("", _("Choose"))]
    offered: dict[str, str] = {}
    for branch in tree(in_use=True, also=now):
        leaves = [(leaf.kind.slug, str(leaf.kind)) for leaf in branch.leaves()]
        groups += [(str(branch.kind), leaves)] if branch.under else leaves
        offered |= dict(leaves)
    if now and now.slug not in offered:  # others stand under it by now
        groups.append((now.slug, str(now)))
    return groups


class KindField(forms.ModelChoiceField):
    """One kind, by its key."""

    def __init__(self, **kwargs):
        super().__init__(OrganisationKind.objects.all(), to_field_name="slug", **kwargs)

    def offer(self, now: OrganisationKind | None = None) -> None:
        """Those in use, and the one it has ``now``."""
        self.queryset = OrganisationKind.objects.filter(Q(retired=False) | Q(pk=now.pk if now else None))
        self.choices = kinds_to_choose(now)


class CompanyNumberField(forms.CharField):
    """A CVR number, however it is written: "10 10 39 40", "DK10103940", "CVR: 10-10-39-40"."""

    def __init__(self, **kwargs):
        super().__init__(max_length=40, validators=[is_eight_digits, is_company_number], **kwargs)

    def to_python(self, value) -> str:
        written = re.sub(r"[\s.:-]", "", super().to_python(value))
        return re.sub(r"^(?:cvr|dk)+", "", written, flags=re.IGNORECASE)


class LanguagesField(forms.CharField):
    """Languages in words, divided by commas; cleaned, a list of them."""

    def __init__(self, **kwargs):
        super().__init__(max_length=200, **kwargs)

    def clean(self, value) -> list[Language]:
        text = super().clean(value)
        if error := number_in(text):  # before it is taken for a language
            raise error
        found = read_languages(text)
        if found.unknown:
            words = ", ".join(_("“%(words)s”") % {"words": word} for word in found.unknown)
            raise forms.ValidationError(_("We do not know the language %(words)s.") % {"words": words})
        return found.known


class UmbrellaField(forms.CharField):
    """An organisation by its name, in any spelling, among those the reader may see; cleaned, the organisation.

    Left as it is it keeps the umbrella, left empty one that is hidden from the reader. ``namesakes`` are those called
    as the form says, where they are several: ``picked`` is the key of the one that is meant.
    """

    def __init__(self, **kwargs):
        super().__init__(max_length=140, **kwargs)

    def offer(self, user: User, member: Organisation, *, typed: str | None, picked: str) -> None:
        self.user, self.seen = user, Organisation.objects.visible_to(user)
        self.member, self.picked = member, picked
        self.now = self.seen.filter(pk=member.umbrella_id).first()
        # Behind the second lock a hidden row cannot be read at all; its key is enough to keep it.
        self.hidden = Organisation(pk=member.umbrella_id) if member.umbrella_id and not self.now else None
        self.shown = self.now.name if self.now else ""
        self.named = namesakes(user, self.shown if typed is None else typed)
        self.namesakes = [one for one in self.named if one != member] if len(self.named) > 1 else []
        suggested = reverse("workspace:choices", query={"kind": "organisation"})
        self.widget.attrs |= {"data-choose": suggested, "data-fills": True}

    def clean(self, value) -> Organisation | None:
        text = super().clean(value)
        if not text:
            return self.hidden
        chosen = self._chosen(text)
        if chosen != self.now and not can_be_above(chosen, self.member, user=self.user):
            raise forms.ValidationError(NOT_ABOVE)
        return chosen

    def _chosen(self, text: str) -> Organisation:
        picked = next((one for one in self.named if self.picked == str(one.pk)), None)
        if picked:
            return picked
        if self.now and fold(text) == fold(self.shown):
            return self.now
        if len(self.namesakes) > 1:
            raise forms.ValidationError(_("Several organisations have this name. Choose one of them."))
        if not self.named:
            raise forms.ValidationError(self._unknown(text))
        return next(iter(self.namesakes or self.named))

    def _unknown(self, text: str) -> str:
        near = ", ".join(one.name for one in self.seen.found_by(text).order_by("name")[:3])
        if near:
            return _("No organisation has this name. Did you mean: %(names)s?") % {"names": near}
        return _("No organisation has this name.")


def umbrella_picks(field: UmbrellaField) -> forms.ChoiceField:
    """Which of the organisations of one name is meant: told apart as ``in_full`` says."""
    words = Counter(map(in_full, field.namesakes))
    choices = [(str(one.pk), in_full(one, keeper=words[in_full(one)] > 1)) for one in field.namesakes]
    now = field.now if field.now in field.namesakes else None
    picks = forms.ChoiceField(
        label=_("Which of them?"),
        choices=choices,
        required=False,
        widget=PickSelect,
        initial=str(now.pk) if now else None,
        error_messages={"invalid_choice": _("Choose one of them.")},
    )
    picks.mark_optional = False  # the name is left out, or one of them is meant
    return picks


def in_full(organisation: Organisation, *, keeper: bool = False) -> str:
    """Its name, kind, place and CVR number; who keeps it, where nothing else tells it apart."""
    place, number = organisation.municipality, organisation.company_number
    parts = [organisation.name, str(organisation.kind), str(place or ""), f"CVR {number}" if number else ""]
    parts += [_("kept by %(name)s") % {"name": organisation.owner}] if keeper else []
    return " · ".join(part for part in parts if part)
