"""Contacts a colleague may choose to invite, and those who want no e-mail."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from contacts.models import Channel, SavedView
from contacts.services import invitees
from contacts.services.channels import refuse
from events.models import Invitation
from events.services import inviting
from outreach.audit.models import Entry
from outreach.mail.models import OutboxMessage
from tests.contacts.factories import AffiliationFactory, OfficerFactory, OrganisationFactory, PersonFactory
from tests.events.factories import EventFactory, InvitationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(officer):
    return EventFactory(owner=officer)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def choose(event):
    return reverse("events_workspace:choose_invited", args=[event.pk])


def read(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("body").get_text(" ").split())


def wants_no_mail(person, officer):
    refuse(person, Channel.EMAIL, since=date(2026, 1, 1), why="", actor=officer)
    return person


def test_contacts_are_narrowed_as_on_their_list_and_found_by_name(officer):
    mosque = OrganisationFactory()
    ana = PersonFactory(name="Ana Ærø", email="ana@example.org")
    AffiliationFactory(person=ana, organisation=mosque)
    PersonFactory(name="Bo Bak", email="bo@example.org")

    found = invitees.choose(officer, {"q": "ana"}, most=10)

    assert [(one.name, one.email, one.detail) for one in found.people] == [("Ana Ærø", "ana@example.org", mosque.name)]
    assert (found.total, invitees.choose(officer, {}, most=1).total) == (1, 2)
    assert len(invitees.choose(officer, {}, most=1).people) == 1


def test_the_ticked_are_put_on_the_list_and_nobody_is_mailed(desk, event):
    ana, bo = PersonFactory(name="Ana", email="ana@example.org"), PersonFactory(name="Bo", email="bo@example.org")

    said = read(desk.post(choose(event), {"person": [str(ana.pk), str(bo.pk)]}, follow=True))

    assert "2 are put on the list. Nobody has been mailed." in said
    assert set(event.invitations.values_list("name", "email")) == {(ana.name, ana.email), (bo.name, bo.email)}


def test_who_wants_no_mail_has_none_or_is_invited_is_shown_and_cannot_be_ticked(desk, event, officer):
    silent = wants_no_mail(PersonFactory(name="Ana", email="ana@example.org"), officer)
    without = PersonFactory(name="Bo", email="")
    known = PersonFactory(name="Cil", email="cil@example.org")
    InvitationFactory(event=event, email="CIL@example.org", declined=True)

    page = desk.get(choose(event))
    desk.post(choose(event), {"person": [str(row.pk) for row in (silent, without, known)]})

    said = read(page)
    for words in ("Does not want e-mail from us.", "Has no e-mail.", "Is invited already, and has said no."):
        assert words in said
    assert not BeautifulSoup(page.content, "html.parser").find_all("input", {"name": "person"})
    assert Invitation.objects.count() == 1


def test_a_contact_one_may_not_see_is_neither_shown_nor_put_on_a_list(desk, event, officer):
    hidden = PersonFactory(name="Amina Skjult", email="amina@example.org", restricted=True, owner=OfficerFactory())
    own = PersonFactory(name="Egen Skjult", email="egen@example.org", restricted=True, owner=officer)

    said = read(desk.get(choose(event)))
    desk.post(choose(event), {"person": [str(hidden.pk), str(own.pk), "x"]})

    assert "Skjult" not in said
    assert not Invitation.objects.exists()


def test_pasting_the_address_of_one_who_wants_no_mail_tells_only_those_who_may_see_them(desk, event, officer):
    wants_no_mail(PersonFactory(email="Ana@example.org"), officer)
    other = OfficerFactory()
    wants_no_mail(PersonFactory(email="amina@example.org", restricted=True, owner=other), other)

    address = reverse("events_workspace:invite", args=[event.pk])
    told = {"addresses": "ana@example.org\namina@example.org", "language": "da"}
    said = read(desk.post(address, told))

    assert said.count("Does not want e-mail from us.") == 1 and "1 was not put on the list" in said
    assert list(event.invitations.values_list("email", flat=True)) == ["amina@example.org"]


def test_the_colleagues_own_lists_lead_there(desk, event, officer):
    SavedView.objects.create(user=officer, table="people", name="Mine stille", query="rhythm=quiet")

    assert "?rhythm=quiet" in desk.get(choose(event)).content.decode()


def test_looking_through_contacts_is_recorded(desk, event):
    person = PersonFactory(email="ana@example.org")

    desk.get(choose(event))

    assert Entry.objects.filter(object_label="contacts.Person", ids=[str(person.pk)]).exists()


def test_an_administrator_runs_events_and_reads_no_contact(client):
    administrator = OfficerFactory(role="administrator")
    event = EventFactory(owner=administrator)
    client.force_login(administrator)

    assert client.get(choose(event)).status_code == 403
    assert "Choose from contacts" not in read(client.get(reverse("events_workspace:invitations", args=[event.pk])))


def test_many_contacts_ask_a_flat_number_of_questions(desk, event, django_assert_max_num_queries):
    for number in range(30):
        AffiliationFactory(person=PersonFactory(email=f"navn{number}@example.org"))

    with django_assert_max_num_queries(30):
        desk.get(choose(event))


def test_of_a_shared_mailbox_only_the_one_who_wants_no_mail_is_not_invited(event, officer, work):
    wants_no_mail(PersonFactory(name="Ana", email="post@example.org"), officer)
    PersonFactory(name="Bo", email="post@example.org")
    InvitationFactory(event=event, name="Ana", email="post@example.org")
    InvitationFactory(event=EventFactory(owner=officer), name="Bo", email="post@example.org")

    for each in Invitation.objects.all():
        inviting.send(each.event, officer=officer, now=timezone.now())
    work()

    assert dict(OutboxMessage.objects.values_list("about_pk", "state")) == {
        str(each.pk): "skipped" if each.name == "Ana" else "sent" for each in Invitation.objects.all()
    }


def by_organisation(event, query=""):
    return f"{choose(event)}?by=organisations{query}"


def test_an_organisation_is_asked_by_its_mailbox_or_by_those_with_a_role_there(desk, event):
    club = OrganisationFactory(name="Boldklubben", email="post@example.org")
    chair = PersonFactory(name="Ana Ærø", email="ana@example.org")
    AffiliationFactory(person=chair, organisation=club, role="Formand")
    AffiliationFactory(person=PersonFactory(name="Bo Uden", email=""), organisation=club)
    AffiliationFactory(person=PersonFactory(name="Cil Før"), organisation=club, ended_on=date(2026, 1, 1))

    said = read(desk.get(by_organisation(event, "&q=bold")))
    desk.post(choose(event), {"organisation": [str(club.pk)], "person": [str(chair.pk)]})

    assert "Boldklubben" in said and "Ana Ærø" in said and "Formand" in said
    assert "Bo Uden" not in said and "Cil Før" not in said
    assert set(event.invitations.values_list("name", "email")) == {
        ("Boldklubben", "post@example.org"),
        ("Ana Ærø", "ana@example.org"),
    }


def test_an_organisation_without_a_mailbox_one_that_wants_none_and_one_invited_cannot_be_ticked(desk, event, officer):
    without = OrganisationFactory(email="")
    silent = wants_no_mail(OrganisationFactory(email="nej@example.org"), officer)
    known = OrganisationFactory(email="post@example.org")
    InvitationFactory(event=event, email="POST@example.org", declined=True)

    page = desk.get(by_organisation(event))
    desk.post(choose(event), {"organisation": [str(row.pk) for row in (without, silent, known)]})

    said = read(page)
    for words in ("Does not want e-mail from us.", "Has no e-mail.", "Is invited already, and has said no."):
        assert words in said
    assert not BeautifulSoup(page.content, "html.parser").find_all("input", {"name": "organisation"})
    assert Invitation.objects.count() == 1


def test_a_hidden_organisation_and_a_hidden_role_are_neither_shown_nor_put_on_a_list(desk, event, officer):
    other = OfficerFactory()
    hidden = OrganisationFactory(name="Huset Skjult", email="skjult@example.org", restricted=True, owner=other)
    own = OrganisationFactory(name="Egen Skjult", email="egen@example.org", restricted=True, owner=officer)
    club = OrganisationFactory(name="Boldklubben", email="post@example.org")
    amina = PersonFactory(name="Amina Skjult", email="amina@example.org", restricted=True, owner=other)
    mine = PersonFactory(name="Min Skjult", email="min@example.org", restricted=True, owner=officer)
    open_in_hidden = PersonFactory(name="Bo Bak", email="bo@example.org")
    for person, house in ((amina, club), (mine, club), (open_in_hidden, hidden)):
        AffiliationFactory(person=person, organisation=house, role="Formand")

    said = read(desk.get(by_organisation(event)))
    counted = desk.get(by_organisation(event)).context["choice"].total
    keys = {"organisation": [str(hidden.pk), str(own.pk), "x"], "person": [str(amina.pk), str(mine.pk)]}
    desk.post(choose(event), keys)

    assert "Skjult" not in said and "Bo Bak" not in said and "Formand" not in said
    assert counted == 1
    assert not Invitation.objects.exists()


def test_looking_through_organisations_records_whom_the_page_names(desk, event):
    person, club = PersonFactory(email="ana@example.org"), OrganisationFactory()
    AffiliationFactory(person=person, organisation=club)

    desk.get(by_organisation(event))

    assert Entry.objects.filter(object_label="contacts.Person", ids=[str(person.pk)]).exists()
    assert Entry.objects.filter(object_label="contacts.Organisation", ids=[str(club.pk)]).exists()


def test_many_organisations_ask_a_flat_number_of_questions(desk, event, django_assert_max_num_queries):
    for number in range(30):
        club = OrganisationFactory(email=f"post{number}@example.org")
        AffiliationFactory(person=PersonFactory(email=f"navn{number}@example.org"), organisation=club)

    with django_assert_max_num_queries(34):
        desk.get(by_organisation(event))


def test_the_address_of_an_organisation_that_wants_no_mail_is_told_when_it_is_pasted(desk, event, officer):
    wants_no_mail(OrganisationFactory(email="post@example.org"), officer)

    address = reverse("events_workspace:invite", args=[event.pk])
    said = read(desk.post(address, {"addresses": "post@example.org", "language": "da"}))

    assert "Does not want e-mail from us." in said
    assert not Invitation.objects.exists()
