"""Small tables: what was erased when, how often a form was sent from one place, and words that suggest a case; and
when the public forms are flooded."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.places.folding import fold


class HitQuerySet(models.QuerySet):
    def older_than(self, when):
        return self.filter(at__lt=when)


class Hit(models.Model):
    """One use of a limited thing. ``key`` is a salted hash that changes daily: it leads back to nobody."""

    # Made in Python: the public database role may not read back what it inserts (findings.md).
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = HitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="hit_of_key"), models.Index(fields=["at"], name="hit_age")]

    def __str__(self):
        return f"{self.key[:8]} {self.at:%Y-%m-%d %H:%M}"


class SiegeQuerySet(models.QuerySet):
    def at(self, moment):
        return self.filter(since__lte=moment, until__gt=moment)

    def not_over_at(self, moment):
        return self.filter(until__gt=moment)


class Siege(models.Model):
    """A time in which the public forms ask for the e-mail only, and go on by a link in a mail (siege.py)."""

    since = models.DateTimeField()
    until = models.DateTimeField()  # always an end: nobody need remember to lift it

    objects = SiegeQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")),
                name="siege_begins_before_it_ends",
                violation_error_message=_("The end must be after the beginning."),
            )
        ]

    def __str__(self):
        return f"{self.since:%Y-%m-%d %H:%M} to {self.until:%Y-%m-%d %H:%M}"


class Receipt(models.Model):
    """That a retention rule ran, and how many rows it touched."""

    rule = models.CharField(max_length=80)
    at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.rule}: {self.count}"


class CaseWord(models.Model):
    """The beginning of a word, or of words in a row, that suggests a case about somebody: "radikaliseret", "bekymret
    for". A workspace form where it stands asks before it is saved (workspace.py)."""

    stem = models.CharField(_("beginning of the word"), max_length=60)
    folded = models.CharField(max_length=80, unique=True, editable=False)

    class Meta:
        ordering = ["folded"]
        verbose_name = _("word that suggests a case")
        verbose_name_plural = _("words that suggest a case")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(folded=""),
                name="case_word_says_something",
                violation_error_message=_("Write the beginning of a word."),
            )
        ]

    def __str__(self):
        return self.stem

    def save(self, *args, **kwargs):
        self.folded = fold(self.stem)
        super().save(*args, **kwargs)
