"""Whom a page is for. The words are the same in the page files, the editor and the addresses."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    RELATIVE = "relative", _("Parents, friends and neighbours")
    TEACHER = "teacher", _("Teachers and educators")
    PROFESSIONAL = "professional", _("Other professionals")
    ASSOCIATION = "association", _("Associations and faith communities")
    INVOLVED = "involved", _("People who are involved themselves")
    EVERYONE = "everyone", _("Everyone")


class AudiencesField(models.JSONField):
    """A short list of audiences, ticked off in the editor."""

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=Audience.choices,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if not isinstance(value, list) or not set(value) <= set(Audience.values):
            raise ValidationError(_("Choose among the audiences."), code="invalid")
