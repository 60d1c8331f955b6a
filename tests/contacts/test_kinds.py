"""The tree of kinds of organisations: kept by team leads and administrators, without circles or orphans."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import Organisation, OrganisationKind
from outreach.accounts.models import Role
from outreach.audit.models import Entry
from tests.contacts.factories import OfficerFactory, OrganisationFactory
from tests.events.test_concurrency import at_once

NEW = reverse("workspace:new_organisation_kind")
PAGE = reverse("workspace:vocabulary")


def signed_in(role):
    client = Client()
    client.force_login(OfficerFactory(role=role))
    return client


@pytest.fixture
def lead(db, monday):
    return signed_in(Role.TEAM_LEAD)


def kind(slug):
    return OrganisationKind.objects.get(slug=slug)


def typed(**fields):
    return {"name_da": "Boldklub", "name_en": "Ball club", "parent": "", "order": 9} | fields


def edit(client, one, **fields):
    """Send the form with what is there, ``fields`` apart."""
    there = {"name_da": one.name_da, "name_en": one.name_en, "parent": one.parent_id or "", "order": one.order}
    there |= {"retired": "on"} if one.retired else {}
    sent = {name: value for name, value in (there | fields).items() if value is not None}
    return client.post(reverse("workspace:organisation_kind", args=[one.pk]), sent)


def said(answer):
    assert answer.status_code == 422
    return answer.content.decode()


def test_the_page_shows_the_tree_in_its_order(lead):
    text = lead.get(PAGE).content.decode()

    assert text.index(">Forening<") < text.index(">Ungdomsforening<") < text.index(">Trossamfund<")


def test_the_page_asks_the_database_no_more_for_a_larger_tree(lead, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as before:
        lead.get(PAGE)
    for number in range(30):
        OrganisationKind.objects.create(slug=f"new-{number}", name_da=f"Ny {number}", name_en=f"New {number}")

    with django_assert_max_num_queries(len(before)):
        lead.get(PAGE)


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.ADMINISTRATOR])
def test_a_new_kind_stands_under_its_branch_and_the_trail_knows_who_made_it(db, role):
    client = signed_in(role)

    answer = client.post(NEW, typed(parent=kind("association").pk))

    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    made = kind("ball-club")
    assert made.parent == kind("association")
    assert Entry.objects.filter(verb="create", object_label="contacts.OrganisationKind", object_id=made.pk).exists()


def test_a_new_kind_is_offered_and_narrows_lists_at_once(lead, desk, django_capture_on_commit_callbacks):
    desk.get(reverse("workspace:organisations"))  # its choices are kept for a minute

    with django_capture_on_commit_callbacks(execute=True):
        lead.post(NEW, typed(parent=kind("association").pk))

    assert "Ball club" in desk.get(reverse("workspace:new_organisation")).content.decode()
    assert "Ball club" in desk.get(reverse("workspace:organisations")).content.decode()


def test_two_kinds_of_like_names_have_two_keys(lead):
    lead.post(NEW, typed())
    lead.post(NEW, typed(name_da="Boldklubben", name_en="Ball-club"))

    assert kind("ball-club-2").name_en == "Ball-club"


def test_a_kind_that_is_renamed_is_still_found_by_its_key(lead):
    edit(lead, kind("sports"), name_da="Klub", name_en="Club")

    assert (kind("sports").name_da, kind("sports").name_en) == ("Klub", "Club")
    assert Entry.objects.filter(verb="change", object_label="contacts.OrganisationKind").count() == 1


def test_a_lower_number_stands_first(lead):
    edit(lead, kind("media"), order=0)

    text = lead.get(PAGE).content.decode()
    assert text.index(">Meningsdannende medie<") < text.index(">Forening<")


def test_what_moves_takes_its_organisations_along(lead):
    OrganisationFactory(kind="school")

    edit(lead, kind("school"), parent=kind("association").pk)

    assert [one.kind.slug for one in Organisation.objects.of_kind("association")] == ["school"]


@pytest.mark.parametrize("under", ["association", "sports"])
def test_nothing_stands_under_itself_or_under_what_stands_there(lead, under):
    answer = edit(lead, kind("association"), parent=kind(under).pk)

    assert "A kind cannot stand under itself." in said(answer)
    assert kind("association").parent is None


def test_the_tree_has_three_levels_at_most(lead):
    lead.post(NEW, typed(parent=kind("sports").pk))

    assert "The tree has three levels at most." in said(edit(lead, kind("association"), parent=kind("network").pk))
    assert "The tree has three levels at most." in said(
        lead.post(NEW, typed(name_da="Hold", name_en="Team", parent=kind("ball-club").pk))
    )


def test_only_places_with_room_beneath_are_offered(lead):
    lead.post(NEW, typed(parent=kind("sports").pk))
    form = lead.get(reverse("workspace:organisation_kind", args=[kind("association").pk])).context["form"]
    new = lead.get(NEW).context["form"]

    offered = {str(key) for key, _label in form.fields["parent"].choices}
    assert not offered & {str(kind(slug).pk) for slug in ("association", "sports", "ball-club")}
    assert str(kind("ball-club").pk) not in {str(key) for key, _label in new.fields["parent"].choices}


@pytest.mark.parametrize("forged", ["x", "0", "-1", "9" * 25, "\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT TWO}x"])
def test_a_made_up_place_is_refused_at_the_field(lead, forged):
    said(lead.post(NEW, typed(parent=forged)))

    assert not OrganisationKind.objects.filter(name_en="Ball club").exists()


@pytest.mark.parametrize("forged", [0, 10**25])
def test_a_made_up_kind_is_not_there(lead, forged):
    assert lead.get(reverse("workspace:organisation_kind", args=[forged])).status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"name_da": "Skole"}, {"name_en": "School"}, {"name_da": " "}, {"order": -1}, {"order": "9" * 30}]
)
def test_what_cannot_be_kept_is_refused_at_the_field(lead, wrong):
    answer = lead.post(NEW, typed(**wrong))

    said(answer)
    assert list(answer.context["form"].errors) == list(wrong)


def test_a_branch_with_others_in_use_under_it_does_not_retire(lead):
    answer = edit(lead, kind("association"), retired="on")

    assert "Others stand under it. Move or retire them first." in said(answer)
    assert not kind("association").retired


def test_a_retired_kind_stays_on_those_that_have_it_and_is_chosen_by_no_other(lead, desk):
    member = OrganisationFactory(kind="sports")

    edit(lead, kind("sports"), retired="on")

    assert "Sports association" in desk.get(reverse("workspace:edit_organisation", args=[member.pk])).content.decode()
    new = {"name": "Club", "kind": "sports", "source": "met", "purpose": "dialogue"}
    assert desk.post(reverse("workspace:new_organisation"), new).status_code == 422


def test_a_retired_kind_is_taken_back(lead, desk):
    edit(lead, kind("sports"), retired="on")

    edit(lead, kind("sports"), retired=None)

    assert "Sports association" in desk.get(reverse("workspace:new_organisation")).content.decode()


def test_nothing_in_use_stands_under_what_is_retired(lead):
    edit(lead, kind("media"), retired="on")
    for slug in ("research", "school", "knowledge"):
        edit(lead, kind(slug), retired="on")

    for answer in (edit(lead, kind("school"), retired=None), lead.post(NEW, typed(parent=kind("media").pk))):
        assert "What it stands under is retired. Choose another place." in said(answer)


def test_organisations_keep_a_kind_under_which_others_stand_by_now(lead, desk):
    member = OrganisationFactory(kind="sports")

    lead.post(NEW, typed(parent=kind("sports").pk))

    url = reverse("workspace:edit_organisation", args=[member.pk])
    sent = {"name": "Renamed", "kind": "sports", "source": "met", "purpose": "dialogue", "version": member.version}
    assert desk.post(url, sent).status_code == 302
    member.refresh_from_db()
    assert (member.name, member.kind.slug) == ("Renamed", "sports")


def test_officers_do_not_keep_the_kinds(desk):
    assert desk.post(NEW, typed()).status_code == 403
    assert edit(desk, kind("sports"), name_en="Mine").status_code == 403
    assert kind("sports").name_en == "Sports association"


@pytest.fixture
def two_tops():
    """Two kinds at the top, in a database that commits."""
    names = (("first", "Første", "First"), ("second", "Anden", "Second"))
    return [OrganisationKind.objects.create(slug=slug, name_da=da, name_en=en) for slug, da, en in names]


@pytest.mark.django_db(transaction=True)
def test_of_two_moves_at_once_that_would_close_a_circle_one_is_refused(two_tops):
    first, second = two_tops
    clients = [signed_in(Role.TEAM_LEAD), signed_in(Role.TEAM_LEAD)]

    answers = at_once(
        partial(edit, clients[0], first, parent=second.pk), partial(edit, clients[1], second, parent=first.pk)
    )

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert OrganisationKind.objects.filter(slug__in=("first", "second"), parent=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_word_at_once_one_is_told(two_tops):
    clients = [signed_in(Role.TEAM_LEAD), signed_in(Role.TEAM_LEAD)]

    answers = at_once(*(partial(one.post, NEW, typed()) for one in clients))

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert OrganisationKind.objects.filter(name_en="Ball club").count() == 1
