"""A partner in Chromium: from the list to a seat, into the calendar, and back out again."""

import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect

from events.models import Event, Registration
from events.services import planning
from tests.browser.hands import VISITORS
from tests.events.factories import EventFactory

pytestmark = [pytest.mark.browser, pytest.mark.once]

DETAILS = {"organisation": "Foreningen Åben Dør", "role": "Formand", "needs": "Vegetarisk mad 🌱"}


@pytest.fixture
def event(site):
    officer = site.samples.officer
    event = EventFactory(draft=True, title=f"Møde {Event.objects.count()} i en browser", owner=officer)
    planning.publish(event, officer=officer, now=timezone.now())
    return event


@pytest.mark.parametrize("way", VISITORS)
def test_a_partner_registers_mends_a_mistake_confirms_and_cancels(walk, way, event, mailboxes, work):
    (hands, says), email = walk(way), "ana@example.org"
    name = hands.page.locator("[name=name]")

    hands.open(says.front)
    hands.follow(says.events)
    hands.follow(event.title)
    hands.follow(says.register)
    hands.write(email=email, **DETAILS)
    hands.choose("consent", says.may_keep)
    hands.press(says.send_me_a_mail)
    expect(hands.page.locator(".summary")).to_be_focused()
    hands.jump(says.write_name)
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    hands.page.keyboard.type("Ana Ørsted")
    hands.press(says.send_me_a_mail)
    hands.heading(says.look_in_mailbox)

    work()
    hands.open(mailboxes.last(email).link("events:confirm"))
    hands.press(says.confirm_button)
    hands.heading(says.seat)

    work()
    hands.open(mailboxes.last(email).link("events:manage"))
    entry = Calendar.from_ical(hands.download(says.add_to_calendar)).events[0]
    assert (str(entry["SUMMARY"]), entry.start) == (event.public_title, event.starts_at.replace(microsecond=0))
    assert entry["UID"] == mailboxes.last(email).calendar.events[0]["UID"]
    hands.shows(DETAILS["needs"])
    hands.follow(says.cancel)
    hands.press(says.cancel)
    hands.heading(says.cancelled)
    assert event.registrations.get().status == Registration.Status.CANCELLED
