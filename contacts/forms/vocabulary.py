"""The words dialogues and relationships are sorted by. One in use is never deleted: it is taken off the offer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import WorkspaceModelForm
from contacts.models import Initiative, OrganisationKind, RelationshipKind, Topic
from contacts.services.kinds import tree
from outreach.meanwhile import MeanwhileMixin

OFFERED = ["name_da", "name_en", "on_offer"]


class TopicForm(MeanwhileMixin, WorkspaceModelForm):
    asks_about_words = False  # everybody reads them

    class Meta:
        model = Topic
        fields = OFFERED


class InitiativeForm(MeanwhileMixin, WorkspaceModelForm):
    asks_about_words = False

    class Meta:
        model = Initiative
        fields = ["number", "priority", *OFFERED]


class BranchesField(forms.MultipleChoiceField):
    """Branches of the tree of kinds, by their keys; cleaned, the kinds."""

    def clean(self, value) -> list[OrganisationKind]:
        return list(OrganisationKind.objects.filter(slug__in=super().clean(value)))


class RelationshipKindForm(MeanwhileMixin, WorkspaceModelForm):
    """What relationships stand on, whom it is between and whether it reads alike from both, is chosen once."""

    asks_about_words = False

    branches = BranchesField(
        label=_("Only organisations of these kinds"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none, and organisations of any kind may have it. A branch counts for all under it."),
        error_messages={"invalid_choice": _("Choose among the kinds of organisations.")},
    )

    class Meta:
        model = RelationshipKind
        fields = ["label_da", "label_en", "reverse_da", "reverse_en", "ends", "branches", "used"]
        help_texts = {
            "label_da": _("As it stands between two names: “Amina Rahbek is deputy for Jens Holm”."),
            "reverse_da": _("The same the other way round. Leave both languages empty where it reads alike."),
        }
        widgets = {"ends": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = [] if self.instance._state.adding else list(self.instance.branches.all())
        self.initial["branches"] = [kind.slug for kind in chosen]
        self.fields["branches"].choices = [
            (one.kind.slug, "\N{EM SPACE}" * one.level + str(one.kind))
            for branch in tree(in_use=False)
            for one in branch.walk()
            if not one.kind.retired or one.kind in chosen
        ]
        self.fields["ends"].choices = RelationshipKind.Ends.choices
        if not self.instance._state.adding:
            self.fields["ends"].disabled = True
            self.fields["ends"].help_text = _("It cannot be changed. Make a new kind, and stop using this one.")
        self.read_alike = None if self.instance._state.adding else self.instance.symmetric

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("branches") and cleaned.get("ends") == RelationshipKind.Ends.PEOPLE:
            self.add_error("branches", forms.ValidationError(_("It is between people. Choose no kinds here.")))
        reads_alike = not (cleaned.get("reverse_da") or cleaned.get("reverse_en"))
        if self.read_alike not in (None, reads_alike):
            self.add_error(
                "reverse_da",
                forms.ValidationError(_("Whether it reads alike from both ends cannot be changed. Make a new kind.")),
            )
        return cleaned
