"""Which team a new contact belongs to."""

from outreach.accounts.models import Team, User
from outreach.places.models import Municipality


def usual_team(user: User, municipality: Municipality | None) -> Team | None:
    """The team of the police district the contact is in, ``user``'s own before another's; else ``user``'s first."""
    local = list(Team.objects.of_place(municipality)) if municipality else []
    own = list(user.teams.all())
    return next((team for team in own if team in local), None) or (local or own or [None])[0]
