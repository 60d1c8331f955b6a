"""What goes, and when: needs after 14 days, names after half a year, links when they stop working."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import DialogueRequest, Registration
from outreach.privacy.retention import RULES
from tests.events.factories import DialogueRequestFactory, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def ended(*, days_ago):
    end = timezone.now() - timedelta(days=days_ago)
    return EventFactory(starts_at=end - timedelta(hours=3), ends_at=end)


def run(rule):
    return RULES[rule].apply(timezone.now())


def test_needs_are_forgotten_14_days_after_the_event():
    old = RegistrationFactory(event=ended(days_ago=15), needs="glutenfri")
    fresh = RegistrationFactory(event=ended(days_ago=13), needs="kørestol")

    assert run("events.needs") == 1

    assert Registration.objects.with_needs().get() == fresh
    assert not Registration.objects.get(pk=old.pk).needs


def test_old_registrations_keep_their_state_and_no_name():
    event = ended(days_ago=184)
    RegistrationFactory.create_batch(2, event=event, confirmed=True, organisation="Foreningen", role="formand")

    assert run("events.names") == 2

    for row in Registration.objects.confirmed():
        assert not any((row.name, row.email, row.organisation, row.role, row.needs, row.folded_key))


def test_the_day_told_to_people_is_the_day_the_names_go():
    event = ended(days_ago=0)
    RegistrationFactory(event=event, confirmed=True)

    assert RULES["events.names"].apply(event.kept_until - timedelta(seconds=1)) == 0
    assert RULES["events.names"].apply(event.kept_until) == 1


def test_the_owner_of_the_register_sets_the_period(settings):
    event = ended(days_ago=0)
    settings.RETENTION_DAYS = {"events.names": 30}

    assert event.kept_until == event.ends_at + timedelta(days=30)


@pytest.mark.parametrize(
    ("rule", "state", "days"),
    [
        ("events.dialogue_unconfirmed", {}, 7),
        ("events.dialogue_withdrawn", {"status": "withdrawn", "confirmed_at": True, "closed_at": True}, 7),
        ("events.dialogue", {"status": "declined", "confirmed_at": True, "closed_at": True}, 183),
        ("events.dialogue", {"status": "confirmed", "confirmed_at": True}, 183),
    ],
)
def test_an_invitation_goes_on_the_day_that_was_told(rule, state, days):
    moment = timezone.now() - timedelta(days=days)
    request = DialogueRequestFactory(
        created_at=moment, **{name: moment if value is True else value for name, value in state.items()}
    )
    told = request.kept_until if request.confirmed_at else request.forgotten_at

    assert RULES[rule].apply(told - timedelta(seconds=1)) == 0
    assert RULES[rule].apply(told) == 1
    assert not DialogueRequest.objects.exists()
