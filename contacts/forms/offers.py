"""Fields to choose from what is on offer: topics, initiatives, events, colleagues."""

from functools import cache

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import Initiative


class ManyField(forms.ModelMultipleChoiceField):
    """Several of those on offer: drawn from what is read once a minute, looked up only where one is chosen."""

    def offer(self, read, *, among):
        """``read`` gives what is on offer; it is asked when the field is drawn."""
        self.queryset = among
        self.choices = cache(lambda: [(row.pk, str(row)) for row in read()])


class TopicsField(ManyField):
    default_error_messages = dict.fromkeys(["invalid_choice", "invalid_pk_value"], _("Choose among the topics."))

    def clean(self, value):
        """A number too large for any key is no choice; the database would not even look for it."""
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


class InitiativeField(forms.ModelChoiceField):
    """The initiatives under the plan's priorities."""

    default_error_messages = {"invalid_choice": _("Choose among the initiatives.")}

    def offer(self, initiatives):
        """Any initiative is valid, and those on offer are shown."""
        groups = {}
        for one in initiatives:
            groups.setdefault(one.get_priority_display(), []).append((one.pk, str(one)))
        self.queryset = Initiative.objects.all()
        self.choices = [("", _("None")), *groups.items()]

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


class EventField(forms.ModelChoiceField):
    default_error_messages = {"invalid_choice": _("Choose among the events.")}
