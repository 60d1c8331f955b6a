"""An event by invitation only is nowhere but behind its links: no list, no guess, no role of the database shows it."""

import json
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from content.models import SearchEntry
from content.services import search_index
from events.door import invited as door
from events.forms.invited import AnotherForm, DeclineForm, InvitedForm
from events.models import (
    AgendaItem,
    Event,
    HeldSeats,
    Invitation,
    InvitationToken,
    Question,
    Registration,
    SeatCounter,
)
from events.services import calendar, tokens
from events.services.registering import propose
from tests.events.factories import EventFactory, InvitationFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
GUESSES = ["{slug}/", "{slug}/calendar.ics", "{slug}/tilmeld/", "{slug}/tilmeld/sendt/", "{pk}/", "{pk}/calendar.ics"]


@pytest.fixture
def addresses():
    """The addresses of the site as they are."""


@pytest.fixture
def closed():
    event = EventFactory(by_invitation=True, title="Samtale bag lukkede døre", public_title="Fortroligt møde")
    event.agenda.create(day=1, at="16:30", title="Kaffe")
    event.questions.create(label="Hvad vil du?")
    event.held.create(kind="housing", seats=1, release_at=timezone.now())
    calendar.write_down(event, now=timezone.now())
    event.save()
    return event


def addresses_of(pattern, event):
    other = {"slug": event.slug[::-1], "pk": "8b0f2f0e-6a0e-4c76-9d6e-0d7f5b7f3a11"}
    base = "/arrangementer/"
    return base + pattern.format(slug=event.slug, pk=event.pk), base + pattern.format(**other)


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("pattern", GUESSES)
def test_a_guess_of_its_address_is_answered_as_one_of_nothing(client, closed, pattern, method):
    real, guessed = addresses_of(pattern, closed)

    found, missing = getattr(client, method)(real), getattr(client, method)(guessed)

    assert found.status_code == missing.status_code != 200
    mine, theirs = (address.split("/")[2].encode() for address in (real, guessed))
    assert found.content.replace(mine, b"") == missing.content.replace(theirs, b"")
    told, told_of_nothing = ({**response.headers, "X-Request-ID": ""} for response in (found, missing))
    assert told == told_of_nothing


@pytest.mark.parametrize("pattern", GUESSES)
def test_as_many_questions_are_asked_of_the_database_for_it_as_for_nothing(
    client, closed, pattern, django_assert_num_queries
):
    real, guessed = addresses_of(pattern, closed)
    client.get(guessed)
    with connection.execute_wrapper(counted := Counted()):
        client.get(guessed)

    with django_assert_num_queries(counted.number):
        client.get(real)


class Counted:
    number = 0

    def __call__(self, execute, *told):
        self.number += 1
        return execute(*told)


@pytest.mark.parametrize(
    "address",
    ["/", "/arrangementer/", "/en/events/", "/arrangementer/calendar.ics", "/sitemap.xml", "/soeg/?q=fortroligt"]
    + [f"/arrangementer/?{narrowed}" for narrowed in ("kind=network_meeting", "language=da")]
    + [f"/arrangementer/calendar.ics?{narrowed}" for narrowed in ("kind=network_meeting", "language=da")],
)
def test_no_page_list_feed_search_or_map_names_it(client, closed, address):
    search_index.rebuild(now=timezone.now())

    response = client.get(address)

    text = response.content.decode()
    assert not [told for told in (closed.title, closed.public_title, closed.slug, str(closed.pk)) if told in text]
    assert not SearchEntry.objects.filter(path__contains=closed.slug).exists()


def test_a_feed_has_the_same_tag_with_it_as_without(client, closed):
    before = client.get("/arrangementer/calendar.ics")["ETag"]
    Event.objects.filter(pk=closed.pk).delete()

    assert client.get("/arrangementer/calendar.ics")["ETag"] == before


def test_a_public_event_that_is_closed_leaves_lists_feeds_and_search(client):
    event = EventFactory(title="Før åben")
    calendar.write_down(event, now=timezone.now())
    event.save()
    assert "Før åben" in client.get("/arrangementer/").content.decode()

    event.visibility = Event.Visibility.INVITATION
    event.save()

    assert "Før åben" not in client.get("/arrangementer/").content.decode()
    assert event.slug not in client.get("/arrangementer/calendar.ics").content.decode()
    assert not SearchEntry.objects.filter(path__contains=event.slug).exists()


def test_a_colleague_who_does_not_run_it_meets_it_nowhere(client, closed):
    client.force_login(OfficerFactory())
    InvitationFactory(event=closed, sent=True)

    listed = client.get(reverse("events_workspace:list")).content.decode()
    found = client.get(reverse("workspace:search"), {"q": "Fortroligt"}).content.decode()

    assert closed.title not in listed + found
    for page in ("event", "edit", "register"):
        assert client.get(reverse(f"events_workspace:{page}", args=[closed.pk])).status_code == 404


@pytest.mark.postgresql
def test_the_public_role_reads_no_row_of_it_and_none_of_its_invitations(as_role, closed):
    invitation = InvitationFactory(event=closed, sent=True)
    h = tokens.digest(tokens.issue(invitation, "invited"))
    RegistrationFactory(event=closed, confirmed=True)

    with as_role("public"):
        for model in (Event, SeatCounter, HeldSeats, Question, AgendaItem):
            assert not model.objects.exists(), model
        for model in (Invitation, InvitationToken, Registration):
            assert refused(model.objects.count), model
            assert refused(lambda model=model: model.objects.all().delete()), model
        assert refused(lambda: Invitation.objects.update(status="accepted"))
        assert refused(lambda: propose(closed, {"name": "Ana", "email": "a@x.dk"}, language="da", now=timezone.now()))
        assert door.view("0" * 64) is None
        seen = door.view(h)

    assert (seen.event.title, seen.invitation.email) == (closed.title, invitation.email)


@pytest.mark.postgresql
def test_the_public_role_answers_by_link_and_by_nothing_else(as_role, closed):
    invitation = InvitationFactory(event=closed, sent=True)
    h = tokens.digest(tokens.issue(invitation, "invited"))
    told = {"name": "Ana", "answers": {closed.questions.get().key: "Ro"}}

    with as_role("public"):
        assert door.accept(h, told, language="da").status == "confirmed"
        for helper in ("invited_by_link('x')", "invited_refusal(null)", "invited_standing(null)"):
            assert refused(lambda helper=helper: connection.cursor().execute(f"SELECT public.{helper}"))

    assert Registration.objects.get().answers == told["answers"]


@pytest.mark.postgresql
def test_every_page_behind_the_link_does_its_work_under_the_public_role(as_role, client, closed):
    yes = {"name": "Ana", "organisation": "Åben Dør", "consent": "on", "form_token": InvitedForm.new_token()}
    words = {"words": "Rejse", "form_token": DeclineForm.new_token()}
    other = {"name": "Bo", "email": "bo@example.org", "form_token": AnotherForm.new_token()}
    bound, no, named, free, gone = (
        InvitationFactory(event=closed, sent=True, uses=uses) for uses in [None] * 3 + [1, 2]
    )
    Invitation.objects.filter(pk=gone.pk).update(status="withdrawn")
    links = [f"/arrangementer/invitation/{tokens.issue(each, 'invited')}/" for each in (bound, no, named, free, gone)]

    with as_role("public"):
        shown = [client.get(address).status_code for address in links]
        done = [
            client.post(links[0], yes).status_code,
            client.post(f"{links[1]}nej/", words).status_code,
            client.post(f"{links[2]}en-anden/", other).status_code,
            client.post(links[3], {**yes, "email": "cil@example.org"}).status_code,
            client.get(f"{links[3]}sendt/").status_code,
        ]

    assert (shown, done) == ([200] * 5, [200, 200, 200, 302, 200])
    assert dict(Invitation.objects.values_list("pk", "status")) == {
        bound.pk: "accepted",
        no.pk: "declined",
        named.pk: "named",
        free.pk: "accepted",
        gone.pk: "withdrawn",
    }
    assert set(Registration.objects.values_list("status", flat=True)) == {"confirmed", "pending"}


@pytest.mark.postgresql
def test_a_visitor_sets_nothing_of_a_registration_but_what_they_are_asked(closed):
    """Another column of registrations needs a decision: what they are asked, or what the door sets itself."""
    asked = {"id", "name", "organisation", "role", "needs", "partner_kind", "sector", "language", "mode", "answers"}
    invitation = InvitationFactory(event=closed, sent=True)
    other = RegistrationFactory()
    false = {
        field.column: getattr(other, field.attname)
        for field in Registration._meta.concrete_fields
        if field.name not in asked
    }
    false |= dict.fromkeys(("confirmed_at", "cancelled_at", "asked_at", "comes_at", "offer_expires_at"), "2020-01-01")
    false |= {
        "registered_by_id": str(OfficerFactory().pk),
        "replaces_id": str(other.pk),
        "wishes_mode": "online",
        "shown": "full",
        "queue_number": 7,
        "answer": "x",
        "proposed_by": "x",
    }
    false |= {"status": "released", "invitation_id": str(InvitationFactory().pk), "held_seats_id": 99}
    false |= {"consent_at": "2020-01-01", "created_at": "2020-01-01"}
    assert set(false) == {field.column for field in Registration._meta.concrete_fields if field.name not in asked}
    # A new key: what was sealed for the row names it. That of another row is refused by its table.
    honest = {
        "id": str(uuid4()),
        "name": "Ana",
        "organisation": "",
        "role": "",
        "needs": "",
        "partner_kind": "",
        "sector": "",
    }
    h = tokens.digest(tokens.issue(invitation, "invited"))

    with connection.cursor() as cursor:
        sent = json.dumps({**honest, "language": "da", "answers": {}, **false}, default=str)
        cursor.execute("SELECT * FROM public.door_invited_accept(%s, %s::jsonb)", [h, sent])

    row = Registration.objects.exclude(pk=other.pk).get()
    told = {field.column: getattr(row, field.attname) for field in Registration._meta.concrete_fields}
    kept = {column for column, value in false.items() if str(told[column]).startswith(str(value)) and value}
    assert kept == set()
    assert row.status == "confirmed" and row.invitation == invitation


def refused(action):
    try:
        with transaction.atomic():
            action()
    except ProgrammingError:
        return True
    return False
