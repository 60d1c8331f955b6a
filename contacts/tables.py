"""The two long lists as tables: which columns there are, and what a head sorts by."""

from collections.abc import Callable
from datetime import date

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from contacts import cells
from contacts.models import Contact

PER_PAGE = 25
COUNTED = 1000  # beyond this a list says "more than"; nobody pages that far


class CappedPaginator(Paginator):
    """Counts no further than it needs to (findings.md: capped counts)."""

    @cached_property
    def count(self):
        return self.object_list.order_by().values("pk")[: COUNTED + 1].count()

    @property
    def is_capped(self):
        return self.count > COUNTED


class Stretch:
    """A page of rows that knows whether another follows, not how many there are: to count 300,000 rows as far as a
    list tells costs more than to show 25. Beyond the last one stands the first."""

    def __init__(self, read: Callable[[int, int], list], asked: str | None):
        """``read`` gives at most so many rows from a place on."""
        self.number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
        found = self._read(read)
        if not found and self.number > 1:
            self.number = 1
            found = self._read(read)
        self.rows, self.has_next = found[:PER_PAGE], len(found) > PER_PAGE and self.number < COUNTED // PER_PAGE

    def _read(self, read: Callable[[int, int], list]) -> list:
        self.number = max(1, min(self.number, COUNTED // PER_PAGE))
        return read((self.number - 1) * PER_PAGE, PER_PAGE + 1)

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1 if self.has_next else 0


class Head(tables.Column):
    """The head of a column, and how a cell below it is drawn (``contacts/cells.py``).

    ``sort`` names what the head sorts by, ``wide`` the class that hides the column on narrow screens.
    """

    def __init__(self, label, draw: Callable[[Contact, date], SafeString], *, sort=(), wide=""):
        super().__init__(verbose_name=label, empty_values=(), orderable=bool(sort), order_by=sort or None)
        self.draw = draw
        self.wide = wide


class ContactsTable(tables.Table):
    read: tuple[str, ...] = (
        "name",
        "municipality",
        "status",
        "owner",
        "rhythm_weeks",
        "last_dialogue_on",
        "restricted",
    )
    municipality = Head(_("Municipality"), cells.place, sort=("municipality__name", "name", "pk"), wide="wide widest")
    last = Head(_("Last talked"), cells.last, sort=("last_dialogue_on",))
    rhythm = Head(_("Rhythm"), cells.rhythm, sort=("talk_by",))
    next_due = Head(_("Follow-up"), cells.next_due)
    owner = Head(_("Owner"), cells.owner, sort=("owner__name", "name", "pk"), wide="wide")

    class Meta:
        order_by = "name"
        order_by_field = "sort"

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    @property
    def contacts(self) -> QuerySet:
        """All of them, in the order asked for, with what the cells tell of each."""
        return self.data.data.only(*self.read)

    def drawn(self) -> list[list[SafeString]]:
        """The cells of each row of the page."""
        draws = [column.column.draw for column in self.columns]
        return [[draw(contact, self.today) for draw in draws] for contact in self.page.object_list]

    # Those without a date stand last whichever way one sorts, on every database.

    def order_last(self, contacts, is_descending):
        return self._by_date(contacts, "last_dialogue_on", is_descending), True

    def order_rhythm(self, contacts, is_descending):
        return self._by_date(contacts, "talk_by", is_descending), True

    def _by_date(self, contacts, field, is_descending):
        date = F(field).desc(nulls_last=True) if is_descending else F(field).asc(nulls_last=True)
        return contacts.order_by(date, "name", "pk")


class PeopleTable(ContactsTable):
    name = Head(_("Name"), cells.person, sort=("name", "pk"))
    language = Head(_("Languages"), cells.languages, wide="wide widest")

    class Meta(ContactsTable.Meta):
        sequence = ("name", "municipality", "last", "rhythm", "next_due", "language", "owner")


class OrganisationsTable(ContactsTable):
    read = (*ContactsTable.read, "kind")
    name = Head(_("Name"), cells.organisation, sort=("name", "pk"))

    class Meta(ContactsTable.Meta):
        sequence = ("name", "municipality", "last", "rhythm", "next_due", "owner")
