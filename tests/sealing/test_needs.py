"""What somebody needs at an event stands sealed in its row, whoever wrote it, and is shown where it was shown."""

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from events.models import Registration
from events.services import tokens
from events.services.tokens import Purpose
from outreach.links import public_href
from outreach.sealing.fields import NotSealed, Sealed, Unreadable
from outreach.sealing.key_files import SPECIAL_NEEDS
from outreach.sealing.seals import is_sealed
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
NEEDS = "Kørestol og glutenfri mad"


def column() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select needs from events_registration order by created_at, id")
        return [needs for (needs,) in cursor.fetchall()]


@pytest.fixture
def registration(keys):
    return RegistrationFactory(event=EventFactory(), confirmed=True, needs=NEEDS)


def test_the_row_holds_no_word_of_it_and_the_object_reads_as_before(registration):
    (sealed,) = column()

    assert is_sealed(sealed)
    assert Registration.objects.get().needs == NEEDS
    assert list(Registration.objects.with_needs()) == [registration]


def test_a_row_that_is_saved_unread_keeps_the_very_seal_it_had(registration):
    before = column()

    Registration.objects.get().save()

    assert column() == before


def test_a_seal_moved_to_another_row_is_not_read_there(registration):
    other = RegistrationFactory(event=registration.event, confirmed=True)

    Registration.objects.filter(pk=other.pk).update(needs=Sealed(column()[0]))

    assert isinstance(Registration.objects.get(pk=other.pk).needs, Unreadable)


def test_nothing_in_clear_is_written_past_the_field_or_asked_for(registration):
    for written in (lambda: Registration.objects.update(needs="Vegansk"), lambda: Registration.objects.get(needs="x")):
        with pytest.raises(NotSealed), transaction.atomic():
            written()
    with pytest.raises(FieldError, match="nothing can be found by it"):
        Registration.objects.filter(needs__icontains="mad").exists()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update events_registration set needs = 'Vegansk'")


def test_without_the_key_every_other_registration_is_listed_and_nothing_is_lost(registration, keys, another, client):
    sealed = column()
    keys(SPECIAL_NEEDS, another())
    RegistrationFactory(event=registration.event, confirmed=True, needs="Tegnsprog", name="Bo Bak")
    client.force_login(registration.event.owner)

    page = client.get(reverse("events_workspace:event", args=[registration.event.pk])).content.decode()
    unread = Registration.objects.get(pk=registration.pk)
    unread.save()

    assert "Tegnsprog" in page
    assert registration.name in page
    assert "nøgle mangler" in page
    assert sealed[0] in column()


def test_a_visitor_corrects_the_rest_while_the_key_is_away(registration, keys, another, client):
    sealed = column()
    address = public_href("events:change", tokens.issue(registration, Purpose.MANAGE))
    keys(SPECIAL_NEEDS, another())

    page = client.get(address)
    form = page.context["form"]
    sent = {"name": registration.name, "organisation": "Æblehaven", "needs": "overskrevet", "role": ""}
    sent["form_token"] = form["form_token"].value()
    client.post(address, sent)

    assert "nøgle mangler" in page.content.decode()
    assert Registration.objects.get().organisation == "Æblehaven"
    assert column() == sealed
