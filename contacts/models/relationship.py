"""What two people, two organisations, or a person and an organisation are to each other, from one day to another.

Only what matters for working together; never who is related to whom at home (product.md, "The boundary").
"""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .kind import OrganisationKind
from .organisation import Organisation
from .person import Person
from .versioned import Versioned
from .visibility import may_read


class RelationshipKindQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(used=True)

    def in_use_or(self, kind):
        """Those in use, and ``kind`` whatever became of it."""
        return self.filter(Q(used=True) | Q(pk=kind.pk if kind else None))


class RelationshipKind(Versioned):
    """A relationship in words, read from the first end and from the second: "mentor for", "har mentor"."""

    class Ends(models.TextChoices):
        PEOPLE = "people", _("Two people")
        ORGANISATIONS = "organisations", _("Two organisations")
        MIXED = "mixed", _("A person and an organisation")

    label_da = models.CharField(_("Danish, from the first"), max_length=60, unique=True)
    label_en = models.CharField(_("English, from the first"), max_length=60, unique=True)
    reverse_da = models.CharField(_("Danish, from the second"), max_length=60, blank=True)  # empty: reads alike
    reverse_en = models.CharField(_("English, from the second"), max_length=60, blank=True)
    ends = models.CharField(_("between"), max_length=13, choices=Ends)
    branches = models.ManyToManyField(
        OrganisationKind, verbose_name=_("only organisations of these kinds"), blank=True, related_name="+"
    )  # none: of any kind; a branch stands for all under it
    used = models.BooleanField(_("offered for new relationships"), default=True)

    objects = RelationshipKindQuerySet.as_manager()

    class Meta:
        ordering = ["label_da"]
        verbose_name = _("kind of relationship")
        verbose_name_plural = _("kinds of relationships")
        constraints = [
            models.CheckConstraint(
                condition=Q(reverse_da="", reverse_en="") | (~Q(reverse_da="") & ~Q(reverse_en="")),
                name="relationship_kind_has_both_languages",
                violation_error_message=_("Write both languages, or leave both empty where it reads alike."),
            ),
            models.CheckConstraint(
                condition=~Q(ends="mixed") | ~Q(reverse_da=""),
                name="mixed_relationship_reads_two_ways",
                violation_error_message=_("Between a person and an organisation it needs words from both sides."),
            ),
        ]

    def __str__(self):
        return self.label

    def may_join(self, first: Person | Organisation, second: Person | Organisation) -> bool:
        """Whether it is for two such ends, in this order."""
        return (type(first), type(second)) == self.end_models and self.admits(first) and self.admits(second)

    def admits(self, end: Person | Organisation) -> bool:
        """Whether ``end`` is a person, or an organisation of a kind that may stand here."""
        branches = {branch.pk for branch in self.branches.all()}
        if not branches or isinstance(end, Person):
            return True
        return not branches.isdisjoint(kind.pk for kind in (end.kind, *end.kind.above()))

    @property
    def symmetric(self):
        """Whether it reads alike from both ends."""
        return not self.reverse_da

    @property
    def label(self):
        return self.label_en if get_language() == "en" else self.label_da

    @property
    def reverse(self):
        return (self.reverse_en if get_language() == "en" else self.reverse_da) or self.label

    @property
    def end_models(self):
        """What stands at the first and at the second end."""
        return {
            self.Ends.PEOPLE: (Person, Person),
            self.Ends.ORGANISATIONS: (Organisation, Organisation),
            self.Ends.MIXED: (Person, Organisation),
        }[self.Ends(self.ends)]


class RelationshipQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of which ``user`` may see both ends."""
        if not may_read(user):
            return self.none()
        people, organisations = Person.objects.seen_at, Organisation.objects.seen_at
        return self.filter(
            Q(from_person=None) | people("from_person", user),
            Q(to_person=None) | people("to_person", user),
            Q(from_organisation=None) | organisations("from_organisation", user),
            Q(to_organisation=None) | organisations("to_organisation", user),
        )

    def of(self, contact):
        """Those with ``contact`` at either end."""
        end = contact._meta.model_name
        return self.filter(Q(**{f"from_{end}": contact}) | Q(**{f"to_{end}": contact}))

    def current(self):
        return self.filter(ended_on=None)

    def today_first(self):
        """Those that hold today, then the ended ones, the latest first."""
        return self.order_by(F("ended_on").desc(nulls_first=True), "kind__label_da", "pk")

    def with_ends(self):
        return self.select_related("kind", "from_person", "from_organisation", "to_person", "to_organisation")


def _one_end(side):
    person, organisation = f"{side}_person__isnull", f"{side}_organisation__isnull"
    return Q(**{person: True, organisation: False}) | Q(**{person: False, organisation: True})


def _not_itself(end):
    first, second = f"from_{end}", f"to_{end}"
    return Q(**{f"{first}__isnull": True}) | Q(**{f"{second}__isnull": True}) | ~Q(**{first: F(second)})


def _no_double(first, second):
    return models.UniqueConstraint(
        fields=["kind", first, second],
        condition=Q(ended_on__isnull=True, **{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=f"one_{first}_{second}",
        violation_error_message=_("This relationship is noted already."),
    )


class Relationship(Versioned):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.ForeignKey(
        RelationshipKind, models.PROTECT, verbose_name=_("relationship"), related_name="relationships"
    )
    from_person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    from_organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    to_person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    to_organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    started_on = models.DateField(_("from"), null=True, blank=True)  # NULL: not known
    ended_on = models.DateField(_("to"), null=True, blank=True)  # NULL: still holds
    note = models.CharField(_("remark"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-started_on", "pk"]
        verbose_name = _("relationship")
        verbose_name_plural = _("relationships")
        constraints = [
            models.CheckConstraint(condition=_one_end("from"), name="relationship_from_one_end"),
            models.CheckConstraint(condition=_one_end("to"), name="relationship_to_one_end"),
            models.CheckConstraint(
                condition=Q(from_organisation__isnull=True) | Q(to_person__isnull=True),
                name="relationship_person_comes_first",
            ),
            models.CheckConstraint(
                condition=_not_itself("person") & _not_itself("organisation"),
                name="relationship_not_to_itself",
                violation_error_message=_("Nobody has a relationship to themselves."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(started_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="relationship_ends_after_it_starts",
                violation_error_message=_("The relationship ends before it starts."),
            ),
            _no_double("from_person", "to_person"),
            _no_double("from_organisation", "to_organisation"),
            _no_double("from_person", "to_organisation"),
        ]

    def __str__(self):
        return f"{self.first} {self.kind.label} {self.second}"

    def save(self, *args, **kwargs):
        self.set_in_order()
        super().save(*args, **kwargs)

    def clean(self):
        if not self.kind_id:
            return
        expected = self.kind.end_models
        if (type(self.first), type(self.second)) != expected:
            raise ValidationError(_("This kind of relationship is between others."))
        self.set_in_order()

    def set_in_order(self):
        """Where it reads alike from both ends, always the same end stands first: a mirrored double is a double."""
        if self.kind.symmetric and self.first.pk > self.second.pk:
            self.put_ends(self.second, self.first)

    @property
    def first(self) -> Person | Organisation:
        return self.from_person or self.from_organisation

    @property
    def second(self) -> Person | Organisation:
        return self.to_person or self.to_organisation

    def put_ends(self, first: Person | Organisation, second: Person | Organisation) -> None:
        for side, contact in (("from", first), ("to", second)):
            setattr(self, f"{side}_person", contact if isinstance(contact, Person) else None)
            setattr(self, f"{side}_organisation", contact if isinstance(contact, Organisation) else None)

    @property
    def is_current(self):
        return self.ended_on is None

    def other(self, contact: Person | Organisation) -> Person | Organisation:
        """Who stands at the end away from ``contact``."""
        return self.second if self.first == contact else self.first

    def words(self, contact: Person | Organisation) -> str:
        """What ``contact`` is to the other end."""
        return self.kind.label if self.first == contact else self.kind.reverse
