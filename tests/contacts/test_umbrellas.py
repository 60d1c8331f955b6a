"""Which organisation another belongs under: told apart from its namesakes, and never round in a circle."""

import pytest
from django.urls import reverse

from contacts.models import Organisation
from tests.contacts.factories import OrganisationFactory
from tests.contacts.test_contact_form import edit, typed


@pytest.fixture
def namesakes(officer):
    return OrganisationFactory(name="Al-Nour", owner=officer), OrganisationFactory(name="al nour")


@pytest.fixture
def around_a_hidden_one(stranger):
    """Enn belongs under one that is hidden from the officer, and that under Emm."""
    emm = OrganisationFactory(name="Emm")
    hidden = OrganisationFactory(name="Hidden", restricted=True, owner=stranger, umbrella=emm)
    return emm, OrganisationFactory(name="Enn", umbrella=hidden)


def test_an_umbrella_with_a_namesake_stays_when_something_else_is_changed(desk, namesakes):
    member = OrganisationFactory(umbrella=namesakes[1])

    answer = desk.post(edit(member), typed(desk, member) | {"remember": "Ring after four."})

    member.refresh_from_db()
    assert answer.status_code == 302
    assert (member.umbrella, member.remember) == (namesakes[1], "Ring after four.")


def test_a_page_that_asked_for_no_choice_keeps_the_umbrella_it_showed(desk, namesakes):
    member = OrganisationFactory(umbrella=namesakes[1])
    sent = typed(desk, member)
    del sent["umbrella"]

    assert desk.post(edit(member), sent).status_code == 302
    member.refresh_from_db()
    assert member.umbrella == namesakes[1]


@pytest.mark.parametrize("number", [0, 1])
def test_one_of_two_namesakes_is_chosen(desk, namesakes, number):
    member = OrganisationFactory()
    sent = typed(desk, member) | {"umbrella_name": "Al Nour"}

    asked = desk.post(edit(member), sent)
    desk.post(edit(member), sent | {"umbrella": namesakes[number].pk})

    assert asked.status_code == 422
    assert "Choose one of them" in asked.content.decode()
    assert {str(one.pk) for one in namesakes} == {key for key, _ in asked.context["form"].fields["umbrella"].choices}
    member.refresh_from_db()
    assert member.umbrella == namesakes[number]


def test_a_namesake_that_is_hidden_is_not_among_the_choices(desk, stranger):
    seen = OrganisationFactory(name="Al-Nour")
    hidden = OrganisationFactory(name="al nour", restricted=True, owner=stranger)
    member = OrganisationFactory()

    desk.post(edit(member), typed(desk, member) | {"umbrella_name": "Al-Nour", "umbrella": hidden.pk})

    member.refresh_from_db()
    assert member.umbrella == seen


def test_no_circle_goes_through_a_hidden_organisation(desk, around_a_hidden_one):
    emm, _enn = around_a_hidden_one

    answer = desk.post(edit(emm), typed(desk, emm) | {"umbrella_name": "Enn"})

    emm.refresh_from_db()
    assert answer.status_code == 422
    assert emm.umbrella is None


def test_a_circle_through_a_hidden_one_is_refused_in_the_words_of_any_other_reason(desk, around_a_hidden_one):
    emm, _enn = around_a_hidden_one
    ended = OrganisationFactory(name="Over", status=Organisation.Status.ENDED, ended_on="2026-01-05")

    pages = [
        desk.post(edit(emm), typed(desk, emm) | {"umbrella_name": name}).context["form"] for name in ("Enn", "Over")
    ]

    assert ended.status == "ended"
    assert pages[0].errors == pages[1].errors == {"umbrella_name": [pages[0].errors["umbrella_name"][0]]}


def test_a_name_that_no_database_can_hold_is_a_sentence_at_the_field(desk):
    member = OrganisationFactory()

    answer = desk.post(edit(member), typed(desk, member) | {"umbrella_name": "Al\0Nour"})

    assert answer.status_code == 422


def test_the_page_of_a_new_organisation_names_its_umbrella(desk, namesakes):
    new = reverse("workspace:new_organisation")
    basis = {"name": "Youth", "kind": "sports", "source": "met", "purpose": "dialogue"}

    desk.post(new, basis | {"umbrella_name": "al-nour", "umbrella": namesakes[0].pk})

    assert Organisation.objects.get(name="Youth").umbrella == namesakes[0]
