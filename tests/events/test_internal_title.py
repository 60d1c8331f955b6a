"""What colleagues call an event: read in the workspace, and by nobody outside."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from events.mail_wording import no_internal_title
from events.services import calendar
from events.services.registering import register_by_officer
from tests.events.factories import EventFactory, OfficerFactory

pytestmark = pytest.mark.django_db
INSIDE = "Efter episoden i gården"
OUTSIDE = ["list", "feed", "event", "event_ics", "register"]


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


@pytest.fixture
def event(officer):
    made = EventFactory(title="Naboskab i praksis", internal_title=INSIDE, owner=officer)
    calendar.write_down(made, now=timezone.now())
    made.save()
    return made


def address(name, event):
    with translation.override("da"):
        return reverse(f"events:{name}", args=[event.slug] if name not in {"list", "feed"} else [])


def test_no_page_and_no_calendar_outside_says_it(client, event):
    told = [client.get(address(name, event)) for name in OUTSIDE]
    told.append(client.get("/soeg/?q=episoden"))

    assert [page.status_code for page in told] == [200] * len(told)
    assert not any(INSIDE in page.content.decode() for page in told)


def test_no_mail_says_it(event, officer, work):
    told = {"name": "Ana Ærø", "email": "ana@example.org"}
    register_by_officer(event, told, officer=officer, now=timezone.now())
    work()

    assert len(mail.outbox) == 1
    assert INSIDE not in mail.outbox[0].message().as_string()
    assert event.public_title in mail.outbox[0].body


def test_the_workspace_calls_the_event_by_it(client, event):
    for name in ("list", "event"):
        page = client.get(reverse(f"events_workspace:{name}", args=[] if name == "list" else [event.pk]))

        assert INSIDE in page.content.decode()


def test_no_subject_of_ours_may_hold_it(event, officer):
    assert no_internal_title(f"Nyt om {INSIDE.upper()}", officer)
    assert not no_internal_title("Nyt om {title}", officer)
