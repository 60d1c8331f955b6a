"""Which groups of mails an address wants."""

from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.mail.kinds import groups
from outreach.privacy.forms import FormTokenMixin, PublicFormHelper


class MailsForm(FormTokenMixin, forms.Form):
    """A box for each group, checked where its mails are wanted."""

    def __init__(self, *args, unwanted, **kwargs):
        super().__init__(*args, **kwargs)
        self.boxes = {group.name.replace(".", "_"): group for group in groups()}
        for name, group in self.boxes.items():
            self.fields[name] = forms.BooleanField(
                label=group.label, help_text=group.explained, required=False, initial=group.name not in unwanted
            )
        self.helper = PublicFormHelper()
        self.helper.layout = Layout(*self.boxes, Submit("save", _("Save which mails you want")))

    @property
    def unwanted(self):
        """The names of the groups that are not checked."""
        return [group.name for name, group in self.boxes.items() if not self.cleaned_data[name]]
