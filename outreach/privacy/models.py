"""Two small tables: what was erased when, and how often a form was sent from one place."""

import uuid

from django.db import models


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


class Receipt(models.Model):
    """That a retention rule ran, and how many rows it touched."""

    rule = models.CharField(max_length=80)
    at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.rule}: {self.count}"
