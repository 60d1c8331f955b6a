"""What was kept before the folding knew a letter is found as well once the keys are made anew."""

from importlib import import_module

import pytest
from django.apps import apps

from contacts.models import Affiliation, Dialogue, OtherName, Person
from events.models import Event, Registration
from tests.contacts.factories import AffiliationFactory, PersonFactory, dialogue
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

OF_CONTACTS = import_module("contacts.migrations.0033_refold_letters_of_other_languages")
OF_EVENTS = import_module("events.migrations.0009_refold_letters_of_other_languages")


def test_keys_with_letters_the_folding_left_alone_are_made_anew(officer):
    person = PersonFactory(name="Đorđe", phone="")
    OtherName.objects.create(person=person, name="علی")
    plain = PersonFactory(name="Bente Holm")
    role = AffiliationFactory(person=person, role="Łeader")
    talk = dialogue(officer, people=[person], summary="Om Łódź")
    Person.objects.update(name_key="đorđe", search_key="đorđe", lookup_key="nđorđe")
    Person.objects.filter(pk=plain.pk).update(search_key="kept")
    Affiliation.objects.update(role_key="łeader")
    Dialogue.objects.update(search_key="om łodz")

    OF_CONTACTS.refold(apps, None)

    person.refresh_from_db()
    assert (person.name_key, person.search_key) == ("dorde", "dorde علي")
    assert {"ndorde", "nعلي"} <= set(person.lookup_key.split())
    assert Person.objects.get(pk=plain.pk).search_key == "kept"
    assert Affiliation.objects.get(pk=role.pk).role_key == "leader"
    assert Dialogue.objects.get(pk=talk.pk).search_key == "om lodz"


def test_two_seats_of_one_person_under_two_spellings_are_both_kept():
    event = EventFactory(title="Møde i Łódź", public_title="", venue_name="", venue_address="")
    Event.objects.update(title_key="mode i łodz")
    there = {"event": event, "email": "a@x.example", "confirmed": True}
    RegistrationFactory(name="Đana", **there)
    Registration.objects.update(folded_key="đana|a@x.example")
    RegistrationFactory(name="Dana", **there)

    OF_EVENTS.refold(apps, None)

    assert Event.objects.get().title_key == "mode i lodz"
    assert {one.folded_key for one in Registration.objects.all()} == {"dana|a@x.example", "đana|a@x.example"}
