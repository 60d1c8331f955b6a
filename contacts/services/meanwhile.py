"""Of two who change a row they both read before, the first is heard and the second is told."""

from django.db.models import F

from contacts.models.versioned import Versioned


class ChangedMeanwhile(Exception):
    """A colleague has changed the row since it was read."""


def count_up(row: Versioned) -> None:
    """The next version of ``row``, in one statement that holds it for this transaction; call it before its save.

    Raises ChangedMeanwhile when what was read is no longer what stands.
    """
    if not type(row)._base_manager.filter(pk=row.pk, version=row.version).update(version=F("version") + 1):
        raise ChangedMeanwhile(row)
    row.version += 1
