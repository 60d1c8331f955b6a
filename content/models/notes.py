"""A calm word before a text that may be hard to read, so that a reader can choose."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NotedPage(models.Model):
    """A page that may say beforehand what is hard in it, and where help stands on the page."""

    content_note = models.CharField(
        _("content note"),
        max_length=160,
        blank=True,
        help_text=_(
            "Shown before the text, with a way past it to help. Write one where the page tells of violence, "
            "recruitment or loss: “This page is about …”."
        ),
    )

    class Meta:
        abstract = True
