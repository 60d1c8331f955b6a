"""A restricted contact leaves no trace: every address there is, filtered and sorted in every way, says to a colleague
without access exactly what it would say if the contact did not exist.

Addresses come from the URLconf, filters and columns from the pages themselves: what is new is walked as well.
"""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.models import (
    Attachment,
    Dialogue,
    DialogueRevision,
    Language,
    OrganisationKind,
    Refusal,
    RegistrationLink,
    Relationship,
    RelationshipKind,
    Topic,
)
from contacts.services.daily_mail import what_waits
from events.models import Question
from outreach.audit.models import Seen
from outreach.mail.models import OutboxMessage
from outreach.places.models import Municipality, PoliceDistrict
from tests.contacts.belongings import Belonging
from tests.contacts.factories import (
    NOW,
    TODAY,
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
from tests.matrix import PAGES

NOTE = "noteqaz"  # on a dialogue everybody may see, for its writer's eyes only
CANARY, MAILBOX, NUMBER = "Kanariqa Zyx", "kanariqa@zyx.example", "55501234"
CHANGING = re.compile(r'(name="(?:csrfmiddlewaretoken|form_key|draft)"\s+value|nonce)="[\w-]+"')
# Asked of every page: the name, its beginning, its middle, a slip; address and number; and what pages understand.
ASKED = [
    *[f"q={text}" for text in (NOTE, "kanariqa", "ka", "nariq", "kanarqa", MAILBOX, NUMBER[2:6], "12345674")],
    *["whose=all", "whose=team", "all", "page=2", "kind=person", "kind=organisation", "status=ended"],
    *[f"kind={kind}" for kind in ("dialogue", "event", "follow_up", "role", "mail")],
]
MANY, ALONE = 24, re.compile("[Oo]f one|Only|Kun |Canarian|Kansk")
OF_THE_TRAIL = {"workspace:person_readers", "workspace:organisation_readers"}  # they tell of this very walk
PROBE = f"q={CANARY}&whose=all&all&page=2&kind=dialogue&status=ended"


class Linked:
    """Two contacts the reader may not know of, and what they touch."""

    def __init__(self, reader):
        self.reader = reader
        # Whatever belongs to the hidden alone is the first of its kind: a choice of a filter would betray them.
        self.keeper = OfficerFactory(name="Keeper of one")
        district = PoliceDistrict.objects.create(name="District of one", slug="of-one")
        place = Municipality.objects.create(name="Place of one", slug="place", code="0999", police_district=district)
        kind = OrganisationKind.objects.create(slug="of_one", name_da="Kun en", name_en="Only one")
        alone = {"owner": self.keeper, "restricted": True, "municipality": place, "team": TeamFactory(name="Of one")}
        facts = {"rhythm_weeks": 1, "remember": CANARY, "last_dialogue_on": TODAY - timedelta(days=90)}
        self.person = PersonFactory(name=CANARY, email=MAILBOX, phone=NUMBER, **alone, **facts)
        self.club = OrganisationFactory(name=f"{CANARY} Club", kind=kind, company_number="12345674", **alone, **facts)
        self.person.languages.add(Language.objects.create(name_da="Kansk", name_en="Canarian"))
        self.friend = PersonFactory(name="Known Friend", owner=reader, email="friend@example.dk")
        self.house = OrganisationFactory(name="Known House", owner=reader, email="house@example.dk")
        self.topic = Topic.objects.create(name_da="Kun her", name_en="Only here")
        self._tie()
        self._talk()
        self._propose()

    def _tie(self):
        AffiliationFactory(person=self.person, organisation=self.house, role=CANARY, started_on=TODAY)
        AffiliationFactory(person=self.friend, organisation=self.club, role=CANARY, started_on=TODAY, primary=False)
        self.role = AffiliationFactory(person=self.friend, organisation=self.house)
        kinds = {kind.ends: kind for kind in RelationshipKind.objects.all()}
        for first, second, ends in (
            (self.person, self.friend, "people"),
            (self.club, self.house, "organisations"),
            (self.person, self.house, "mixed"),
        ):
            tie = Relationship(kind=kinds[ends], note=CANARY)
            tie.put_ends(first, second)
            tie.save()
        Refusal.objects.create(person=self.person, channel="phone", since=TODAY, why=CANARY)
        grant(self.person, OfficerFactory())

    def _talk(self):
        everyone = {"people": [self.person, self.friend], "organisations": [self.club, self.house]}
        self.joint = dialogue(self.keeper, summary="Seen by all", note=NOTE, note_readers="me", **everyone)
        file = Attachment(dialogue=self.joint, part="note", name=f"{NOTE}.txt", size=1, added_by=self.keeper)
        file.file.save("x.txt", ContentFile(NOTE))
        first = {"version": 1, "saved_by": self.keeper, "saved_at": NOW, "fields": {}, "note_by": self.keeper}
        DialogueRevision.objects.create(dialogue=self.joint, note=NOTE, note_readers="me", **first)
        only = {"people": [self.person], "organisations": [self.club]}
        self.alone = dialogue(self.keeper, summary=CANARY, note=CANARY, note_readers="officers", **only)
        self.alone.topics.add(self.topic)
        theirs = {"owner": self.keeper, "title": CANARY, "person": self.person}
        FollowUpFactory(organisation=self.house, dialogue=self.joint, **theirs)
        FollowUpFactory(**{**theirs, "owner": self.reader}, starts_at=NOW.time(), due_on=TODAY)
        FollowUpFactory(owner=self.reader, title=CANARY, organisation=self.club, due_on=TODAY - timedelta(days=3))
        FollowUpFactory(owner=self.reader, title="Kept", person=self.friend)

    def _propose(self):
        coming = EventFactory(owner=self.keeper, title="Open to all")
        came = RegistrationFactory(event=coming, name=CANARY, email=MAILBOX)
        RegistrationLink.objects.create(registration=came, person=self.person, linked_by=self.keeper)
        self.event = EventFactory(owner=self.reader, title="Mine")
        self.question = Question.objects.create(event=self.event, label="What do you bring?")
        self.waits = RegistrationFactory(event=self.event, name="Known Friend", email=MAILBOX)
        self.invitation = DialogueRequestFactory(confirmed=True, organisation=self.club.name, email=MAILBOX)
        for about in (self.person, self.club, came):
            facts = {"about_label": about._meta.label, "about_pk": str(about.pk), "message_id": "x", "subject": CANARY}
            now = timezone.now()
            facts |= {"next_attempt_at": now, "created_at": now, "sent_at": now, "state": "sent"}
            OutboxMessage.objects.create(kind="sample", to=MAILBOX, to_key=MAILBOX, **facts)

    def marks(self):
        return [str(hidden.pk) for hidden in (self.person, self.club, self.alone)]

    def erase(self):
        """As if they had never been; the words they brought remain, as words of the vocabulary do."""
        Dialogue.objects.filter(pk=self.alone.pk).delete()
        RegistrationLink.objects.filter(person=self.person).delete()
        OutboxMessage.objects.filter(subject=CANARY).delete()
        self.club.delete()
        self.person.delete()

    def known(self, about):
        """What an address names that has to do with the hidden; else something of the reader's own."""
        theirs = {
            "person": [self.friend.pk],
            "organisation": [self.house.pk],
            "role": [self.role.pk],
            "dialogue": [self.joint.pk],
            "registration": [self.waits.pk],
            "invitation": [self.invitation.pk],
            "event": [self.event.pk],
            "registration at its event": [self.event.pk, self.waits.pk],
            "question at its event": [self.event.pk, self.question.pk],
        }
        return theirs.get(about) or getattr(Belonging(self.reader, self.keeper, "own"), about.replace(" ", "_"))()


@pytest.fixture
def linked(officer, monday):
    return Linked(officer)


@pytest.fixture
def reader(officer):
    client = Client()
    client.force_login(officer)
    return client


def shown(response):
    """The status and all text of an answer, without what differs on every visit; of a packed file each part."""
    content = response.getvalue()
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in sorted(packed.namelist()))
    return response.status_code, CHANGING.sub("", content.decode(errors="replace"))


def telling(choices):
    """The keys of all choices; of a long list those that only the hidden have, and a few of the others."""
    if len(choices) <= MANY:
        return [key for key, _label in choices]
    return [key for place, (key, label) in enumerate(choices) if ALONE.search(str(label)) or place % MANY == 0]


def narrowed(response):
    """Each choice of each filter of a page, and each column it sorts by, both ways."""
    found = (response.context or {}).get("filter")
    for name, field in found.form.fields.items() if found is not None else ():
        offered = [
            choice
            for value, label in getattr(field, "choices", ())
            for choice in (label if isinstance(label, list | tuple) else [(value, label)])
        ]
        yield from (f"{name}={key}" for key in telling(offered))
    table = (response.context or {}).get("table")
    for column in table.columns if table is not None else ():
        if column.orderable:
            yield from (f"sort={column.name}", f"sort=-{column.name}")


def walk(reader, linked, addresses):
    """Every answer, by address and query. Who looked before is forgotten: this walk is a look of its own."""
    Seen.objects.all().delete()
    seen = {}
    for name, address in addresses.items():
        response = reader.get(address)
        seen[name, ""] = shown(response)
        queries = [PROBE, *narrowed(response)]
        if shown(reader.get(f"{address}?{PROBE}")) != seen[name, ""]:  # a page that listens to a query
            queries += ASKED
        for query in queries:
            seen[name, query] = shown(reader.get(f"{address}?{query}"))
    seen["daily mail", ""] = (200, str(what_waits(linked.reader, today=TODAY)))
    log = reverse("workspace:log")
    for text in ("kanariqa", MAILBOX, NUMBER):
        seen["log", text] = shown(reader.post(log, {"find": text, "search": "1", "kind": "call"}))
    for kind in ("person", "organisation"):
        typed = {"name": linked.person.name, "email-0-value": MAILBOX, "email": MAILBOX}
        seen["new", kind] = shown(reader.post(reverse(f"workspace:new_{kind}"), typed))
    return seen


@pytest.mark.once  # what each database hides is said by test_hidden.py and test_matrix.py
def test_nothing_anywhere_says_that_a_restricted_contact_exists(reader, linked):
    addresses = {
        name: reverse(name, args=linked.known(row["about"]) if "about" in row else [])
        for name, row in PAGES.items()
        if name.partition(":")[0] in ("workspace", "events_workspace") and row.get("by") != "post"
    }

    marks, with_them = linked.marks(), walk(reader, linked, addresses)
    linked.erase()
    without = walk(reader, linked, addresses)

    assert len(addresses) > 35
    assert len(with_them) > 300
    assert with_them.keys() == without.keys(), "a choice of a filter betrays them"
    differing = [where for where in with_them if with_them[where] != without[where] and where[0] not in OF_THE_TRAIL]
    assert differing == []
    betrayed = [where for where, (_status, text) in with_them.items() if any(key in text for key in marks)]
    assert betrayed == []
    # A page that repeats what was asked for repeats the word.
    assert [where for where, (_status, text) in with_them.items() if NOTE in text and NOTE not in where[1]] == []


def test_whoever_has_access_is_shown_them_by_the_same_walk(reader, linked):
    grant(linked.person, linked.reader)

    _status, text = shown(reader.get(reverse("workspace:people"), {"q": "kanariqa"}))

    assert CANARY in text
    assert linked.marks()[0] in text
