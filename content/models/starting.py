"""What was loaded from the files in content/starting, so that an editor's change is never overwritten."""

from django.db import models


class StartingText(models.Model):
    """One loaded text: what its file said, and what was in the database when it had been written."""

    key = models.CharField(max_length=120, unique=True)  # "page/signs.da", "channel/hotline"
    file_hash = models.CharField(max_length=64)
    stored_hash = models.CharField(max_length=64)
    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+"
    )  # NULL: a channel, or a page an editor deleted

    def __str__(self):
        return self.key
