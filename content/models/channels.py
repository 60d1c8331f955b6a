"""Whom to call: the emergency number, the police, the hotline. Public reference data that editors keep."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from .opening import ChannelState, Hours, hours_in_words, state_at


class ContactChannelQuerySet(models.QuerySet):
    def with_hours(self) -> list["ContactChannel"]:
        """Every channel with its opening hours at hand, in one query."""
        rows = self.annotate(
            weekday=F("opening_hours__weekday"), opens=F("opening_hours__opens"), closes=F("opening_hours__closes")
        ).order_by("order", "key", "weekday", "opens")
        channels: dict[int, ContactChannel] = {}
        for row in rows:
            if row.pk not in channels:
                row.hours = []
                channels[row.pk] = row
            if row.weekday is not None:
                channels[row.pk].hours.append(Hours(row.weekday, row.opens, row.closes))
        return list(channels.values())


class ContactChannel(ClusterableModel):
    """One way to reach help. Every fact in it was checked on ``checked_on`` against a source."""

    key = models.SlugField(
        _("key"), unique=True, help_text=_("Pages refer to the channel by this word. Do not change it.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    name_da = models.CharField(_("name in Danish"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    question_da = models.CharField(_("the caller's question in Danish"), max_length=120)
    question_en = models.CharField(_("the caller's question in English"), max_length=120)
    description_da = models.CharField(_("what it is for, in Danish"), max_length=300)
    description_en = models.CharField(_("what it is for, in English"), max_length=300)
    what_happens_da = models.TextField(_("what happens when you call, in Danish"), blank=True)
    what_happens_en = models.TextField(_("what happens when you call, in English"), blank=True)
    number = models.CharField(_("number"), max_length=20, blank=True, help_text=_("As people read it: 41 74 90 90."))
    number_abroad = models.CharField(_("number from abroad"), max_length=24, blank=True)
    url = models.URLField(_("website"), blank=True)
    always_open = models.BooleanField(_("day and night"), default=False)
    anonymous = models.BooleanField(_("the caller can be anonymous"), default=False)
    confidential = models.BooleanField(_("the person who answers has a duty of confidentiality"), default=False)
    checked_on = models.DateField(_("checked on"))

    objects = ContactChannelQuerySet.as_manager()

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("contact channel")
        verbose_name_plural = _("contact channels")
        constraints = [
            models.CheckConstraint(
                condition=~Q(number="", url=""),
                name="channel_can_be_reached",
                violation_error_message=_("Give a number or a website."),
            )
        ]

    def __str__(self):
        return self.name

    def _in_language(self, field: str) -> str:
        language = "da" if translation.get_language().startswith("da") else "en"
        return getattr(self, f"{field}_{language}")

    @property
    def name(self):
        return self._in_language("name")

    @property
    def question(self):
        return self._in_language("question")

    @property
    def description(self):
        return self._in_language("description")

    @property
    def what_happens(self):
        return self._in_language("what_happens")

    @property
    def host(self) -> str:
        """The website as people say it: "politi.dk"."""
        return self.url.partition("://")[2].removeprefix("www.").rstrip("/")

    @property
    def hours(self) -> list[Hours]:
        """The week's opening hours; one query unless the channel came from ``with_hours()``."""
        if "_hours" not in self.__dict__:
            self._hours = [Hours(row.weekday, row.opens, row.closes) for row in self.opening_hours.all()]
        return self._hours

    @hours.setter
    def hours(self, hours: list[Hours]):
        self._hours = hours

    def state(self, at: datetime) -> ChannelState | None:
        """Whether somebody answers at ``at`` and when that changes; None where no hours are known."""
        if self.always_open:
            return ChannelState(open=True, changes_at=None, at=at)
        return state_at(self.hours, at) if self.hours else None

    @property
    def hours_in_words(self) -> list[str]:
        return hours_in_words(self.hours)


def channel_choices():
    """The channels an editor can show on a page."""
    return [(channel.key, channel.name) for channel in ContactChannel.objects.all()]


class OpeningHours(models.Model):
    """From when to when somebody answers on one weekday, by the clock on the wall in Denmark."""

    channel = ParentalKey(ContactChannel, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=list(WEEKDAYS.items()))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"), help_text=_("At or before the opening time means the day after."))

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.UniqueConstraint(fields=["channel", "weekday", "opens"], name="channel_opens_once_at_a_time"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekday_is_monday_to_sunday"),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"
