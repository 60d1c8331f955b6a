"""The rows a colleague meets under the internal role: by context only, and no more than ``visible_to``."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone

from contacts.models import Affiliation, ContactGrant, Dialogue, FollowUp, Person, RegistrationLink
from contacts.services.keeping import keep
from events.models import DialogueRequest, Registration
from outreach.accounts.models import Role
from outreach.audit.models import Entry
from outreach.audit.trail import reading
from outreach.mail.models import OutboxMessage
from outreach.wall.inside import INSIDE
from outreach.wall.middleware import asked_by_the_reader
from outreach.wall.tables import concrete_models
from tests.contacts.factories import (
    AffiliationFactory,
    EventFactory,
    FollowUpFactory,
    OfficerFactory,
    OrganisationFactory,
    PersonFactory,
    RegistrationFactory,
    TeamFactory,
    dialogue,
    grant,
)
from tests.events.factories import DialogueRequestFactory

pytestmark = pytest.mark.postgresql
FACTORIES = pytest.mark.parametrize("factory", [PersonFactory, OrganisationFactory])
VISIBLE = [apps.get_model(label) for label in INSIDE if label.startswith("contacts.") and "_" not in label]


@pytest.fixture
def officer(db):
    return OfficerFactory()


def mail_about(about):
    facts = {"about_label": about._meta.label, "about_pk": str(about.pk), "message_id": "x"}
    now = timezone.now()
    return OutboxMessage.objects.create(
        kind="sample", to="ana@example.org", next_attempt_at=now, created_at=now, **facts
    )


@pytest.fixture
def met(db):
    """Of everything one row about somebody open to all, and one about somebody restricted; and their owner."""
    owner = OfficerFactory()
    for restricted in (False, True):
        role = AffiliationFactory(person__owner=owner, person__restricted=restricted, organisation__owner=owner)
        club = OrganisationFactory(owner=owner, restricted=restricted)
        talk = dialogue(owner, people=[role.person], organisations=[club])
        FollowUpFactory(owner=owner, person=role.person, dialogue=talk)
        registration = RegistrationFactory(event__owner=owner)
        RegistrationLink.objects.create(registration=registration, person=role.person, linked_by=owner)
        grant(role.person, OfficerFactory(), until=timezone.localdate())
        for about in (role.person, registration, owner):
            mail_about(about)
    DialogueRequestFactory(confirmed=True)
    DialogueRequestFactory()
    return owner


def count(label):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {concrete_models()[label]._meta.db_table}")  # noqa: S608
        return cursor.fetchone()[0]


def newest_with(contact, most):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sight_newest_with_{contact._meta.model_name}(%s, %s)", [contact.pk, most])
        return cursor.fetchone()[0]


def test_without_a_context_neither_role_meets_a_row(met, as_role):
    assert len([label for label in INSIDE if count(label)]) > 12

    for role in ("internal", "worker"):
        with as_role(role), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.system', '', true)")
            assert {label: count(label) for label in INSIDE} == dict.fromkeys(INSIDE, 0)


def test_the_worker_at_work_meets_every_row(met, as_role):
    everything = {label: count(label) for label in INSIDE}

    with as_role("worker"):
        assert {label: count(label) for label in INSIDE} == everything


def met_by(user):
    return {model._meta.label: set(model._base_manager.values_list("pk", flat=True)) for model in VISIBLE}


def seen_by(user):
    return {model._meta.label: set(model.objects.visible_to(user).values_list("pk", flat=True)) for model in VISIBLE}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.TEAM_LEAD])
def test_a_colleague_meets_what_they_may_see_and_nothing_else(met, as_role, role):
    stranger, lent = OfficerFactory(role=role), OfficerFactory(role=role)
    grant(Person.objects.get(restricted=True), lent, until=timezone.localdate())

    for user in (stranger, lent, met):
        expected = seen_by(user)
        with as_role("internal", user):
            assert met_by(user) == expected
            assert seen_by(user) == expected
    assert len([label for label, rows in seen_by(met).items() if rows]) > 6


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICER, Role.TEAM_LEAD}))
def test_other_roles_meet_no_contact_whatever_they_own(met, as_role, role):
    met.role = role
    with as_role("internal", met):
        assert not any(met_by(met).values())
        assert set(OutboxMessage.objects.values_list("about_label", flat=True)) <= {"events.Registration"}
        assert DialogueRequest.objects.count() == 0


def test_a_colleague_who_left_meets_nothing(met, as_role):
    met.is_active = False
    with as_role("internal", met):
        assert not any(met_by(met).values())


@FACTORIES
def test_a_grant_opens_a_restricted_contact_until_its_last_day(as_role, officer, factory):
    contact = factory(restricted=True)
    given = grant(contact, officer, until=timezone.localdate())
    with as_role("internal", officer):
        assert type(contact).objects.filter(pk=contact.pk).exists()

    given.until -= timezone.timedelta(days=1)
    given.save()
    with as_role("internal", officer):
        assert not type(contact).objects.exists()


def test_whoever_was_there_meets_the_rows_of_hidden_participants_but_not_the_participants(as_role, officer):
    talk = dialogue(OfficerFactory(), people=[PersonFactory(restricted=True)], officers=[officer])

    with as_role("internal", officer):
        assert Dialogue.people.through.objects.filter(dialogue=talk).count() == 1
        assert Person.objects.count() == 0


def test_registrations_are_met_by_those_who_run_the_event_and_those_who_know_the_person(as_role, officer):
    team = TeamFactory()
    mate = OfficerFactory(teams=[team])
    registration = RegistrationFactory(event=EventFactory(team=team))
    for user, meets in ((registration.event.owner, 1), (mate, 1), (officer, 0)):
        with as_role("internal", user):
            assert Registration.objects.count() == meets

    person = PersonFactory()
    RegistrationLink.objects.create(registration=registration, person=person, linked_by=mate)
    with as_role("internal", officer):
        assert Registration.objects.count() == 1
        assert Registration.objects.update(name="x") == 0


def test_a_registration_of_somebody_hidden_is_decided_on_for_those_who_run_the_event(as_role, officer):
    hidden = PersonFactory(restricted=True)
    registration = RegistrationFactory(event__owner=officer)
    RegistrationLink.objects.create(registration=registration, person=hidden, linked_by=hidden.owner)

    with as_role("internal", officer):
        assert not Registration.objects.filter(contact_link=None).exists()


def test_only_mails_about_contacts_one_may_see_are_met_and_none_is_written(met, as_role, officer):
    with as_role("internal", officer):
        abouts = set(OutboxMessage.objects.values_list("about_label", flat=True))
        assert (abouts, OutboxMessage.objects.count()) == ({"contacts.Person", "events.Registration"}, 2)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.OFFICER])
def test_whoever_runs_an_event_meets_the_mails_about_it_whatever_their_role(as_role, role):
    host = OfficerFactory(role=role)
    own = mail_about(RegistrationFactory(event__owner=host))
    mail_about(RegistrationFactory())

    with as_role("internal", host):
        assert OutboxMessage.objects.get() == own


def test_an_invitation_is_met_once_its_address_is_confirmed(met, as_role, officer):
    with as_role("internal", officer):
        assert DialogueRequest.objects.get().status == DialogueRequest.Status.CONFIRMED


# Writing


@FACTORIES
def test_what_one_may_not_see_one_does_not_change(as_role, officer, factory):
    contact = factory(restricted=True)
    with as_role("internal", officer):
        assert type(contact).objects.filter(pk=contact.pk).update(name="x") == 0
        assert type(contact).objects.filter(pk=contact.pk)._raw_delete("default") == 0


def refused(write):
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        write()
    return True


def test_nobody_writes_about_somebody_hidden_from_them(as_role, officer):
    hidden, club = PersonFactory(restricted=True), OrganisationFactory()
    talk, registration = dialogue(officer, organisations=[club]), RegistrationFactory(event__owner=officer)
    today, them = timezone.localdate(), {"person_id": hidden.pk}
    leave = {"user": officer, "until": today, "reason": "x", "granted_by": officer}

    with as_role("internal", officer):
        assert refused(lambda: Affiliation.objects.create(organisation=club, role="x", **them))
        assert refused(
            lambda: FollowUp.objects.create(title="x", owner=officer, due_on=today, promised_on=today, **them)
        )
        assert refused(lambda: RegistrationLink.objects.create(registration=registration, linked_by=officer, **them))
        assert refused(lambda: Dialogue.people.through.objects.create(dialogue=talk, **them))
        assert refused(lambda: ContactGrant.objects.create(**leave, **them))


def test_nobody_lets_themselves_in_further_than_the_owner_did(as_role, officer):
    hidden = PersonFactory(restricted=True)
    given = grant(hidden, officer, until=timezone.localdate())

    with as_role("internal", officer):
        assert ContactGrant.objects.filter(pk=given.pk).update(until="2099-01-01") == 0
        leave = {"user": OfficerFactory.build(), "until": given.until, "reason": "x", "granted_by": officer}
        assert refused(lambda: ContactGrant.objects.create(person=hidden, **{**leave, "user": hidden.owner}))


def test_an_owner_gives_a_restricted_contact_away_and_sees_it_no_longer(as_role, officer):
    contact, heir = PersonFactory(owner=officer, restricted=True), OfficerFactory()

    with as_role("internal", officer):
        contact.owner = heir
        keep(contact, actor=officer)
        assert not Person.objects.exists()
    assert Person.objects.get().owner == heir


# The request around it


def ask(view, user):
    request = RequestFactory().get("/workspace/")
    request.user, request.request_id = user, "r1"
    return asked_by_the_reader(view)(request)


def listing(request):
    """A page whose rows are read while it is rendered."""
    names = engines["django"].from_string("{% for person in people %}{{ person.name }} {% endfor %}")
    return HttpResponse(names.render({"people": Person.objects.order_by("name")}))


@pytest.fixture
def three(officer):
    PersonFactory(name="Ana"), PersonFactory(name="Ben", restricted=True)
    return grant(PersonFactory(name="Cim", restricted=True), officer, until=timezone.localdate())


def test_a_lazy_queryset_in_a_template_gives_rows_under_the_middleware_and_none_without(three, officer, as_role):
    with as_role("internal"):
        assert listing(None).content == b""
        assert ask(listing, officer).content == b"Ana Cim "


def test_what_is_written_while_it_is_sent_is_read_under_the_same_context(three, officer, as_role):
    def export(request):
        return StreamingHttpResponse(f"{person.name} " for person in Person.objects.order_by("name"))

    with as_role("internal"):
        assert b"".join(ask(export, officer)) == b"Ana Cim "


def test_a_stranger_is_asked_for_by_nobody(three, as_role):
    with as_role("internal"):
        assert ask(listing, AnonymousUser()).content == b""


def test_what_a_request_read_is_noted_in_one_insert_at_its_end(officer, as_role, django_assert_num_queries):
    people = PersonFactory.create_batch(3)

    def view(request):
        for person in people:
            reading(request, "view", person)
        assert not Entry.objects.exists()
        return HttpResponse()

    with as_role("internal"), django_assert_num_queries(3):  # the context, the test above, the insert
        ask(view, officer)
    assert Entry.objects.filter(verb="view", request_id="r1").count() == 3


@pytest.mark.django_db(transaction=True)
def test_what_a_failed_request_did_is_undone_and_the_context_ends_with_it():
    officer, person = OfficerFactory(), PersonFactory(name="Ana")

    def view(request):
        Person.objects.update(name="Ben")
        reading(request, "view", person)
        return HttpResponse(status=500)

    assert ask(view, officer).status_code == 500
    assert (Person.objects.get().name, Entry.objects.count()) == ("Ana", 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.user_id', true)")
        assert not cursor.fetchone()[0]


@FACTORIES
def test_the_newest_dialogues_are_named_of_a_contact_the_reader_may_know_of(as_role, officer, factory):
    owner, today = OfficerFactory(), timezone.localdate()
    among = "people" if factory is PersonFactory else "organisations"
    contact, hidden = factory(), factory(owner=owner, restricted=True)
    talks = [dialogue(owner, date=today - timezone.timedelta(days=n), **{among: [contact]}) for n in (2, 0, 1)]
    kept_from_most = dialogue(owner, **{among: [hidden]})

    with as_role("internal", officer):
        assert newest_with(contact, 2) == [talks[1].pk, talks[2].pk]
        assert newest_with(hidden, 2) == []
    with as_role("internal", owner):
        assert newest_with(hidden, 2) == [kept_from_most.pk]
    grant(hidden, officer, until=today)
    with as_role("internal", officer):
        assert newest_with(hidden, 2) == [kept_from_most.pk]
