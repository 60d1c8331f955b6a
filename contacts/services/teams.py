"""Which team a new contact belongs to, and which one a note is for."""

from collections.abc import Iterable

from contacts.models import Organisation, Person
from outreach.accounts.models import Team, User
from outreach.places.models import Municipality


def usual_team(user: User, municipality: Municipality | None) -> Team | None:
    """The team of the police district the contact is in, ``user``'s own before another's; else ``user``'s first."""
    local = list(Team.objects.of_place(municipality)) if municipality else []
    own = list(user.teams.all())
    return next((team for team in own if team in local), None) or (local or own or [None])[0]


def team_of_note(writer: User, contacts: Iterable[Person | Organisation]) -> Team | None:
    """Whom ``writer`` means by "my team" in a note about ``contacts``: of several, the one that works with them."""
    own, theirs = list(writer.teams.all()), {contact.team_id for contact in contacts}
    return next((team for team in own if team.pk in theirs), None) or next(iter(own), None)
