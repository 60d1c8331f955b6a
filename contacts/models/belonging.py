"""What belongs to one contact, a person or an organisation: seen by those who may see that one."""

from django.db import models
from django.db.models import Q

from .organisation import Organisation
from .person import Person


class BelongingQuerySet(models.QuerySet):
    def visible_to(self, user):
        people, organisations = Person.objects.visible_to(user), Organisation.objects.visible_to(user)
        return self.filter(
            Q(person__in=people.values("pk")) | Q(organisation__in=organisations.values("pk")),
        )


def of_one_contact(name):
    """The constraint that a row is a person's or an organisation's, never both's or nobody's."""
    return models.CheckConstraint(
        condition=Q(person__isnull=True, organisation__isnull=False)
        | Q(person__isnull=False, organisation__isnull=True),
        name=name,
    )


def one_for_each(flag, name, message):
    """The constraints that of a contact's rows only one has ``flag``."""
    return [
        models.UniqueConstraint(
            fields=[owner],
            condition=Q(**{flag: True}),
            name=f"{name}_{owner}",
            violation_error_message=message,
        )
        for owner in ("person", "organisation")
    ]
