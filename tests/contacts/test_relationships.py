"""What two contacts are to each other: kinds, ends, doubles, and nothing of an end the reader may not see."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from contacts.models import Relationship, RelationshipKind
from tests.contacts.factories import TODAY, OrganisationFactory, PersonFactory, dialogue

pytestmark = pytest.mark.django_db


def kind(ends="organisations", reverse=("became", "blev til"), **fields):
    english, danish = reverse
    words = {"label_en": "sprang from", "label_da": "udsprang af", "reverse_en": english, "reverse_da": danish}
    return RelationshipKind.objects.create(ends=ends, **words, **fields)


def tie(of_kind, first, second, **fields):
    relationship = Relationship(kind=of_kind, **fields)
    relationship.put_ends(first, second)
    relationship.save()
    return relationship


def test_each_side_reads_its_own_words():
    club, union = OrganisationFactory(name="Club"), OrganisationFactory(name="Union")
    relationship = tie(kind(), club, union)

    assert (relationship.words(club), relationship.words(union)) == ("sprang from", "became")
    assert (relationship.other(club), relationship.other(union)) == (union, club)
    with translation.override("da"):
        assert relationship.words(union) == "blev til"


def test_the_same_relationship_is_noted_once_and_again_after_it_ended():
    club, union, became = OrganisationFactory(), OrganisationFactory(), kind()
    first = tie(became, club, union)

    with pytest.raises(IntegrityError), transaction.atomic():
        tie(became, club, union)

    Relationship.objects.filter(pk=first.pk).update(ended_on=TODAY)
    tie(became, club, union)
    assert Relationship.objects.of(club).count() == 2


def test_where_it_reads_alike_the_mirror_image_is_the_same():
    club, union, alike = OrganisationFactory(), OrganisationFactory(), kind(reverse=("", ""))
    tie(alike, club, union)

    with pytest.raises(IntegrityError), transaction.atomic():
        tie(alike, union, club)


def test_nobody_has_a_relationship_to_themselves():
    club = OrganisationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        tie(kind(), club, club)


def test_it_does_not_end_before_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        tie(kind(), OrganisationFactory(), OrganisationFactory(), started_on=TODAY, ended_on=TODAY - timedelta(days=1))


def test_a_kind_between_organisations_takes_no_person():
    relationship = Relationship(kind=kind())
    relationship.put_ends(PersonFactory(), PersonFactory())

    with pytest.raises(ValidationError):
        relationship.clean()


def test_who_may_not_see_one_end_sees_no_relationship(officer, stranger):
    open_one, closed = OrganisationFactory(owner=officer), OrganisationFactory(owner=officer, restricted=True)
    relationship = tie(kind(), open_one, closed)

    assert list(Relationship.objects.visible_to(officer).of(open_one)) == [relationship]
    assert not Relationship.objects.visible_to(stranger).exists()


def test_there_are_kinds_to_start_with_and_each_reads_from_both_sides():
    first = import_module("contacts.migrations.0007_first_kinds_of_relationships")

    first.add(apps, None)
    first.add(apps, None)

    started = RelationshipKind.objects.in_use()
    assert len(started) == len(first.KINDS)
    assert {found.ends for found in started} == set(RelationshipKind.Ends.values)
    for found in started:
        found.full_clean()

    first.take_away(apps, None)
    assert not RelationshipKind.objects.exists()


def test_a_mail_and_an_event_are_no_longer_taken_for_a_talk(officer):
    person = PersonFactory(rhythm_weeks=8, last_dialogue_on=TODAY)
    week = timedelta(days=7)
    dialogue(officer, people=[person], kind="email", day=TODAY)
    dialogue(officer, people=[person], kind="event", day=TODAY - week)
    dialogue(officer, people=[person], kind="call", day=TODAY - 2 * week)
    move = import_module("contacts.migrations.0008_fold_roles_and_count_talks")

    move.count_talks(apps, None)
    person.refresh_from_db()
    assert (person.last_dialogue_on, person.talk_by) == (TODAY - 2 * week, TODAY + 6 * week)

    move.count_everything(apps, None)
    person.refresh_from_db()
    assert person.last_dialogue_on == TODAY
