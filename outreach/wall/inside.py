"""Which rows a colleague meets under the internal role: the second lock behind ``visible_to``.

One row for each model about contacts; a model of contacts in the data inventory without one fails a test. A rule is
SQL over the columns of its table, which it calls ``@``. It must let through whatever ``visible_to`` does and what else
the code of the workspace has to read; it is the lock behind the lock, not the rule itself. What a rule reads of
another table it reads under the rule of that table. PostgreSQL refuses two rules that read each other, and plans rules
within rules anew each time: ``of`` a person, an organisation or a dialogue therefore asks contacts/sight.sql.

Cheap at 300,000 dialogues: settings and grants are read once a query, as ``(SELECT …)``; the test that lets most rows
through comes first; a row is looked up among the few hidden contacts, not among the many others. A new model needs
one row here, such as ``rule(of(PERSON, "person_id"))``.
"""

from typing import NamedTuple

from outreach.accounts.models import DESK_ROLES, WORKSPACE_ROLES, Role

from .context import ALSO, ROLE, SYSTEM, TODAY, USER, WORKER


class Inside(NamedTuple):
    """Rows a colleague meets (``sees``), those they may change or remove, and what a row they leave must be like."""

    sees: str
    changes: str
    leaves: str


def _uuid(name: str) -> str:
    return f"(SELECT nullif(current_setting('{name}', true), '')::uuid)"


def _listed(roles: frozenset[Role]) -> str:
    return ", ".join(f"'{role}'" for role in sorted(roles))


READER = _uuid(USER)
READS = f"(SELECT current_setting('{ROLE}', true) IN ('{Role.OFFICER}', '{Role.TEAM_LEAD}'))"
ASKED = f"{READER} IS NOT NULL"  # for somebody who has signed in, whoever that is
AT_WORK = f"(SELECT current_setting('{SYSTEM}', true) = '{WORKER}')"
HANDED_ON = f"@.id = {_uuid(ALSO)}"
PERSON, ORGANISATION, DIALOGUE = "contacts.Person", "contacts.Organisation", "contacts.Dialogue"
HIDDEN = {PERSON: "sight_hidden_people", ORGANISATION: "sight_hidden_organisations"}  # views of contacts/sight.sql


def rule(sees: str, *, changes: str = "", leaves: str = "") -> Inside:
    """For officers and team leads. Without more, they may change what they see, and leave nothing they would not."""
    return Inside(*(f"{READS} AND ({test})" for test in (sees, changes or sees, leaves or changes or sees)))


def of(label: str, column: str) -> str:
    """Rows that belong to a row the reader meets: of a contact or a dialogue without opening the rule of its table."""
    if label in HIDDEN:
        return f"(@.{column} IS NOT NULL AND NOT EXISTS (SELECT FROM {HIDDEN[label]} w WHERE w.id = @.{column}))"
    if label == DIALOGUE:
        return f"sight_of_dialogue(@.{column})"
    return f"EXISTS (SELECT FROM {table_of(label)} w WHERE w.id = @.{column})"


def own(column: str) -> str:
    """Rows of the reader's own."""
    return f"@.{column} = {READER}"


def table_of(label: str) -> str:
    """The table a model will have; by its label, for no app here knows those above it."""
    app, model = label.split(".")
    return f"{app}_{model}".lower()


def either(*tests: str) -> str:
    return "(" + " OR ".join(tests) + ")"


def both(*tests: str) -> str:
    return "(" + " AND ".join(tests) + ")"


def or_none(column: str, test: str) -> str:
    return f"(@.{column} IS NULL OR {test})"


def contact(granted: str) -> Inside:
    """Everybody's unless restricted; then its owner's, and for those with a live grant."""
    sees = either("NOT @.restricted", own("owner_id"), f"@.id = ANY ((SELECT {granted}())::uuid[])", HANDED_ON)
    return rule(sees, leaves="true")  # an owner may give it away, and see it no longer


def participant(label: str, column: str) -> Inside:
    """One who was there with a hidden participant knows that somebody was."""
    return rule(either(of(label, column), "sight_was_there(@.dialogue_id)"), leaves=of(label, column))


# An address that a registration, an invitation or a contact of the reader's has; of others nobody reads anything.
KNOWN_ADDRESS = either(
    "EXISTS (SELECT FROM events_registration w WHERE lower(w.email) = @.address)",
    "EXISTS (SELECT FROM events_invitation w WHERE w.email_key = @.address)",
    "EXISTS (SELECT FROM contacts_contactpoint w WHERE w.channel = 'email' AND w.key = @.address)",
)
HAS_PARTICIPANTS = "EXISTS (SELECT FROM sight_participants w WHERE w.dialogue_id = @.id)"
DESK = f"(SELECT current_setting('{ROLE}', true) IN ({_listed(DESK_ROLES)}))"
IN_A_TEAM = f"(SELECT current_setting('{ROLE}', true) IN ({_listed(WORKSPACE_ROLES)}))"  # a host has only their own
MY_TEAMS = f"(SELECT t.team_id FROM accounts_user_teams t WHERE t.user_id = {READER})"  # noqa: S608
MINE = f"({DESK} AND (e.owner_id = {READER} OR ({IN_A_TEAM} AND e.team_id IN {MY_TEAMS})))"
RUNS = f"EXISTS (SELECT FROM events_event e WHERE e.id = @.event_id AND {MINE})"
HELPS = f"(SELECT current_setting('{ROLE}', true) = '{Role.CHECK_IN_HELPER}')"
NOW_THERE = f"h.day = (SELECT nullif(current_setting('{TODAY}', true), '')::date)"
NAMED = (
    f"EXISTS (SELECT FROM events_helper h WHERE h.event_id = @.event_id AND h.colleague_id = {READER} AND {NOW_THERE})"
)
SEATS = (  # of events the reader runs
    "EXISTS (SELECT FROM events_registration w JOIN events_event e ON e.id = w.event_id "
    f"WHERE w.id = @.registration_id AND {MINE})"
)


# Who comes to the door the reader is named for, on the day they are named for.
AT_THE_DOOR = both(HELPS, "@.status = 'confirmed'", "@.mode = 'in_person'", NAMED)


def owned(label: str, column: str) -> str:
    """Rows that belong to a contact of the reader's own."""
    return f"EXISTS (SELECT FROM {table_of(label)} w WHERE w.id = @.{column} AND w.owner_id = {READER})"


def about(*labels: str) -> str:
    """Rows that name what they are about by label and key."""
    cases = " ".join(
        f"WHEN '{label}' THEN EXISTS (SELECT FROM {table_of(label)} w WHERE w.id = @.about_pk::uuid)"
        for label in labels
    )
    return f"CASE @.about_label {cases} ELSE false END"


def mails() -> Inside:
    """Whoever runs an event reads the mails about its registrations, whatever their role; a helper reads none."""
    sees = either(
        both(DESK, about("events.Registration", "events.Invitation")),
        both(READS, about(PERSON, ORGANISATION, "events.DialogueRequest")),
    )
    return Inside(sees, sees, sees)


ANYBODYS = Inside(ASKED, ASKED, ASKED)

INSIDE: dict[str, Inside] = {
    PERSON: contact("sight_of_people"),
    ORGANISATION: contact("sight_of_organisations"),
    "contacts.Affiliation": rule(both(of(PERSON, "person_id"), of(ORGANISATION, "organisation_id"))),
    "contacts.ContactGrant": rule(
        either(of(PERSON, "person_id"), of(ORGANISATION, "organisation_id")),
        changes=either(owned(PERSON, "person_id"), owned(ORGANISATION, "organisation_id")),
    ),
    "contacts.Draft": rule(own("user_id")),
    "contacts.SavedView": rule(own("user_id")),
    "contacts.DailyMail": rule(own("user_id")),
    **dict.fromkeys(
        ["contacts.Address", "contacts.ContactPoint", "contacts.OtherName", "contacts.Refusal"],
        rule(either(of(PERSON, "person_id"), of(ORGANISATION, "organisation_id"))),
    ),
    "contacts.Person_languages": rule(of(PERSON, "person_id")),
    "contacts.Organisation_languages": rule(of(ORGANISATION, "organisation_id")),
    "contacts.Relationship": rule(
        both(
            or_none("from_person_id", of(PERSON, "from_person_id")),
            or_none("to_person_id", of(PERSON, "to_person_id")),
            or_none("from_organisation_id", of(ORGANISATION, "from_organisation_id")),
            or_none("to_organisation_id", of(ORGANISATION, "to_organisation_id")),
        )
    ),
    DIALOGUE: rule(either(own("author_id"), HAS_PARTICIPANTS, "sight_was_there(@.id)")),
    "contacts.Dialogue_people": participant(PERSON, "person_id"),
    "contacts.Dialogue_organisations": participant(ORGANISATION, "organisation_id"),
    "contacts.Dialogue_note_named": rule(of(DIALOGUE, "dialogue_id")),
    "contacts.DialogueRevision": rule(of(DIALOGUE, "dialogue_id")),
    "contacts.DialogueRevision_note_named": rule(of("contacts.DialogueRevision", "dialoguerevision_id")),
    "contacts.Attachment": rule(
        either(of(DIALOGUE, "dialogue_id"), both("@.dialogue_id IS NULL", own("added_by_id")))
    ),
    "contacts.Dialogue_officers": rule(either(own("user_id"), of(DIALOGUE, "dialogue_id"))),
    "contacts.Dialogue_topics": rule(of(DIALOGUE, "dialogue_id")),
    "contacts.FollowUp": rule(
        either(
            both(
                or_none("person_id", of(PERSON, "person_id")),
                or_none("organisation_id", of(ORGANISATION, "organisation_id")),
                either(own("owner_id"), "@.person_id IS NOT NULL", "@.organisation_id IS NOT NULL"),
            ),
            HANDED_ON,
        )
    ),
    "contacts.Snooze": rule(of("contacts.FollowUp", "follow_up_id")),
    # Whoever runs the event must know that a registration is decided on, even for somebody hidden from them.
    "contacts.RegistrationLink": rule(
        either(of(PERSON, "person_id"), "sight_runs(@.registration_id)"),
        leaves=or_none("person_id", of(PERSON, "person_id")),
    ),
    # Those who run the event, whatever their role; and whoever sees the person it is linked to reads that it was.
    "events.Registration": Inside(either(RUNS, both(READS, "sight_linked(@.id)"), AT_THE_DOOR), RUNS, RUNS),
    "events.Helper": Inside(either(RUNS, own("colleague_id")), RUNS, RUNS),
    "events.RegistrationToken": Inside(SEATS, SEATS, SEATS),
    "events.Invitation": Inside(RUNS, RUNS, RUNS),
    "events.InvitationToken": Inside(*[of("events.Invitation", "invitation_id")] * 3),
    "events.Correction": rule(of("events.Registration", "registration_id")),
    "events.Reply": Inside(SEATS, SEATS, SEATS),
    "events.DialogueRequest": rule("@.status <> 'pending'"),
    "events.MailAgain": Inside(RUNS, RUNS, RUNS),
    "mail.OutboxMessage": mails(),
    **dict.fromkeys(["mail.Mailbox", "mail.Suppression"], Inside(both(DESK, KNOWN_ADDRESS), "false", "false")),
    # What every colleague may meet, or what views narrow: yet nothing for a session that says for nobody.
    **dict.fromkeys(["events.Event", "events.AgendaItem", "events.Material", "mail.Wording"], ANYBODYS),
    **dict.fromkeys(["content.ChannelProposal", "content.Owner", "content.OwnerQuestion"], ANYBODYS),
    **dict.fromkeys(["wagtailcore.Revision", "wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"], ANYBODYS),
    # Whoever forgot the password starts a task before they are anybody.
    "django_tasks_database.DBTaskResult": Inside(ASKED, ASKED, "true"),
}
