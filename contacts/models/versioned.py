"""A row that counts its changes, so that of two who changed it from the same page the later is told."""

from django.db import models


class Versioned(models.Model):
    version = models.PositiveIntegerField(default=1, editable=False)  # grows with each change

    class Meta:
        abstract = True
