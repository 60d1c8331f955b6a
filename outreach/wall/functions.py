"""The functions anybody but the owner may call, and the views they may read, held to the files they are made from.

A migration that changes a column of such a view drops the view first; ``manage.py grants`` makes it again.
"""

from pathlib import Path

from django.db import connection, transaction

from . import catalogue

SOURCES: list[Path] = []  # files of CREATE OR REPLACE FUNCTION or VIEW; apps add theirs when they are ready


def apply() -> None:
    """Make every function and view what its file says."""
    with connection.cursor() as cursor:
        for source in SOURCES:
            cursor.execute(source.read_text())


def faults() -> list[str]:
    """Each function or view that is not what its file makes of it: made anew, compared, and taken back."""
    found = catalogue.definitions()
    with transaction.atomic():
        apply()
        wanted = catalogue.definitions()
        transaction.set_rollback(True)
    return [
        f"{'altered' if name in found else 'missing'} function: {name}"
        for name in sorted(wanted)
        if found.get(name) != wanted[name]
    ]
