"""The programme: laid out line by line, told on the public page, and where the event goes, it goes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from content.models import SearchEntry
from events.models import AgendaItem, WrongMove
from events.services import agenda, copying, planning, readiness
from events.services.agenda import Line
from tests.events.factories import EventFactory, OfficerFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
COFFEE, TALK = Line(1, time(16, 30), "Kaffe"), Line(1, time(17, 0), "Naboskab", "Ana Eksempel")


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


@pytest.fixture
def event(officer):
    """From half past four to half past seven on a winter day."""
    return EventFactory(owner=officer, starts_at=datetime(2026, 12, 2, 15, 30, tzinfo=UTC))


def send(client, event, **typed):
    return client.post(reverse("events_workspace:agenda", args=[event.pk]), typed)


def test_an_officer_writes_lines_and_they_stand_in_order_of_time(client, event):
    typed = {"at_0": "17:00", "title_0": "Naboskab", "speakers_0": "Ana Eksempel", "at_1": "16:30", "title_1": "Kaffe"}

    response = send(client, event, **typed, title_2="", at_2="", speakers_2="")

    assert response.status_code == 302
    assert agenda.current(event) == [COFFEE, TALK]


def test_more_lines_come_with_what_was_typed_and_nothing_is_saved(client, event):
    page = send(client, event, title_0="Kaffe", at_0="", title_3="", more="1")

    text = page.content.decode()
    assert page.status_code == 200
    assert 'value="Kaffe"' in text
    assert 'name="title_6"' in text
    assert "Skriv, hvornår det begynder." not in text
    assert not AgendaItem.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title_0": "Kaffe"}, "at_0"),
        ({"at_0": "16:30"}, "title_0"),
        ({"speakers_0": "Ana Eksempel", "at_0": "16:30"}, "title_0"),
        ({"title_0": "Kaffe", "at_0": "halv fem"}, "at_0"),
        ({"title_0": "Ring til 010190-1234", "at_0": "16:30"}, "title_0"),
    ],
)
def test_half_a_line_is_refused_at_the_field_and_the_programme_stays(client, event, typed, field):
    agenda.lay(event, [COFFEE])

    page = send(client, event, **{"title_0": "", **typed})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert agenda.current(event) == [COFFEE]


def test_a_line_that_is_emptied_is_gone(client, event):
    agenda.lay(event, [COFFEE, TALK])

    send(client, event, title_0="", at_0="", title_1="Naboskab", at_1="17:00", speakers_1="Ana Eksempel")

    assert agenda.current(event) == [TALK]


def test_a_new_programme_tells_nobody(event, officer, started):
    agenda.arrange(event, [TALK], officer=officer, now=NOW)

    event.refresh_from_db()
    assert (started, event.sequence) == ([], 0)


def test_the_public_search_finds_an_event_by_its_programme(officer):
    agenda.arrange(EventFactory(), [TALK], officer=officer, now=timezone.now())

    assert SearchEntry.objects.filter(body__contains="Ana Eksempel").exists()


def test_a_cancelled_event_keeps_its_programme(officer):
    with pytest.raises(WrongMove):
        agenda.arrange(EventFactory(cancelled=True), [COFFEE], officer=officer, now=NOW)


def test_the_public_page_shows_the_programme_with_who_speaks(client, event):
    agenda.lay(event, [COFFEE, TALK])

    text = client.get(reverse("events:event", args=[event.slug])).content.decode()

    assert text.index("16.30") < text.index("Kaffe") < text.index("17.00") < text.index("Ana Eksempel")


def test_an_event_of_two_days_has_a_programme_for_each(client, officer):
    event = EventFactory(owner=officer, starts_at=datetime(2026, 12, 2, 8, 0, tzinfo=UTC))
    event.ends_at = event.starts_at + timedelta(hours=30)
    event.save()

    send(client, event, day_0="2", at_0="9:00", title_0="Øvelser", day_1="1", at_1="10:00", title_1="Oplæg")

    assert [(item.date, item.title) for item in event.agenda.all()] == [
        (date(2026, 12, 2), "Oplæg"),
        (date(2026, 12, 3), "Øvelser"),
    ]
    text = client.get(reverse("events:event", args=[event.slug])).content.decode()
    assert text.index("Onsdag den 2. december 2026</h3>") < text.index("Torsdag den 3. december 2026</h3>")


def test_the_programme_goes_where_the_event_goes(event, officer, started):
    agenda.lay(event, [COFFEE])
    later = {"starts_at": event.starts_at + timedelta(days=7), "ends_at": event.ends_at + timedelta(days=7)}

    moved = planning.change(event, later, officer=officer, now=NOW)

    assert moved.agenda.get().date == timezone.localdate(later["starts_at"])


def test_a_copy_has_the_same_programme(event, officer):
    agenda.lay(event, [COFFEE, TALK])

    assert agenda.current(copying.copy(event, day=date(2027, 6, 2), officer=officer, now=NOW)) == [COFFEE, TALK]


@pytest.mark.parametrize(("at", "outside"), [(time(16, 29), True), (time(16, 30), False), (time(19, 31), True)])
def test_a_line_outside_the_hours_is_said_before_publishing(event, officer, at, outside):
    agenda.lay(event, [Line(1, at, "Kaffe")])

    codes = [finding.code for finding in readiness.findings(event, officer, now=NOW)]

    assert ("programme" in codes) == outside


def test_a_long_programme_costs_the_page_one_question(client, event, django_assert_max_num_queries):
    client.logout()
    with django_assert_max_num_queries(20) as without:
        client.get(reverse("events:event", args=[event.slug]))
    agenda.lay(event, [COFFEE._replace(title=f"Oplæg {number}") for number in range(40)])

    with django_assert_max_num_queries(len(without)):
        client.get(reverse("events:event", args=[event.slug]))
