"""Which organisation another belongs under: told apart from its namesakes, and never round in a circle."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from contacts.forms.words import NOT_ABOVE
from contacts.models import Organisation
from contacts.services.keeping import keep
from contacts.services.umbrellas import NotAbove
from tests.contacts.factories import OrganisationFactory
from tests.contacts.test_contact_form import edit, typed
from tests.events.test_concurrency import at_once


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


def test_a_circle_through_a_hidden_one_is_let_through_so_that_nobody_can_tell(desk, around_a_hidden_one):
    emm, enn = around_a_hidden_one

    answer = desk.post(edit(emm), typed(desk, emm) | {"umbrella_name": "Enn"})

    emm.refresh_from_db()
    assert (answer.status_code, emm.umbrella) == (302, enn)


def test_the_pages_of_a_circle_tell_one_step_and_are_saved_as_they_are(desk, officer, around_a_hidden_one):
    emm, enn = around_a_hidden_one
    Organisation.objects.filter(pk=emm.pk).update(umbrella=enn)
    Organisation.objects.update(restricted=False)
    hidden = enn.umbrella

    pages = [desk.get(one.get_absolute_url()) for one in (emm, hidden, enn)]
    answer = desk.post(edit(enn), typed(desk, enn) | {"remember": "Ring after four."})

    assert [page.context["family"].umbrella for page in pages] == [enn, emm, hidden]
    assert answer.status_code == 302


def test_who_sees_the_whole_circle_makes_none_and_opens_one_there_is(desk, around_a_hidden_one):
    emm, enn = around_a_hidden_one
    Organisation.objects.update(restricted=False)

    refused = desk.post(edit(emm), typed(desk, emm) | {"umbrella_name": "Enn"})
    Organisation.objects.filter(pk=emm.pk).update(umbrella=enn)
    opened = desk.post(edit(enn), typed(desk, enn) | {"umbrella_name": ""})

    enn.refresh_from_db()
    assert (refused.status_code, opened.status_code, enn.umbrella) == (422, 302, None)


def test_one_that_is_over_and_one_that_stands_under_it_are_refused_alike(desk):
    above = OrganisationFactory(name="Emm")
    OrganisationFactory(name="Enn", umbrella=above)
    OrganisationFactory(name="Over", status=Organisation.Status.ENDED, ended_on="2026-01-05")

    forms = [
        desk.post(edit(above), typed(desk, above) | {"umbrella_name": name}).context["form"]
        for name in ("Enn", "Over", "Emm")
    ]

    assert [form.errors for form in forms] == [{"umbrella_name": [NOT_ABOVE]}] * 3


@pytest.mark.django_db(transaction=True)
def test_of_two_put_under_each_other_at_once_one_is(officer):
    one, other = OrganisationFactory(name="Emm"), OrganisationFactory(name="Enn")
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(officer)
    pairs = zip(clients, (one, other), (other, one), strict=True)
    sent = [(client, member, typed(client, member) | {"umbrella_name": above.name}) for client, member, above in pairs]

    answers = at_once(*[partial(client.post, edit(member), fields) for client, member, fields in sent])

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert Organisation.objects.filter(umbrella=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_put_in_a_row_at_once_one_is_refused(officer):
    """Nobody changes the organisation another is put under: no lock on rows would tell."""
    ring = [OrganisationFactory() for _number in range(4)]
    ring[1].umbrella, ring[3].umbrella = ring[2], ring[0]
    for one in ring:
        one.save()
    ring[0].umbrella, ring[2].umbrella = ring[1], ring[3]

    def put(member):
        try:
            return keep(member, actor=officer)
        except NotAbove:
            return None

    kept = at_once(partial(put, ring[0]), partial(put, ring[2]))

    assert kept.count(None) == 1


def test_a_name_that_no_database_can_hold_is_a_sentence_at_the_field(desk):
    member = OrganisationFactory()

    answer = desk.post(edit(member), typed(desk, member) | {"umbrella_name": "Al\0Nour"})

    assert answer.status_code == 422


def test_the_page_of_a_new_organisation_names_its_umbrella(desk, namesakes):
    new = reverse("workspace:new_organisation")
    basis = {"name": "Youth", "kind": "sports", "source": "met", "purpose": "dialogue"}

    desk.post(new, basis | {"umbrella_name": "al-nour", "umbrella": namesakes[0].pk})

    assert Organisation.objects.get(name="Youth").umbrella == namesakes[0]
