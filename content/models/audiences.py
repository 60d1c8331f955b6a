"""Whom a page is for, and whom a practice reaches. The same words in page files, editor and addresses."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    RELATIVE = "relative", _("Parents, friends and neighbours")
    TEACHER = "teacher", _("Teachers and educators")
    PROFESSIONAL = "professional", _("Other professionals")
    ASSOCIATION = "association", _("Associations and faith communities")
    INVOLVED = "involved", _("People who are involved themselves")
    EVERYONE = "everyone", _("Everyone")


class TargetGroup(models.TextChoices):
    """The people a practice works with; not those who read about it."""

    YOUTH = "youth", _("Young people, pupils and students")
    EXTREMISTS = "extremists", _("People in violent extremism")
    FORMERS = "formers", _("People who have left extremism")
    PRISONERS = "prisoners", _("People in prison or on probation")
    FAMILIES = "families", _("Parents and other relatives")
    COMMUNITIES = "communities", _("Local communities")
    AUTHORITIES = "authorities", _("Authorities and professionals")


class TicksField(models.JSONField):
    """A short list of words from one vocabulary, ticked off in the editor."""

    vocabulary: type[models.TextChoices]
    refusal: str | Promise = _("Choose among the words of the list.")

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.vocabulary.choices,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if not isinstance(value, list) or not set(value) <= set(self.vocabulary.values):
            raise ValidationError(self.refusal, code="invalid")


class AudiencesField(TicksField):
    vocabulary = Audience
    refusal = _("Choose among the audiences.")


class TargetGroupsField(TicksField):
    vocabulary = TargetGroup
