"""Choosing what an event is about."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts import vocabulary
from contacts.forms.offers import InitiativeField, TopicsField
from contacts.models import Topic
from contacts.services.subjects import subject_of, topics_of


def subject_fields(event):
    """Topics and initiative on offer; what was chosen for ``event`` stays a choice when it is offered no more."""
    subject, topics = (subject_of(event), topics_of(event)) if event else (None, [])
    among = Topic.objects.on_offer() | Topic.objects.filter(pk__in=[topic.pk for topic in topics])
    about = TopicsField(
        label=_("Topics"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=topics,
        help_text=_("Colleagues read it, nobody else."),
    )
    about.offer(lambda: list(dict.fromkeys([*vocabulary.topics_on_offer(), *topics])), among=among)
    initiative = InitiativeField(
        label=_("Action-plan initiative"),
        queryset=None,
        required=False,
        initial=subject and subject.initiative_id,
    )
    kept = [subject.initiative] if subject and subject.initiative else []
    initiative.offer(list(dict.fromkeys([*vocabulary.initiatives_on_offer(), *kept])))
    return {"topics": about, "initiative": initiative}
