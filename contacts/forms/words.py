"""Fields for the workspace's own words: kinds of organisations and languages."""

import re

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Language, Organisation, OrganisationKind
from contacts.models.organisation import A_CIRCLE, is_company_number, is_eight_digits
from contacts.services.kinds import tree
from contacts.services.languages import read_languages
from contacts.services.umbrellas import above
from outreach.accounts.models import User
from outreach.places.folding import fold
from outreach.privacy.guard import number_in


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

    Left empty, it keeps an umbrella that is hidden from the reader.
    """

    def __init__(self, **kwargs):
        super().__init__(max_length=140, **kwargs)

    def offer(self, user: User, member: Organisation) -> None:
        self.seen = Organisation.objects.visible_to(user)
        self.member = member
        umbrella = self.seen.filter(pk=member.umbrella_id).first()
        # Behind the second lock a hidden row cannot be read at all; its key is enough to keep it.
        self.hidden = Organisation(pk=member.umbrella_id) if member.umbrella_id and not umbrella else None
        self.shown = umbrella.name if umbrella else ""
        suggested = reverse("workspace:choices", query={"kind": "organisation"})
        self.widget.attrs |= {"data-choose": suggested, "data-fills": True}

    def clean(self, value) -> Organisation | None:
        text = super().clean(value)
        if not text:
            return self.hidden
        named = list(self.seen.filter(name_key=fold(text)[:140])[:2])
        if len(named) > 1:
            raise forms.ValidationError(_("Several organisations have this name."))
        if not named:
            near = ", ".join(one.name for one in self.seen.found_by(text).order_by("name")[:3])
            if near:
                raise forms.ValidationError(
                    _("No organisation has this name. Did you mean: %(names)s?") % {"names": near}
                )
            raise forms.ValidationError(_("No organisation has this name."))
        if self.member in (named[0], *above(named[0])):
            raise forms.ValidationError(A_CIRCLE)
        return named[0]
