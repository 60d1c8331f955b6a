"""The demonstration: a living system, clearly invented, the same on every load, and gone without a trace."""

import re

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from contacts.demonstration import files, loading
from contacts.models import (
    Affiliation,
    ContactGrant,
    Dialogue,
    FollowUp,
    Organisation,
    Person,
    RegistrationLink,
    Topic,
)
from contacts.services import linking
from contacts.services.kinds import tree
from outreach.accounts.models import Team, User
from outreach.design.models import Demonstration
from outreach.privacy.guard import contains_cpr

MODELS = [Affiliation, ContactGrant, Dialogue, FollowUp, Organisation, Person, RegistrationLink, Topic, User, Team]
RESERVED = re.compile(r"@[\w.-]+\.example$")
NOBODYS_NUMBER = re.compile(r"^\+45 00 00 \d\d \d\d$")


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load(timezone.now())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loaded_once, db):
    """The demonstration as it is just after loading."""


def test_there_are_thirty_organisations_of_every_kind_sixty_people_and_150_dialogues(loaded):
    assert [Organisation.objects.count(), Person.objects.count(), Dialogue.objects.count()] == [30, 60, 150]
    leaves = {leaf.kind.pk for branch in tree(in_use=True) for leaf in branch.leaves()}
    assert set(Organisation.objects.values_list("kind", flat=True)) == leaves


def test_every_dialogue_says_something_of_its_own(loaded):
    summaries = list(Dialogue.objects.values_list("summary", flat=True))

    assert len(set(summaries)) == 150
    assert not any(contains_cpr(summary) or len(summary) < 40 for summary in summaries)


def test_the_day_of_an_officer_is_full(loaded):
    today, mette = timezone.localdate(), User.objects.get(email="mette@center.example")
    mine = FollowUp.objects.visible_to(mette).owned_by(mette)

    assert mine.overdue(today).promises().count() == 3
    assert mine.today(today).promises().count() == 2
    assert mine.today(today).meetings().count() == 2
    assert mine.this_week(today).exists()
    assert Person.objects.visible_to(mette).owned_by(mette).quiet(today).exists()
    assert Person.objects.visible_to(mette).owned_by(mette).never_talked().exists()


def test_promises_wait_matter_and_were_put_off(loaded):
    promises = FollowUp.objects.open()

    assert promises.waiting().filter(owner__name="Mette Lund").count() == 2
    assert promises.with_priority(FollowUp.Priority.HIGH).count() == 1
    assert promises.get(title="Find en oplægsholder til forældreaften").snoozes.count() == 2


def test_some_contacts_are_restricted_and_some_colleagues_let_in(loaded):
    emma, jonas = (User.objects.get(email=f"{name}@center.example") for name in ("emma", "jonas"))

    assert Person.objects.visible_to(emma).count() == 58
    assert Person.objects.visible_to(jonas).count() == 60
    assert Organisation.objects.visible_to(emma).count() == 29
    talks = Dialogue.objects.visible_to(emma).as_read_by(emma)
    assert any(talk.participant_count > len(talk.seen_people) + len(talk.seen_organisations) for talk in talks)


def test_addresses_are_reserved_and_numbers_are_nobodys(loaded):
    contacts = [*Person.objects.all(), *Organisation.objects.all()]

    assert all(RESERVED.search(contact.email) and NOBODYS_NUMBER.match(contact.phone) for contact in contacts)
    assert all(RESERVED.search(user.email) for user in User.objects.all())


def test_addresses_are_spelled_as_people_in_denmark_do(loaded):
    addresses = {person.name: person.email for person in Person.objects.all()}

    assert addresses["Mikko Aalto"] == "mikko.aalto@nordic-network.example"
    assert addresses["Tina Bøgh"] == "tina.boegh@fremad.example"


def test_what_waits_is_sometimes_sure_and_sometimes_a_question(loaded):
    mette = User.objects.get(email="mette@center.example")
    waiting = linking.suggestions_for(linking.waiting(mette), user=mette).values()

    reasons = {suggestion.reasons for found in waiting for suggestion in found}
    assert {("same name",), ("same e-mail", "same name", "same organisation")} <= reasons
    assert any(not found for found in waiting)


def test_the_same_things_have_the_same_ids_on_every_machine(loaded):
    assert Person.objects.get(name="Amina Rahbek").pk == files.key("person", "Amina Rahbek")


def test_removing_takes_everything_away_and_what_was_made_on_top(loaded):
    mette, person = User.objects.get(email="mette@center.example"), Person.objects.first()
    extra = Dialogue.objects.create(author=mette, date=timezone.localdate(), summary="Made by hand.")
    extra.people.add(person)
    FollowUp.objects.create(owner=mette, title="By hand", due_on=extra.date, promised_on=extra.date, person=person)

    call_command("load_demonstration", remove=True)

    assert {model: model.objects.count() for model in MODELS} == dict.fromkeys(MODELS, 0)
    assert not Demonstration.objects.loaded()


def test_what_is_real_stays_when_the_demonstration_goes(loaded):
    officer = User.objects.create_user("real@example.dk", name="Real Officer")
    kept = Person.objects.create(name="Real Partner", owner=officer, source="met", purpose="dialogue")

    call_command("load_demonstration", remove=True)

    assert list(Person.objects.all()) == [kept]
    assert list(User.objects.all()) == [officer]
