"""What kind of organisation it is: a small tree that team leads and administrators keep."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .versioned import Versioned

LEVELS = 3
A_CIRCLE = _("A kind cannot stand under itself.")
TOO_DEEP = _("The tree has three levels at most.")


class OrganisationKindQuerySet(models.QuerySet):
    def in_use(self):
        """Those one may still choose."""
        return self.filter(retired=False)

    def branch(self, slug):
        """The kind with this key and all that stand under it; retired ones too, for organisations keep them."""
        return self.filter(Q(slug=slug) | Q(parent__slug=slug) | Q(parent__parent__slug=slug))


class OrganisationKind(Versioned):
    slug = models.SlugField(_("key"), max_length=40, unique=True, editable=False)
    name_da = models.CharField(_("Danish name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=60, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("stands under"), null=True, blank=True, related_name="kinds"
    )  # NULL: at the top
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    retired = models.BooleanField(_("retired"), default=False)  # stays on those that have it, chosen by no other

    objects = OrganisationKindQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name_da"]
        verbose_name = _("kind of organisation")
        verbose_name_plural = _("kinds of organisations")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="kind_is_not_its_own_parent",
                violation_error_message=A_CIRCLE,
            ),
        ]

    def __str__(self):
        return self.name_en if get_language() == "en" else self.name_da

    def clean(self):
        """No circle, and no deeper than three levels, whatever stands under it."""
        super().clean()
        above = self.above()
        if self in above:
            raise ValidationError({"parent": A_CIRCLE})
        if self.parent and len(above) + self.height() > LEVELS:
            raise ValidationError({"parent": TOO_DEEP})
        if not self.retired and self.parent and self.parent.retired:
            raise ValidationError({"parent": _("What it stands under is retired. Choose another place.")})
        if self.retired and self.pk and self.kinds.in_use().exists():
            raise ValidationError({"retired": _("Others stand under it. Move or retire them first.")})

    def above(self) -> "list[OrganisationKind]":
        """The branch it stands on, from the nearest up; ends where a circle would begin."""
        found: list[OrganisationKind] = []
        one = self.parent
        while one and one not in found:
            found.append(one)
            one = one.parent
        return found

    def height(self) -> int:
        """How many levels it and what stands under it take."""
        if self.pk is None:
            return 1
        if OrganisationKind.objects.filter(parent__parent=self).exists():
            return 3
        return 2 if self.kinds.exists() else 1
