"""What an event is about, in the words dialogues are told in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .topics import Initiative, Topic


class EventSubject(models.Model):
    """Topics of ours, and the initiative of the action plan an event belongs to. Colleagues read it, no visitor."""

    event = models.OneToOneField(
        "events.Event", models.CASCADE, verbose_name=_("event"), primary_key=True, related_name="subject"
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="events", blank=True)
    initiative = models.ForeignKey(
        Initiative, models.PROTECT, verbose_name=_("initiative"), related_name="events", null=True, blank=True
    )

    class Meta:
        verbose_name = _("subject of an event")
        verbose_name_plural = _("subjects of events")

    def __str__(self):
        return str(self.event)
