"""Whom to call: the emergency number, the police, the hotline. Public reference data that editors keep."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from .bilingual import Bilingual, in_language
from .holidays import is_public_holiday
from .opening import DENMARK, ChannelState, Hours, hours_in_words, state_at
from .review import Reviewed, ReviewedQuerySet

# Nobody is to hesitate before these: a late check of ours says nothing about them.
BEYOND_DOUBT = frozenset({"112", "114"})
REMINDED_AHEAD = timedelta(days=60)  # how long before readers are told of closed days


class Days(NamedTuple):
    """From the first to the last day, both included."""

    first: date
    last: date


class ContactChannelQuerySet(ReviewedQuerySet):
    def with_hours(self) -> list["ContactChannel"]:
        """Every channel with its opening hours and closed days at hand, in one query."""
        rows = self.annotate(
            weekday=F("opening_hours__weekday"),
            opens=F("opening_hours__opens"),
            closes=F("opening_hours__closes"),
            closed_from=F("closed_days__first_day"),
            closed_to=F("closed_days__last_day"),
        ).order_by("order", "key", "weekday", "opens", "closed_from")
        channels: dict[int, ContactChannel] = {}
        for row in rows:
            channel = channels.setdefault(row.pk, row)
            # Each rule comes once for each closed period: a dict keeps one of each, in order.
            hours, closed = channel.__dict__.setdefault("_read", ({}, {}))
            if row.weekday is not None:
                hours[Hours(row.weekday, row.opens, row.closes)] = None
            if row.closed_from is not None:
                closed[Days(row.closed_from, row.closed_to)] = None
        for channel in channels.values():
            hours, closed = channel.__dict__.pop("_read")
            channel.hours, channel.closed = list(hours), list(closed)
        return list(channels.values())


class ContactChannel(Bilingual, Reviewed, ClusterableModel):
    """One way to reach help. Every fact in it was checked on ``checked_on`` against a source."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("phone")
        WEB = "web", _("website or form")
        EMAIL = "email", _("e-mail")
        POST = "post", _("letter")
        VISIT = "visit", _("visit")
        TEXT_RELAY = "text_relay", _("text relay")
        SIGN_LANGUAGE = "sign_language", _("sign language")

    key = models.SlugField(
        _("key"), unique=True, help_text=_("Pages refer to the channel by this word. Do not change it.")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.PHONE)
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
    mailbox = models.EmailField(_("e-mail address"), blank=True)
    postal_address = models.TextField(_("postal address"), blank=True, help_text=_("As it stands on a letter."))
    languages_da = models.CharField(
        _("languages spoken, in Danish"), max_length=200, blank=True, help_text=_("Only what a source states.")
    )
    languages_en = models.CharField(_("languages spoken, in English"), max_length=200, blank=True)
    always_open = models.BooleanField(_("day and night"), default=False)
    closed_on_holidays = models.BooleanField(
        _("closed on Danish public holidays"), default=False, help_text=_("The hotline is open every day of the year.")
    )
    anonymous = models.BooleanField(_("the caller can be anonymous"), default=False)
    confidential = models.BooleanField(_("the person who answers has a duty of confidentiality"), default=False)

    name = in_language("name")
    question = in_language("question")
    description = in_language("description")
    what_happens = in_language("what_happens")
    languages = in_language("languages")

    objects = ContactChannelQuerySet.as_manager()

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("contact channel")
        verbose_name_plural = _("contact channels")
        constraints = [
            *Reviewed.Meta.constraints,
            models.CheckConstraint(
                condition=(
                    (Q(kind="phone") & ~Q(number=""))
                    | (Q(kind="web") & ~Q(url=""))
                    | (Q(kind="email") & ~Q(mailbox=""))
                    | (Q(kind__in=["post", "visit"]) & ~Q(postal_address=""))
                    | (Q(kind__in=["text_relay", "sign_language"]) & ~Q(number="", url=""))
                ),
                name="channel_can_be_reached",
                violation_error_message=_("Give the number or address that this kind of channel is reached by."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_beyond_doubt(self) -> bool:
        return self.number in BEYOND_DOUBT

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

    @property
    def closed(self) -> list[Days]:
        """The days nobody answers whatever the hours say; one query unless the channel came from ``with_hours()``."""
        if "_closed" not in self.__dict__:
            self._closed = [Days(row.first_day, row.last_day) for row in self.closed_days.all()]
        return self._closed

    @closed.setter
    def closed(self, closed: list[Days]):
        self._closed = closed

    def is_closed_on(self, day: date) -> bool:
        """Whether nobody begins to answer on ``day``, though the hours of its weekday say so."""
        if any(days.first <= day <= days.last for days in self.closed):
            return True
        return self.closed_on_holidays and is_public_holiday(day)

    def closed_soon(self, at: datetime) -> list[Days]:
        """The closed days that are on now or come within two months."""
        today = at.astimezone(DENMARK).date()
        return [days for days in self.closed if days.last >= today and days.first <= today + REMINDED_AHEAD]

    def state(self, at: datetime) -> ChannelState | None:
        """Whether somebody answers at ``at`` and when that changes; None where no hours are known."""
        if self.always_open:
            return ChannelState(open=True, changes_at=None, at=at)
        return state_at(self.hours, at, self.is_closed_on) if self.hours else None

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


class ClosedDays(models.Model):
    """Days on which nobody answers, such as a week in July. What is past does no harm."""

    channel = ParentalKey(ContactChannel, on_delete=models.CASCADE, related_name="closed_days")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), help_text=_("The same as the first day if it is one day."))

    class Meta:
        ordering = ["first_day"]
        verbose_name = _("closed days")
        verbose_name_plural = _("closed days")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="closed_days_end_after_they_begin",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self):
        return f"{self.first_day} – {self.last_day}"
