"""The name of the state that everything the public reads is in."""

from django.db import models


class ContentVersion(models.Model):
    """One row whose token is another after every change; what a process keeps under a token was right under it.

    A random token and not a number: after a restored backup a number would come again for other texts.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    token = models.CharField(max_length=32, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="content_version_only_once")]

    def __str__(self):
        return self.token
