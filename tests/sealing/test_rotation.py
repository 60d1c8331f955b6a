"""Rotation: everything comes under the newest key while everybody goes on, and stopping it harms nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from contacts.models import Dialogue
from contacts.services.drafting import Page, keep_draft
from events.models import Registration
from outreach.accounts.models import User
from outreach.accounts.seeds import sealed
from outreach.sealing import columns, rotation
from outreach.sealing.key_files import REGISTERS, RESTRICTED_NOTES, SPECIAL_NEEDS
from outreach.sealing.places import places
from tests.contacts.factories import NOW, OfficerFactory, PersonFactory, dialogue
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def texts() -> list[str]:
    registrations = Registration.objects.order_by("created_at", "pk")
    return [*(row.needs for row in registrations), *(talk.note for talk in Dialogue.objects.order_by("pk"))]


@pytest.fixture
def old(keys, another):
    """A text of each kind under the first key of its register; then each gets a new one. Gives the new keys."""
    first = {register: another() for register in REGISTERS}
    for register, key in first.items():
        keys(register, key)
    officer, event = OfficerFactory(), EventFactory()
    for number in range(5):
        RegistrationFactory(event=event, needs=f"Kørestol {number}")
    RegistrationFactory(event=event)
    dialogue(officer, people=[PersonFactory()], note="Ring først", note_readers="me")
    keep_draft(Page(officer, "log"), {"note": ["Ring"]}, sequence=1, now=NOW)
    authenticator(officer)
    new = {register: another() for register in REGISTERS}
    for register in REGISTERS:
        keys(register, new[register], first[register])
    return new


def authenticator(user: User):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=user, type="totp", data={"secret": sealed("A" * 32)})
    codes = [sealed("1"), sealed("2")]
    Authenticator.objects.create(user=user, type="recovery_codes", data={"migrated_codes": codes})


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("rotate_keys", *arguments, stdout=out)
    return out.getvalue()


def test_after_it_the_new_keys_alone_open_everything(old, keys):
    before = texts()
    with pytest.raises(CommandError, match="Keep every older key"):
        run("--check")

    said = run()

    assert "100%  9 of 9" in said
    assert "special_needs: events.registration.needs: 5 sealed, 0 under an older key" in said
    assert "older lines of the key files can go" in said
    for register, key in old.items():
        keys(register, key)
    assert texts() == before
    assert all(all(place.opens(9)) for place in places())


def test_stopped_in_the_middle_it_goes_on_from_there(old, monkeypatch):
    before = texts()
    monkeypatch.setattr(columns, "BATCH", 2)
    changed = []

    def stop(done, total):
        if changed.append(done) or done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(places(SPECIAL_NEEDS), stop)
    (needs,) = places(SPECIAL_NEEDS)
    assert rotation.count(needs) == rotation.Count(texts=5, older=1)
    assert texts() == before

    run(SPECIAL_NEEDS)
    assert rotation.count(needs) == rotation.Count(texts=5)


def test_what_somebody_writes_meanwhile_stands(old, monkeypatch):
    """Between two batches: what is written then is newer than what was read before."""
    monkeypatch.setattr(columns, "BATCH", 2)
    last = Registration.objects.with_needs().latest("pk")

    def meanwhile(done, total):
        if done == 2:
            row = Registration.objects.get(pk=last.pk)
            row.needs = "Ændret imens"
            row.save()

    rotation.rotate(places(SPECIAL_NEEDS), meanwhile)

    assert Registration.objects.get(pk=last.pk).needs == "Ændret imens"
    assert len(set(texts())) == len(texts())


def test_what_no_key_opens_is_left_and_told(old, keys, another):
    keys(RESTRICTED_NOTES, another())
    before = list(Dialogue.objects.values_list("note", flat=True))
    out = StringIO()

    with pytest.raises(CommandError, match="Keep every older key"):
        call_command("rotate_keys", RESTRICTED_NOTES, stdout=out)

    assert "contacts.dialogue.note: 1 sealed, 0 under an older key, 1 that no key opens" in out.getvalue()
    assert list(Dialogue.objects.values_list("note", flat=True)) == before


def test_a_register_that_is_none_is_refused():
    with pytest.raises(CommandError, match="No such register: nedes"):
        run("nedes")
