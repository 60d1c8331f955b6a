"""Who looked at this person? Every page that names somebody tells the trail whom it named (security.md, 8)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from contacts.models import RegistrationLink
from outreach.audit.models import Entry
from tests.contacts.factories import (
    NOW,
    TODAY,
    AffiliationFactory,
    FollowUpFactory,
    OrganisationFactory,
    PersonFactory,
    RegistrationFactory,
    dialogue,
    grant,
)


@pytest.fixture
def met(officer):
    """Somebody met, promised something, registered and holding a role."""
    person = PersonFactory(name="Amina Rahbek")
    role = AffiliationFactory(person=person, started_on=TODAY)
    talk = dialogue(officer, people=[person, PersonFactory()], organisations=[role.organisation])
    FollowUpFactory(owner=officer, person=person, organisation=role.organisation, dialogue=talk)
    registration = RegistrationFactory(event__owner=officer)
    RegistrationLink.objects.create(registration=registration, person=person, linked_by=officer)
    return person


def noted(label):
    """The ids of this label that the trail names, each as often as it does."""
    entries = Entry.objects.filter(object_label=label)
    return [pk for entry in entries for pk in (entry.ids or [entry.object_id])]


def address(name, pk):
    return reverse(f"workspace:{name}", args=[pk])


def theirs(person):
    """The one role of the person."""
    return person.affiliations.get()


# Pages that name the person without being theirs.
PAGES = {
    "today": lambda person: reverse("workspace:today"),
    "dialogues": lambda person: reverse("workspace:dialogues"),
    "a dialogue": lambda person: address("dialogue", person.dialogues.get().pk),
    "follow-ups": lambda person: reverse("workspace:followups"),
    "a follow-up": lambda person: address("followup", person.follow_ups.get().pk),
    "a colleague's follow-up": lambda person: address("followup", FollowUpFactory(person=person).pk),
    "a new follow-up": lambda person: address("new_person_followup", person.pk),
    "the list of an event": lambda person: reverse(
        "events_workspace:event", args=[person.registration_links.get().registration.event_id]
    ),
    "the end of a role": lambda person: address("end_role", theirs(person).pk),
    "an organisation": lambda person: theirs(person).organisation.get_absolute_url(),
    "another participant": lambda person: person.dialogues.get().people.exclude(pk=person.pk).get().get_absolute_url(),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_names_a_person_says_so_to_the_trail_once(desk, met, page):
    response = desk.get(PAGES[page](met))

    assert met.name in response.content.decode()
    assert noted("contacts.Person").count(str(met.pk)) == 1


def test_a_persons_page_names_the_organisations_they_met_with(desk, met):
    desk.get(met.get_absolute_url())

    assert str(theirs(met).organisation_id) in noted("contacts.Organisation")


@pytest.mark.parametrize("name", ["followup", "followup_put_off"])
def test_ones_own_follow_up_is_read_too(desk, met, name):
    promised = met.follow_ups.get()

    desk.get(address(name, promised.pk))

    assert noted("contacts.FollowUp") == [str(promised.pk)]


def test_a_dialogue_names_the_contacts_of_what_was_promised_there(desk, officer, met):
    talk, other = met.dialogues.get(), PersonFactory()
    FollowUpFactory(owner=officer, person=other, dialogue=talk)

    desk.get(address("dialogue", talk.pk))

    assert noted("contacts.Person").count(str(other.pk)) == 1


def test_an_organisation_chosen_for_a_role_is_named(desk, met):
    chosen = OrganisationFactory()

    desk.get(f"{address('new_role', met.pk)}?organisation={chosen.pk}")

    assert noted("contacts.Organisation") == [str(chosen.pk)]


@pytest.mark.parametrize("page", ["proposal", "new_person"])
def test_an_organisation_a_registrant_named_is_named(desk, officer, page):
    known = OrganisationFactory(name="Åbne Døre")
    sent = RegistrationFactory(organisation="Åbne Døre", event__owner=officer)
    new_person = f"{reverse('workspace:new_person')}?registration={sent.pk}"

    desk.get(new_person if page == "new_person" else address(page, sent.pk))

    assert noted("contacts.Organisation") == [str(known.pk)]


def test_what_the_timeline_leaves_out_was_not_read(desk, met):
    desk.get(theirs(met).organisation.get_absolute_url() + "?kind=role")

    assert len(noted("contacts.Person")) == 1


def test_somebody_hidden_was_not_read(desk, officer, stranger):
    hidden, club = PersonFactory(restricted=True, owner=stranger), OrganisationFactory()
    talk = dialogue(stranger, people=[hidden], organisations=[club])

    desk.get(reverse("workspace:dialogue", args=[talk.pk]))
    desk.get(reverse("workspace:dialogues") + "?whose=all")
    assert noted("contacts.Person") == []

    grant(hidden, officer)
    desk.get(reverse("workspace:dialogue", args=[talk.pk]))
    assert noted("contacts.Person") == [str(hidden.pk)]


def test_today_notes_whom_it_asks_to_phone_and_whose_number_it_shows(desk, officer):
    held = RegistrationFactory(
        event__owner=officer, email="", status="offered", offer_expires_at=NOW + timedelta(days=1)
    )
    person = PersonFactory(phone="+45 00 00 00 12")
    RegistrationLink.objects.create(registration=held, person=person, linked_by=officer)

    assert "tel:+4500000012" in desk.get(reverse("workspace:today")).content.decode()

    assert str(person.pk) in noted("contacts.Person")
    assert str(held.pk) in noted("events.Registration")
