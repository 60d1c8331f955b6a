"""What a visitor sent in is decided on once: the second of two overrides nobody, and is told who decided what.

An officer decides on what they saw. Whoever saw a decision may take another: that is said on the page they come from.
"""

from django.utils.translation import gettext as _

from contacts.models import Person, RegistrationLink
from events.models import Correction, Registration
from events.services.correcting import AlreadyDecided
from outreach.accounts.models import User

UNDECIDED, NOBODY = "", "nobody"


def decision(registration: Registration, *, user: User) -> RegistrationLink | None:
    """What was decided, as far as ``user`` may know; None while it waits."""
    decided = RegistrationLink.objects.select_related("person", "linked_by").filter(registration=registration).first()
    if decided and decided.person_id and not Person.objects.visible_to(user).filter(pk=decided.person_id).exists():
        return None
    return decided


def may_decide(registration: Registration, *, user: User) -> bool:
    """Whether ``user`` may decide, again if need be; not over a link to a person hidden from them."""
    links = RegistrationLink.objects.filter(registration=registration)
    return not links.exclude(person=None).exclude(person__in=Person.objects.visible_to(user)).exists()


def state_in(decided: RegistrationLink | None) -> str:
    """A decision in a word, for a page to carry and its button to send back."""
    return str(decided.person_id or NOBODY) if decided else UNDECIDED


def state_of(registration: Registration) -> str:
    """What is decided about a registration now, whoever may know of it."""
    return state_in(RegistrationLink.objects.filter(registration=registration).first())


def hold(registration: Registration, *, seen: str) -> None:
    """Let nobody else decide before this transaction ends. Raises AlreadyDecided when it is not as it was ``seen``."""
    rows = Registration.objects.select_for_update(no_key=True).filter(pk=registration.pk)
    if not rows.values_list("pk").first() or state_of(registration) != seen:
        raise AlreadyDecided


def in_a_sentence(decided: RegistrationLink | None) -> str:
    """Who was first, and what they decided; None: something that the reader may not know."""
    if decided is None:
        return _("A colleague was first. Nothing was changed.")
    if decided.person is None:
        words = _("%(name)s decided first to keep no contact. Nothing was changed.")
        return words % {"name": decided.linked_by}
    words = _("%(name)s linked the registration to %(person)s first. Nothing was changed.")
    return words % {"name": decided.linked_by, "person": decided.person}


def who_corrected_first(correction: Correction) -> str:
    """The decision on a correction in a sentence."""
    names = {"name": correction.decided_by or _("A colleague")}
    if correction.status == Correction.Status.REFUSED:
        return _("%(name)s refused the correction first. Nothing was changed.") % names
    return _("%(name)s took over the correction first. Nothing was changed.") % names
