"""A colleague's own views of the long lists: saved under a name, opened by their address, thrown away."""

from django.db import transaction

from contacts.models import SavedView
from outreach.accounts.models import User


class TooManyViews(Exception):
    """The list has as many views of one colleague's as it can show."""


@transaction.atomic
def save_view(user: User, table: str, *, name: str, query: str) -> SavedView:
    """Keep ``query`` under ``name``; the same name again means the newer query. Raises TooManyViews."""
    mine = SavedView.objects.visible_to(user).of(table)
    known = mine.filter(name=name).first()
    if known is None and mine.count() >= SavedView.MOST:
        raise TooManyViews
    view, _created = mine.update_or_create(user=user, table=table, name=name, defaults={"query": query})
    return view


def remove_view(view: SavedView) -> None:
    """Its owner opens it no longer. No trail: it names nobody, and nobody else ever saw it."""
    view.delete()
