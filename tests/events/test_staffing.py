"""Who looks after an event, a host's desk, and the names at the door: opened for a day, each look recorded."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Helper
from outreach.accounts.models import Role
from outreach.audit.models import Entry
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"events_workspace:{name}", args=args)


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


@pytest.fixture
def event(officer):
    """One that goes on now, with somebody who comes."""
    now = timezone.now()
    event = EventFactory(owner=officer, starts_at=now - timedelta(minutes=1), ends_at=now + timedelta(minutes=1))
    RegistrationFactory(event=event, name="Ana Eksempel", email="ana@example.org", confirmed=True)
    return event


@pytest.fixture
def helper(officer):
    return OfficerFactory(role=Role.CHECK_IN_HELPER)


def name_helper(client, event, helper):
    day = timezone.localdate().isoformat()
    return client.post(page("staff", event.pk), {"name": "1", "colleague": helper.pk, "day": day})


def test_a_named_helper_reads_names_and_nothing_else_and_the_look_is_recorded(client, event, helper):
    name_helper(client, event, helper)
    client.force_login(helper)

    assert page("door", event.pk) in client.get(page("doors")).text
    text = client.get(page("door", event.pk)).text

    assert "Ana Eksempel" in text
    assert "ana@example.org" not in text
    read = Entry.objects.filter(actor_id=helper.pk, verb="list", object_label="events.Registration").get()
    assert read.ids == [str(event.registrations.get().pk)]


def test_a_helper_who_is_named_no_more_reads_nothing_from_the_next_page_on(client, event, helper):
    name_helper(client, event, helper)
    client.post(page("let_go", event.pk, Helper.objects.get().pk))

    client.force_login(helper)

    assert client.get(page("door", event.pk)).status_code == 404
    assert page("door", event.pk) not in client.get(page("doors")).text


def test_a_helper_is_named_once_for_a_day_of_the_event_only(client, event, helper):
    name_helper(client, event, helper)

    assert name_helper(client, event, helper).status_code == 422
    another = {"name": "1", "colleague": helper.pk, "day": "2020-01-01"}
    assert client.post(page("staff", event.pk), another).status_code == 422
    assert Helper.objects.count() == 1


def test_only_check_in_helpers_are_named(client, event):
    assert name_helper(client, event, OfficerFactory()).status_code == 422


def test_an_event_given_to_a_host_is_theirs_and_no_longer_the_givers(client, event):
    host = OfficerFactory(role=Role.EVENT_HOST)

    answer = client.post(page("staff", event.pk), {"give": "1", "owner": host.pk})

    assert answer.url == page("list")
    assert client.get(page("event", event.pk)).status_code == 404
    client.force_login(host)
    assert client.get(page("event", event.pk)).status_code == 200
    assert Entry.objects.about(event).filter(reason="given to another owner").exists()


def test_an_event_is_given_to_nobody_who_does_not_work_with_events(client, event, helper):
    for nobody in (helper, OfficerFactory(role=Role.AUDITOR), OfficerFactory(is_active=False)):
        assert client.post(page("staff", event.pk), {"give": "1", "owner": nobody.pk}).status_code == 422

    assert Event.objects.get().owner == event.owner


def test_a_host_is_offered_no_page_that_is_not_theirs(client, event):
    event.owner = OfficerFactory(role=Role.EVENT_HOST)
    event.save()
    EventFactory(title="Of another team")
    client.force_login(event.owner)

    desk, listed = client.get(page("event", event.pk)), client.get(page("list"))

    assert "Of another team" not in listed.text
    links = {link for shown in (desk, listed) for link in shown.text.split('"') if link.startswith("/workspace/")}
    assert page("door", event.pk) in links
    assert {link: client.get(link).status_code for link in links if "/answer/" not in link} == dict.fromkeys(
        links, 200
    )
