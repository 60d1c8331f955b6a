"""The day of a dialogue beside who took part: the newest with somebody are the same, however they are read."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models.signals import post_migrate, pre_migrate

from contacts.days_of_talks import DAY, SIDES, TALKS
from contacts.models import Dialogue
from contacts.services.happenings import ALL_TIMES, counts, latest_talks
from contacts.services.newest import newest
from contacts.services.timeline import Kind
from tests.contacts.asking import ask_for
from tests.contacts.factories import TODAY, OrganisationFactory, PersonFactory, dialogue

pytestmark = pytest.mark.django_db
FACTORIES = pytest.mark.parametrize("factory", [PersonFactory, OrganisationFactory])


def days_beside(side):
    """The days that stand beside who took part, and those of the dialogues."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT p.{DAY}, t.date FROM {side} p JOIN {TALKS} t ON t.id = p.dialogue_id")  # noqa: S608
        return cursor.fetchall()


def every_day_is_known():
    return all({beside == day for beside, day in days_beside(side)} == {True} for side in SIDES)


def with_both(author, days_ago):
    everybody = {"people": [PersonFactory(), PersonFactory()], "organisations": [OrganisationFactory()]}
    return dialogue(author, day=TODAY - timedelta(days=days_ago), **everybody)


def test_whoever_comes_to_a_dialogue_has_its_day(officer):
    with_both(officer, 3)
    talk = Dialogue.objects.create(author=officer, date=TODAY, summary="In bulk")
    side = Dialogue.people.through
    side.objects.bulk_create(side(dialogue=talk, person=PersonFactory()) for _number in range(2))

    assert every_day_is_known()


def test_another_date_reaches_everybody_who_took_part(officer):
    talk, other = with_both(officer, 3), with_both(officer, 3)
    talk.date = TODAY - timedelta(days=9)
    talk.save()
    Dialogue.objects.filter(pk=other.pk).update(date=TODAY)

    assert every_day_is_known()


@FACTORIES
def test_the_newest_with_a_contact_are_those_by_date(officer, stranger, factory):
    contact = factory()
    among = {"people" if factory is PersonFactory else "organisations": [contact]}
    for days in (5, 0, 9, 5, 5, 2, 700, 0):
        dialogue(stranger, day=TODAY - timedelta(days=days), **among)
    moved = dialogue(officer, day=TODAY - timedelta(days=800), **among)
    Dialogue.objects.filter(pk=moved.pk).update(date=TODAY - timedelta(days=1))
    by_date = list(Dialogue.objects.with_contact(contact, officer).newest_first().values_list("pk", flat=True))

    ask_for(officer)
    for most in (1, 3, 6, 99):
        named = latest_talks(contact, officer, most).values_list("pk", flat=True)
        assert list(named) == by_date[:most]
    assert counts(contact, officer, period=ALL_TIMES)[Kind.DIALOGUE] == len(by_date)


def test_ones_own_are_those_by_date_from_any_place_on(officer, stranger):
    for days in (5, 0, 9, 5, 40, 700):
        dialogue(stranger, officers=[officer], day=TODAY - timedelta(days=days), people=[PersonFactory()])
    dialogue(stranger, people=[PersonFactory()])
    by_date = list(Dialogue.objects.with_officer(officer).newest_first())

    ask_for(officer)
    for start, most in ((0, 2), (2, 3), (4, 26), (26, 26)):
        assert newest(officer, everyone=False, start=start, most=most) == by_date[start : start + most]


def test_the_newest_are_read_in_the_order_of_their_index(officer):
    person = PersonFactory()
    dialogue(officer, people=[person])
    side = "contacts_dialogue_people"
    key = person.pk.hex if connection.vendor == "sqlite" else person.pk
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    asks = f"SELECT dialogue_id FROM {side} WHERE {SIDES[side]} = %s ORDER BY day DESC, dialogue_id DESC"  # noqa: S608

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # a few rows it would rather read and sort
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"{explain} {asks}", [key])
        plan = str(cursor.fetchall())

    assert f"{side}_newest" in plan
    assert "ORDER BY" not in plan
    assert "Sort" not in plan


@pytest.fixture
def migrate(transactional_db):
    """Change a table as ``migrate`` does that has something to do."""
    contacts = apps.get_app_config("contacts")
    told = {"sender": contacts, "app_config": contacts, "using": "default", "plan": ["something"]}

    def change(how, *what):
        pre_migrate.send(**told)
        with connection.schema_editor() as editor:
            getattr(editor, how)(*what)
        post_migrate.send(**told, apps=apps)

    return change


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Dialogue, Dialogue.people.through, Dialogue.officers.through])
def test_a_migration_may_change_any_of_the_tables(migrate, officer, model):
    talk = with_both(officer, 3)
    rule = models.CheckConstraint(condition=models.Q(id__isnull=False), name="said_in_a_test")

    for how in ("add_constraint", "remove_constraint"):  # SQLite makes the table anew
        migrate(how, model, rule)
        talk.date -= timedelta(days=1)
        talk.save()
        talk.people.add(PersonFactory())
        assert every_day_is_known()
