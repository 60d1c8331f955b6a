"""Every page inside that shows somebody leaves an entry of the trail that names them: each is opened, and compared.

Whom a page shows is found in its text: everybody there is has a name of their own. A new address belongs in one of the
two tables below.
"""

import re

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import Affiliation, Organisation, Person
from events.models import Correction, DialogueRequest, Invitation, Registration
from outreach.audit.models import Entry
from tests.contacts.belongings import Belonging
from tests.contacts.factories import (
    AffiliationFactory,
    FollowUpFactory,
    OfficerFactory,
    OrganisationFactory,
    PersonFactory,
    RegistrationFactory,
    TeamFactory,
    dialogue,
)
from tests.events.factories import InvitationFactory
from tests.matrix import GROUPS, PAGES

NAMED = (Person, Organisation, Registration, Invitation, DialogueRequest, Correction)
READS = {  # the labels its entries have
    "events_workspace:approve": {"events.Registration"},
    "events_workspace:cancel": {"events.Registration"},
    "events_workspace:cancel_registration": {"events.Registration"},
    "events_workspace:choose_invited": {"contacts.Person"},
    "events_workspace:door": {"events.Registration"},
    "events_workspace:edit": {"events.Registration"},
    "events_workspace:event": {"events.Registration"},
    "events_workspace:invitations": {"events.Invitation"},
    "events_workspace:listing": {"events.Registration"},
    "events_workspace:mail": {"events.Registration", "mail.OutboxMessage"},
    "events_workspace:mail_again": {"events.Registration", "mail.OutboxMessage"},
    "events_workspace:mails": {"mail.OutboxMessage"},
    "events_workspace:mails_again": {"events.Registration"},
    "events_workspace:move": {"events.Registration"},
    "events_workspace:paper": {"events.Registration"},
    "events_workspace:refuse": {"events.Registration"},
    "events_workspace:reply": {"events.Registration"},
    "workspace:attachment": {"contacts.Attachment"},
    "workspace:choices": {"contacts.Organisation", "contacts.Person"},
    "workspace:compare_correction": {"contacts.Person", "events.Correction", "events.Registration"},
    "workspace:compare_proposal": {"contacts.Person", "events.Registration"},
    "workspace:correction": {"events.Correction", "events.Registration"},
    "workspace:decline_invitation": {"events.DialogueRequest"},
    "workspace:dialogue": {"contacts.Dialogue", "contacts.Person"},
    "workspace:dialogue_versions": {"contacts.Dialogue", "contacts.Person"},
    "workspace:dialogues": {"contacts.Dialogue", "contacts.Organisation", "contacts.Person"},
    "workspace:edit_dialogue": {"contacts.Person"},
    "workspace:edit_organisation": {"contacts.Organisation"},
    "workspace:edit_person": {"contacts.Person"},
    "workspace:edit_relationship": {"contacts.Person", "contacts.Relationship"},
    "workspace:edit_role": {"contacts.Affiliation", "contacts.Organisation", "contacts.Person"},
    "workspace:end_role": {"contacts.Affiliation", "contacts.Organisation", "contacts.Person"},
    "workspace:followup": {"contacts.FollowUp", "contacts.Person"},
    "workspace:followup_outcome": {"contacts.FollowUp", "contacts.Person"},
    "workspace:followup_put_off": {"contacts.FollowUp", "contacts.Person"},
    "workspace:followups": {"contacts.FollowUp", "contacts.Person"},
    "workspace:invitation": {"events.DialogueRequest"},
    "workspace:log": {"contacts.Person"},
    "workspace:new_dialogue_followup": {"contacts.Person"},
    "workspace:new_organisation_followup": {"contacts.Organisation"},
    "workspace:new_organisation_relationship": {"contacts.Organisation"},
    "workspace:new_person_followup": {"contacts.Person"},
    "workspace:new_person_relationship": {"contacts.Person"},
    "workspace:new_role": {"contacts.Person"},
    "workspace:organisation": {"contacts.Organisation"},
    "workspace:organisation_access": {"contacts.Organisation"},
    "workspace:organisation_channels": {"contacts.Organisation"},
    "workspace:organisation_readers": {"contacts.Organisation"},
    "workspace:organisations": {"contacts.Organisation"},
    "workspace:people": {"contacts.Person"},
    "workspace:person": {"contacts.Person"},
    "workspace:person_access": {"contacts.Person"},
    "workspace:person_channels": {"contacts.Person"},
    "workspace:person_readers": {"contacts.Person"},
    "workspace:proposal": {"events.Registration"},
    "workspace:proposals": {"events.Correction", "events.DialogueRequest", "events.Registration"},
    "workspace:refuse_correction": {"events.Correction", "events.Registration"},
    "workspace:remove_attachment": {"contacts.Attachment"},
    "workspace:search": {"contacts.Organisation", "contacts.Person"},
    "workspace:search_suggestions": {"contacts.Organisation", "contacts.Person"},
    "workspace:today": {"contacts.FollowUp", "contacts.Person", "events.DialogueRequest"},
    "workspace:uninformed": {"contacts.Organisation", "contacts.Person"},
}
NOBODY = {
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "account_sessions",
    "account_signed_in",
    "account_start",
    "account_token",
    "colleagues:close",
    "colleagues:colleague",
    "colleagues:list",
    "colleagues:lost",
    "colleagues:new",
    "colleagues:request",
    "events_workspace:add_question",
    "events_workspace:agenda",
    "events_workspace:copy",
    "events_workspace:doors",
    "events_workspace:form_preview",
    "events_workspace:invite",
    "events_workspace:list",
    "events_workspace:material",
    "events_workspace:materials",
    "events_workspace:plan",
    "events_workspace:publish",
    "events_workspace:question",
    "events_workspace:questions",
    "events_workspace:register",
    "events_workspace:remind_invited",
    "events_workspace:reminder",
    "events_workspace:reminders",
    "events_workspace:remove_material",
    "events_workspace:send_invitations",
    "events_workspace:staff",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "registers:list",
    "wordings:edit",
    "wordings:list",
    "workspace:daily_mail",
    "workspace:export_organisations",
    "workspace:export_people",
    "workspace:initiative",
    "workspace:new_initiative",
    "workspace:new_organisation",
    "workspace:new_organisation_kind",
    "workspace:new_person",
    "workspace:new_relationship_kind",
    "workspace:new_topic",
    "workspace:organisation_kind",
    "workspace:quiet",
    "workspace:relationship_kind",
    "workspace:save_organisations_view",
    "workspace:save_people_view",
    "workspace:topic",
    "workspace:vocabulary",
    "workspace:words",
}
ASKED = {
    "workspace:search": {"q": "Somebody"},
    "workspace:search_suggestions": {"q": "Somebody"},
    "workspace:choices": {"q": "Somebody", "field": "people"},
}


@pytest.fixture
def officer(db):
    return OfficerFactory(teams=[TeamFactory()])


@pytest.fixture
def around(monday, officer):
    """Somebody of each kind whom lists show, known to the officer."""
    belonging = Belonging(officer, OfficerFactory(), "own")
    person, club = PersonFactory(owner=officer), OrganisationFactory(owner=officer)
    AffiliationFactory(person=person, organisation=club)
    FollowUpFactory(owner=officer, person=person)
    dialogue(officer, people=[person], organisations=[club])
    for kind in ("relationship", "registration", "correction", "invitation"):
        getattr(belonging, kind)()
    belonging.told = {}
    return belonging


def give_names(told):
    """Give everybody new a name nobody else has; ``told`` tells by it who they are in the trail."""
    for model in NAMED:
        for row in model.objects.exclude(pk__in=[pk for label, pk in told.values() if label == model._meta.label]):
            row.name = f"Somebody {len(told)}z"
            row.save()
            told[row.name] = (model._meta.label, str(row.pk))


def opened(client, name, belonging):
    """The text of the page, with somebody on it."""
    row = PAGES[name]
    args = getattr(belonging, row.get("about", "").replace(" ", "_") or "none")()
    if "event" in row.get("about", ""):
        RegistrationFactory(event_id=args[0], name="Bo Lind", email="bo@example.dk")
        InvitationFactory(event_id=args[0])
    sends = {key: PersonFactory().pk for key in row.get("sends", {})}
    give_names(belonging.told)
    response = client.get(reverse(name, args=args), ASKED.get(name, sends))
    assert response.status_code == 200, name
    return "" if response.streaming else response.text


def named_in(entries):
    """Whom entries name. Beside somebody may stand the organisation they have a role in: it is told of with them."""
    named = {(entry.object_label, key) for entry in entries for key in (entry.object_id, *entry.ids) if key}
    people = [key for label, key in named if label == "contacts.Person"]
    roles = Affiliation.objects.filter(person_id__in=people)
    return named | {("contacts.Organisation", str(role.organisation_id)) for role in roles}


def test_every_page_is_known_to_show_somebody_or_nobody():
    opening = {name for name, row in PAGES.items() if row.get("by") != "post" and row["for"] != "anyone"}

    assert opening - READS.keys() - NOBODY == set(), "Whom does it show? Put it into READS or NOBODY."
    assert (READS.keys() | NOBODY) - opening == set()
    assert READS.keys() & NOBODY == set()


@pytest.mark.once  # which view notes what says nothing about the database
def test_whoever_is_shown_stands_in_the_trail(around, officer):
    client, wrong = Client(), []
    client.force_login(officer)
    for name in [*READS, *sorted(NOBODY)]:
        if "officer" not in GROUPS[PAGES[name]["for"]] or name.startswith(("account", "mfa")):
            continue
        before = list(Entry.objects.exclude(request_id="").values_list("pk", flat=True))
        text = opened(client, name, around)
        entries = list(Entry.objects.exclude(request_id="").exclude(pk__in=before))
        shown = {who for called, who in around.told.items() if re.search(rf"{called}\b", text)}
        labels = {entry.object_label for entry in entries}
        if shown - named_in(entries) or labels != READS.get(name, set()):
            wrong.append((name, labels, shown - named_in(entries)))
        assert {entry.actor_id for entry in entries} <= {officer.pk}

    assert wrong == []
