"""What a visitor told, in whichever form they did: what it is compared by, and what an officer may take over."""

from collections.abc import Iterable
from typing import NamedTuple

from contacts.reaching import key_of
from events.models import Correction, DialogueRequest, Registration
from outreach.places.folding import fold

Proposal = Registration | DialogueRequest | Correction


class Told(NamedTuple):
    """Blank where nothing was told. ``earlier`` is what the same visitor wrote before, where this corrects it."""

    name: str
    email: str
    phone: str
    organisation: str
    role: str
    earlier: "Told | None" = None

    @property
    def names(self) -> set[str]:
        return {fold(one.name) for one in self._all() if one.name}

    @property
    def mailboxes(self) -> set[str]:
        return {key_of("email", one.email) for one in self._all() if one.email}

    @property
    def numbers(self) -> set[str]:
        return {key for one in self._all() if one.phone and (key := key_of("phone", one.phone))}

    @property
    def workplaces(self) -> set[str]:
        return {fold(one.organisation) for one in self._all() if one.organisation}

    @property
    def workplace(self) -> str:
        """The organisation as it was written last."""
        return next((one.organisation for one in self._all() if one.organisation), "")

    def _all(self) -> Iterable["Told"]:
        return filter(None, (self, self.earlier))


def told(proposal: Proposal) -> Told:
    """What ``proposal`` says of its sender. Of a correction, its registration is read."""
    here = {field: getattr(proposal, field, "") for field in ("name", "email", "phone", "organisation", "role")}
    return Told(**here, earlier=told(proposal.registration) if isinstance(proposal, Correction) else None)
