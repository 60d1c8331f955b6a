"""Field by field: what a visitor wrote reaches a contact only where an officer chose it, once, and all or nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Affiliation, Person, RegistrationLink
from contacts.services import taking_over
from contacts.services.deciding import state_of
from contacts.services.keeping import keep
from contacts.services.linking import suggestions
from contacts.services.meanwhile import ChangedMeanwhile
from contacts.services.taking_over import accept_correction, accept_registration, differences, fingerprint
from events.models import Correction, Registration
from events.services.correcting import AlreadyDecided
from outreach.audit.models import Entry
from tests.contacts.factories import TODAY, AffiliationFactory, OrganisationFactory, PersonFactory, RegistrationFactory
from tests.contacts.test_meanwhile import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(officer):
    return keep(PersonFactory.build(name="Amina Rahbek", email="amina@example.dk", owner=officer), actor=officer)


@pytest.fixture
def registration(officer):
    return RegistrationFactory(
        name="Åmina Rahbæk", email="am@work.example", organisation="Åbne Døre", role="forkvinde", event__owner=officer
    )


@pytest.fixture
def correction(registration):
    return Correction.objects.create(
        registration=registration, phone="12 34 56 78", role="kasserer", created_at=timezone.now()
    )


def chosen(**fields):
    return {"name": "keep", "email": "keep", "phone": "keep", "role": "keep", **fields}


def accept(registration, person, officer, *, seen="", **fields):
    facts = {"seen": seen, "shown": shown(registration, person, officer), "version": person.version}
    return accept_registration(registration, person, chosen(**fields), **facts, actor=officer, today=TODAY)


def shown(proposal, person, officer):
    return fingerprint(differences(proposal, person, user=officer))


def accept_corrected(correction, person, officer, **fields):
    facts = {"shown": shown(correction, person, officer), "version": person.version, "now": timezone.now()}
    return accept_correction(correction, person, chosen(**fields), **facts, actor=officer)


def points(person):
    return [point.value for point in Person.objects.get(pk=person.pk).points.all()]


# What differs


def test_every_field_that_differs_is_offered_with_what_we_hold(officer, amina, registration):
    organisation = OrganisationFactory(name="Åbne Døre", owner=officer)
    AffiliationFactory(person=amina, organisation=organisation, role="medlem")

    found = {one.field: (one.theirs, one.ours) for one in differences(registration, amina, user=officer)}

    assert found == {
        "name": ("Åmina Rahbæk", "Amina Rahbek"),
        "email": ("am@work.example", "amina@example.dk"),
        "role": ("forkvinde, Åbne Døre", "medlem, Åbne Døre"),
    }


def test_what_we_hold_already_is_no_difference(officer, amina):
    same = RegistrationFactory(name="Amina Rahbek", email="AMINA@example.dk", organisation="Nobody knows it")

    assert differences(same, amina, user=officer) == []


def test_a_role_at_an_organisation_the_officer_may_not_see_is_not_offered(officer, stranger, amina, registration):
    OrganisationFactory(name="Åbne Døre", owner=stranger, restricted=True)

    assert "role" not in {one.field for one in differences(registration, amina, user=officer)}


# Taking over


def test_keeping_ours_links_and_changes_nothing(officer, amina, registration):
    accept(registration, amina, officer)

    assert RegistrationLink.objects.get().person == amina
    assert (Person.objects.get(pk=amina.pk).name, points(amina)) == ("Amina Rahbek", ["amina@example.dk"])


def test_taking_theirs_puts_it_in_the_place_of_ours(officer, amina, registration):
    accept(registration, amina, officer, name="take", email="take")

    amina.refresh_from_db()
    assert (amina.name, amina.email, points(amina)) == ("Åmina Rahbæk", "am@work.example", ["am@work.example"])
    assert Entry.objects.about(amina).filter(verb="change", actor_id=officer.pk).exists()


def test_adding_theirs_keeps_ours_first(officer, amina, registration):
    accept(registration, amina, officer, name="add", email="add")

    amina.refresh_from_db()
    assert (amina.name, amina.email) == ("Amina Rahbek", "amina@example.dk")
    assert points(amina) == ["amina@example.dk", "am@work.example"]
    assert [other.name for other in amina.other_names.all()] == ["Åmina Rahbæk"]


def test_a_role_that_is_replaced_stays_in_the_history(officer, amina, registration):
    organisation = OrganisationFactory(name="Åbne Døre", owner=officer)
    began = TODAY - timedelta(days=700)
    AffiliationFactory(person=amina, organisation=organisation, role="medlem", started_on=began, primary=True)

    accept(registration, amina, officer, role="take")

    roles = amina.affiliations.order_by("pk").values_list("role", "started_on", "ended_on", "primary")
    assert list(roles) == [
        ("medlem", began, TODAY - timedelta(days=1), False),
        ("forkvinde", TODAY, None, True),
    ]


@pytest.mark.parametrize("shared", [True, False])
def test_whether_the_present_holder_gives_way_is_asked(desk, officer, amina, registration, shared):
    organisation = OrganisationFactory(name="Åbne Døre", owner=officer)
    chair = AffiliationFactory(person__name="Yusuf Dahl", organisation=organisation, role="forkvinde")
    address = reverse("workspace:compare_proposal", args=[registration.pk])
    typed = {"person": amina.pk, "version": amina.version, "seen": "", **chosen(role="add")}
    typed["shown"] = shown(registration, amina, officer)

    asked = desk.post(address, typed)
    desk.post(address, typed | {"gives_way": "shared" if shared else chair.pk})

    assert asked.status_code == 422
    assert "Somebody holds this role already: Yusuf Dahl" in asked.content.decode()
    assert "Choose whether a role ends." in asked.content.decode()
    chair.refresh_from_db()
    assert chair.is_current == shared
    assert amina.affiliations.get().role == "forkvinde"


def test_nobody_is_asked_about_a_role_that_is_left_out(desk, officer, amina, registration):
    organisation = OrganisationFactory(name="Åbne Døre", owner=officer)
    AffiliationFactory(organisation=organisation, role="forkvinde")
    typed = {"person": amina.pk, "version": amina.version, "seen": "", **chosen()}

    answer = desk.post(reverse("workspace:compare_proposal", args=[registration.pk]), typed)

    assert answer.status_code == 302
    assert not amina.affiliations.exists()


def test_a_role_is_given_or_its_title_corrected(officer, amina, registration, correction):
    OrganisationFactory(name="Åbne Døre", owner=officer)

    accept(registration, amina, officer, role="add")
    accept_corrected(correction, amina, officer, role="take")

    assert [role.role for role in Affiliation.objects.current().filter(person=amina)] == ["kasserer"]


def test_a_phone_of_a_correction_is_added_and_the_registration_stays(officer, amina, registration, correction):
    accept_corrected(correction, amina, officer, phone="add")

    correction.refresh_from_db()
    assert "12 34 56 78" in points(amina)
    assert (correction.status, correction.decided_by) == ("accepted", officer)
    assert Registration.objects.get(pk=registration.pk).role == "forkvinde"


def test_it_is_taken_over_all_or_not_at_all(officer, amina, registration, monkeypatch):
    OrganisationFactory(name="Åbne Døre", owner=officer)
    monkeypatch.setattr(taking_over, "give_role", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        accept(registration, amina, officer, name="take", role="add")

    assert Person.objects.get(pk=amina.pk).name == "Amina Rahbek"
    assert not RegistrationLink.objects.exists()


# Two officers at once


def test_of_two_officers_the_second_changes_nothing(officer, colleague, amina, registration):
    other, seen = PersonFactory(name="Another"), state_of(registration)
    accept(registration, amina, officer, seen=seen)

    with pytest.raises(AlreadyDecided):
        accept(registration, other, colleague, seen=seen, name="take")

    assert RegistrationLink.objects.get().person == amina
    assert Person.objects.get(pk=other.pk).name == "Another"


def test_a_correction_is_decided_once(officer, colleague, amina, correction):
    taking_over.refuse_correction(correction, actor=officer, now=timezone.now(), reason="")

    with pytest.raises(AlreadyDecided):
        accept_corrected(correction, amina, colleague, phone="add")

    assert "12 34 56 78" not in points(amina)


def test_a_person_who_was_changed_meanwhile_is_not_overwritten(officer, colleague, amina, registration):
    read = Person.objects.get(pk=amina.pk)
    keep(Person.objects.get(pk=amina.pk), actor=colleague)

    with pytest.raises(ChangedMeanwhile):
        accept(registration, read, officer, name="take")

    assert not RegistrationLink.objects.exists()


def test_what_a_registrant_changes_meanwhile_is_not_taken_over_unseen(officer, amina, registration):
    facts = {"seen": "", "shown": shown(registration, amina, officer), "version": amina.version}
    registration.email = "another@work.example"

    with pytest.raises(ChangedMeanwhile):
        accept_registration(registration, amina, chosen(email="add"), **facts, actor=officer, today=TODAY)

    assert points(amina) == ["amina@example.dk"]


# Whom it may be


def test_a_correction_suggests_by_any_phone_by_what_was_written_first_and_by_the_link(officer, amina, registration):
    keep(PersonFactory.build(name="Somebody", phone="+45 12345678", owner=officer), actor=officer)
    keep(PersonFactory.build(name="Else", email="am@work.example", owner=officer), actor=officer)
    accept(registration, amina, officer)
    correction = Correction.objects.create(
        registration=registration, phone="12 34 56 78", email="new@example.org", created_at=timezone.now()
    )

    found = [(one.person.name, one.reasons) for one in suggestions(correction, user=officer)]

    assert found[0][0] == "Amina Rahbek"
    assert "the registration is linked to this person" in found[0][1]
    assert ("Else", ("same e-mail, another name",)) in found
    assert ("Somebody", ("same phone",)) in found


def test_a_hidden_person_is_never_suggested_not_even_by_the_link(officer, stranger, amina, registration, correction):
    accept(registration, amina, officer)
    Person.objects.filter(pk=amina.pk).update(restricted=True, owner=stranger)

    assert suggestions(correction, user=officer) == []


# The pages


def test_an_officer_links_a_registration_field_by_field(desk, officer, amina, registration):
    address = reverse("workspace:compare_proposal", args=[registration.pk]) + f"?person={amina.pk}"
    shown_first = desk.get(address)
    hidden = {name: shown_first.context["form"].initial[name] for name in ("version", "seen", "shown")}

    answer = desk.post(address, {**hidden, "name": "keep", "email": "add", "role": "keep"})

    assert "am@work.example" in shown_first.content.decode()
    assert answer.status_code == 302
    assert "am@work.example" in points(amina)


def test_a_correction_goes_from_the_list_to_the_contact(desk, officer, amina, registration, correction):
    linked = desk.get(reverse("workspace:proposals")).content.decode()
    corrected = desk.get(reverse("workspace:correction", args=[correction.pk])).content.decode()
    address = reverse("workspace:compare_correction", args=[correction.pk]) + f"?person={amina.pk}"
    form = desk.get(address).context["form"]

    desk.post(address, {name: form.initial[name] for name in ("version", "shown")} | {"phone": "add"})

    assert reverse("workspace:correction", args=[correction.pk]) in linked
    assert "12 34 56 78" in corrected
    assert "12 34 56 78" in points(amina)
    assert "Accepted" in desk.get(reverse("workspace:correction", args=[correction.pk])).content.decode()


def test_a_second_officer_is_told_calmly(desk, amina, correction, colleague):
    taking_over.refuse_correction(correction, actor=colleague, now=timezone.now(), reason="")

    answer = desk.post(
        reverse("workspace:compare_correction", args=[correction.pk]) + f"?person={amina.pk}",
        {"version": 1, "phone": "add"},
        follow=True,
    )

    assert "Nothing was changed" in answer.content.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"role": "medlem"}, {"role": "forkvinde"}),  # other words in a field that was shown
        ({"organisation": ""}, {"organisation": "Åbne Døre"}),  # a field that was not
    ],
)
def test_a_page_of_what_the_registrant_wrote_before_is_shown_anew(desk, officer, amina, registration, before, after):
    OrganisationFactory(name="Åbne Døre", owner=officer)
    Registration.objects.filter(pk=registration.pk).update(**before)
    address = reverse("workspace:compare_proposal", args=[registration.pk]) + f"?person={amina.pk}"
    stale = page(desk, address, name="take", role="add")
    Registration.objects.filter(pk=registration.pk).update(**after)

    answer = desk.post(address, stale, follow=True)

    assert "What you compared has changed meanwhile. Nothing is saved." in answer.content.decode()
    assert answer.redirect_chain == [(address, 302)]
    assert not RegistrationLink.objects.exists() and not amina.affiliations.exists()


def test_a_refusal_keeps_its_reason_in_the_trail_and_nothing_else(desk, amina, correction, registration):
    desk.post(reverse("workspace:refuse_correction", args=[correction.pk]), {"reason": "not the same person"})
    desk.post(reverse("workspace:ignore_proposal", args=[registration.pk]), {"reason": "came once"})

    reasons = set(Entry.objects.values_list("reason", flat=True))
    assert {"refused: not the same person", "came once"} <= reasons
    assert points(amina) == ["amina@example.dk"]


def test_a_reason_that_holds_a_number_is_refused_and_nothing_decided(desk, correction, registration):
    sent = {"reason": "han hedder 010290-1234", "not_a_number": "it is the number of an invoice"}
    refused = desk.post(reverse("workspace:refuse_correction", args=[correction.pk]), sent)
    kept = desk.post(reverse("workspace:ignore_proposal", args=[registration.pk]), sent)

    assert (refused.status_code, kept.status_code) == (422, 422)
    assert not RegistrationLink.objects.exists()
    assert Correction.objects.waiting().exists()


def test_whose_a_correction_is_can_be_searched_for(desk, amina, correction):
    response = desk.get(reverse("workspace:correction", args=[correction.pk]), {"q": "Amina Rahbek"})

    assert response.context["found"] == [amina]


@pytest.mark.parametrize("name", ["compare_proposal", "compare_correction"])
def test_a_hidden_person_is_as_absent_as_nobody(desk, stranger, registration, correction, name):
    hidden = PersonFactory(owner=stranger, restricted=True)
    proposal = correction if name == "compare_correction" else registration

    for person in (hidden.pk, "", "x", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"):
        assert desk.get(reverse(f"workspace:{name}", args=[proposal.pk]) + f"?person={person}").status_code == 404


@pytest.mark.parametrize("name", ["correction", "compare_correction", "refuse_correction"])
def test_a_correction_of_anothers_event_is_not_there(client, stranger, amina, correction, name):
    client.force_login(stranger)

    assert client.get(reverse(f"workspace:{name}", args=[correction.pk]) + f"?person={amina.pk}").status_code == 404
