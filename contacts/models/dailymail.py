"""Who wants to be told by mail, each working day, what waits."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .visibility import READERS, may_read


class DailyMailQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The choice of ``user``: nobody else sees it."""
        return self.filter(user=user) if may_read(user) else self.none()

    def of_readers(self):
        """Those of colleagues who still work here and whose role opens contacts."""
        return self.filter(user__is_active=True, user__role__in=READERS)

    def unsettled(self, day):
        """Those for whom nobody has looked on ``day`` yet."""
        return self.filter(Q(settled_on=None) | Q(settled_on__lt=day))

    def settle(self, day):
        """Take the one look of ``day``; how many were still to be taken. A second worker gets none."""
        return self.unsettled(day).update(settled_on=day)


class DailyMail(models.Model):
    """A colleague's own choice; without a row no mail comes."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    settled_on = models.DateField(null=True, editable=False)  # NULL: the first mail is yet to come

    objects = DailyMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily mail")
        verbose_name_plural = _("daily mails")

    def __str__(self):
        return str(self.pk)
