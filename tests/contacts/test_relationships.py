"""What two contacts are to each other: kinds, ends, doubles, and nothing of an end the reader may not see."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from contacts.models import OrganisationKind, Relationship, RelationshipKind
from contacts.services.relationships import NotBetweenThese, NotedAlready, readings, relate
from outreach.audit.models import Entry
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


def add_url(here, there):
    name, end = here._meta.model_name, there._meta.model_name
    return reverse(f"workspace:new_{name}_relationship", args=[here.pk]) + f"?other={end}:{there.pk}"


def test_it_is_found_written_corrected_and_ended(desk):
    club, union, became = OrganisationFactory(name="Club"), OrganisationFactory(name="Old Union"), kind()
    found = desk.get(reverse("workspace:new_organisation_relationship", args=[club.pk]) + "?q=union").content.decode()
    assert f"?other=organisation:{union.pk}" in found

    desk.post(add_url(club, union), {"what": f"{became.pk}:second", "note": "in spring"}, follow=True)
    relationship = Relationship.objects.get()
    assert (relationship.first, relationship.second) == (union, club)
    assert "Became" in desk.get(club.get_absolute_url()).content.decode()
    assert "Sprang from" in desk.get(union.get_absolute_url()).content.decode()

    url = reverse("workspace:edit_relationship", args=[relationship.pk])
    desk.post(url, {"what": f"{became.pk}:first", "ended_on": TODAY})
    assert Relationship.objects.get().ended_on == TODAY


def test_a_double_and_a_relationship_that_ends_before_it_starts_are_said_in_the_form(desk):
    club, union, became = OrganisationFactory(), OrganisationFactory(), kind()
    relationship = tie(became, club, union, started_on=TODAY)

    double = desk.post(add_url(club, union), {"what": f"{became.pk}:first"})
    assert (double.status_code, "noted already" in double.content.decode()) == (422, True)

    url = reverse("workspace:edit_relationship", args=[relationship.pk])
    early = desk.post(url, {"what": f"{became.pk}:first", "started_on": TODAY, "ended_on": TODAY - timedelta(days=1)})
    assert early.status_code == 422
    assert "The relationship ends before it starts." in str(early.context["form"].errors["ended_on"])


def test_one_written_in_the_same_moment_is_an_answer_not_a_crash(officer):
    club, union, became = OrganisationFactory(), OrganisationFactory(), kind()
    tie(became, club, union)
    late = Relationship(kind=became)
    late.put_ends(club, union)

    with pytest.raises(NotedAlready):
        relate(late, actor=officer)


def test_sent_twice_it_is_noted_once(desk):
    club, union, became = OrganisationFactory(), OrganisationFactory(), kind()
    typed = {"what": f"{became.pk}:first", "form_key": str(uuid4())}

    desk.post(add_url(club, union), typed)
    again = desk.post(add_url(club, union), typed, follow=True)

    assert "saved once" in again.content.decode()
    assert Relationship.objects.count() == 1


def test_only_kinds_for_the_two_ends_are_offered(desk):
    kind(ends="mixed")
    person, club = PersonFactory(), OrganisationFactory()

    offered = desk.get(add_url(club, person)).content.decode()

    assert f"{club} became {person}" in offered
    assert "sprang from" not in offered


def test_what_was_wrong_is_struck_out_and_recorded(desk):
    relationship = tie(kind(), OrganisationFactory(), OrganisationFactory())

    desk.post(reverse("workspace:strike_out_relationship", args=[relationship.pk]))

    assert not Relationship.objects.exists()
    assert Entry.objects.filter(verb="delete", object_label="contacts.Relationship").count() == 1


def test_a_relationship_with_somebody_hidden_leaves_no_trace(desk, stranger):
    club, closed = OrganisationFactory(name="Club"), OrganisationFactory(name="Closed", owner=stranger)
    closed.restricted = True
    closed.save()
    before = desk.get(club.get_absolute_url())
    relationship = tie(kind(), club, closed)

    after = desk.get(club.get_absolute_url())

    assert (len(after.content), "Closed" in after.content.decode()) == (len(before.content), False)
    for name in ("edit_relationship", "strike_out_relationship"):
        assert desk.post(reverse(f"workspace:{name}", args=[relationship.pk])).status_code == 404
    chosen = desk.get(add_url(club, closed))
    assert "Closed" not in chosen.content.decode()


def test_who_is_named_on_the_page_was_read(desk):
    person, colleague = PersonFactory(), PersonFactory()
    tie(kind(ends="people"), person, colleague)

    desk.get(person.get_absolute_url())

    read = Entry.objects.filter(object_label="contacts.Person", verb="list").values_list("ids", flat=True)
    assert [str(colleague.pk)] in list(read)


@pytest.fixture
def of_associations():
    """For organisations anywhere on the branch of associations."""
    limited = kind()
    limited.branches.set(OrganisationKind.objects.filter(slug="association"))
    return limited


def test_a_kind_is_offered_only_between_organisations_of_its_branches(of_associations):
    club, youth, school = (OrganisationFactory(kind=slug) for slug in ("cultural", "youth", "school"))

    assert of_associations in [one.kind for one in readings(club, youth)]
    assert of_associations not in [one.kind for one in readings(club, school)]
    assert of_associations not in [one.kind for one in readings(school, club)]


def test_a_kind_for_others_is_refused_with_a_sentence(desk, of_associations):
    club, school = OrganisationFactory(), OrganisationFactory(kind="school")
    address = reverse("workspace:new_organisation_relationship", args=[club.pk]) + f"?other=organisation:{school.pk}"

    response = desk.post(address, {"what": f"{of_associations.pk}:first", "form_key": uuid4()})

    assert "This kind of relationship is between others." in response.content.decode()
    assert not Relationship.objects.exists()


def test_no_way_in_gives_a_kind_to_others(officer, of_associations):
    relationship = Relationship(kind=of_associations)
    relationship.put_ends(OrganisationFactory(), OrganisationFactory(kind="school"))

    with pytest.raises(NotBetweenThese):
        relate(relationship, actor=officer)


def test_a_relationship_of_before_its_kind_was_limited_can_be_ended(desk, of_associations):
    club, school = OrganisationFactory(), OrganisationFactory(kind="school")
    relationship = tie(of_associations, club, school)
    typed = {"what": f"{of_associations.pk}:first", "ended_on": TODAY}

    desk.post(reverse("workspace:edit_relationship", args=[relationship.pk]), typed)

    relationship.refresh_from_db()
    assert relationship.ended_on == TODAY
