"""An officer's day in Chromium: a meeting, those who come to it, a talk on the phone, and one timeline."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from contacts.demonstration.accounts import PASSWORD
from contacts.models import Person
from events.models import Event
from tests.browser.hands import OFFICERS, Keyboard, Way
from tests.contacts.factories import AffiliationFactory, OrganisationFactory, PersonFactory
from tests.events.factories import RegistrationFactory

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def officer(site):
    return site.samples.officer


@pytest.fixture
def xenia(officer):
    """Somebody the officer knows, in an organisation."""
    number = Person.objects.count()
    person = PersonFactory(name=f"Xenia Åkerblom {number}", owner=officer)
    organisation = OrganisationFactory(name=f"Ørnereden på Ærø {number}", owner=officer)
    return AffiliationFactory(person=person, organisation=organisation, role="chair")


@pytest.fixture
def title(site):
    return f"Aften {Event.objects.count()} i en browser"


@pytest.mark.parametrize("way", OFFICERS)
def test_from_a_planned_meeting_to_a_timeline_that_shows_it_all(walk, way, officer, xenia, title):
    (hands, says), person = walk(way), xenia.person
    type(officer).objects.filter(pk=officer.pk).update(language=says.code)

    hands.open("/workspace/")
    hands.write(login=officer.email, password=PASSWORD)
    hands.press(says.sign_in)
    plan(hands, says, title)
    event = Event.objects.get(title=title, status=Event.Status.PUBLISHED, owner=officer)
    came_in = RegistrationFactory(event=event, name=person.name.lower(), confirmed=True)
    link(hands, says, came_in, person)
    register_by_phone(hands, says, title)
    hands.search(misspelt(xenia.organisation.name))
    hands.follow(xenia.organisation.name)
    hands.follow(person.name)
    log_from_a_phone(hands, says)

    hands.heading(person.name)
    for entry in ("Vi aftalte en aften for forældre.", f"{says.registered_for}: {title}", "Sende materialet"):
        expect(hands.page.locator(".tl li", has_text=entry)).to_have_count(1)


def test_enter_in_the_log_form_looks_for_a_name_and_elsewhere_saves(walk, sign_in, officer, xenia):
    (hands, says), name = walk(Way(Keyboard, "en", signs_in=True)), xenia.organisation.name
    sign_in(hands.page, "en", officer)
    hands.open(f"/workspace/log/?person={xenia.person.pk}")

    hands.unfold(says.somebody_else)
    hands.enter(find=misspelt(name))
    expect(hands.page.get_by_label(name).first).to_be_visible()
    assert not xenia.person.dialogues.exists()
    hands.write(summary="Vi aftalte en aften for forældre.")
    hands.unfold(says.more)
    hands.enter(place="Biblioteket")

    hands.heading(xenia.person.name)
    assert xenia.person.dialogues.get().place == "Biblioteket"


def misspelt(name):
    return name.lower().replace("ø", "oe").replace("å", "a").replace("æ", "ae")


def plan(hands, says, title):
    """The event, facts and plain texts, saved as a draft and then published."""
    start = (timezone.localtime() + timedelta(days=30)).replace(hour=16, minute=30, second=0, microsecond=0)
    end = start + timedelta(hours=2)
    hands.follow(says.events)
    hands.follow(says.plan)
    hands.write(title=title, public_title="Netværksmøde", summary="Hvem gør hvad?")
    hands.moment("starts_at", start)
    hands.moment("ends_at", end)
    hands.write(venue_name="Biblioteket", capacity="20", text_before="Vi mødes og spiser sammen.")
    hands.press(says.save)
    hands.press(says.publish)
    hands.press(says.publish_anyway)
    hands.heading(title)
    assert Event.objects.filter(title=title, starts_at=start, ends_at=end).exists()


def link(hands, says, registration, person):
    """From the list of the event to the person it may be."""
    hands.follow(says.events)
    hands.follow(registration.event.title)
    hands.follow(registration.name)
    hands.press(f"{says.link}: {person.name}")
    hands.shows(f"{says.linked_to} {person.name}")


def register_by_phone(hands, says, title):
    hands.follow(says.events)
    hands.follow(title)
    hands.follow(says.register_somebody)
    hands.write(name="Bo på Telefon")
    hands.choose("consent", says.agreed)
    hands.press(says.register_somebody)
    hands.shows(f"Bo på Telefon {says.phoned_has_seat}.")


def log_from_a_phone(hands, says):
    """From the person's page on: who is chosen already; so how, one line, and what was promised."""
    hands.page.set_viewport_size({"width": 390, "height": 844})
    hands.follow(says.log)
    hands.choose("kind", says.call)
    hands.write(summary="Vi aftalte en aften for forældre.")
    hands.unfold(says.promised)
    hands.write(promise="Sende materialet")
    hands.press(says.save_dialogue)
    hands.shows(says.dialogue_saved)
    assert hands.page.evaluate("document.documentElement.scrollWidth") <= 390
