"""When each periodic job is due. Tasks themselves live in django-tasks' own table."""

from datetime import datetime

from django.db import models


class PeriodicJobQuerySet(models.QuerySet):
    def due(self, now: datetime) -> "PeriodicJobQuerySet":
        return self.filter(next_at__lte=now)

    def failing(self) -> "PeriodicJobQuerySet":
        return self.filter(failures__gt=0)


class PeriodicJob(models.Model):
    """The row a periodic job is locked by: due at ``next_at``, run by one process at a time."""

    name = models.CharField(max_length=80, primary_key=True)
    next_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True)  # NULL: never yet
    failures = models.PositiveIntegerField(default=0)  # in a row
    error = models.CharField(max_length=200, blank=True)  # class of the last exception; its text may name people

    objects = PeriodicJobQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
