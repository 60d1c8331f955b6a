"""What somebody needs goes through the door sealed: the functions of the database never see the text."""

from uuid import UUID

from events.models import Registration
from events.services.seats import CHANGEABLE
from outreach.sealing.fields import Sealed

FIELD = Registration._meta.get_field("needs")


def sealed(registration: UUID, text: str) -> str:
    """As it stands in the row of ``registration``."""
    return FIELD.get_prep_value(FIELD.sealed_for(Registration(pk=registration), text[: CHANGEABLE["needs"]]))


def kept(registration: UUID, column: str) -> str:
    """The text of the row, or the sentence that says that it cannot be read."""
    return FIELD.opened(Registration(pk=registration), Sealed(column)) if column else ""
