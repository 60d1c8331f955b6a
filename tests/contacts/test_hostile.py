"""Whatever is sent to the workspace, the answer is a page, a sentence or an ignored filter: never an error of ours."""

import os
import random
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import SeatCounter
from outreach.accounts.models import Role
from tests.contacts.belongings import Belonging
from tests.contacts.factories import FollowUpFactory, OfficerFactory
from tests.contacts.oddities import (
    FORGED,
    LONG,
    ODD,
    TAKEN,
    Answer,
    Form,
    Sender,
    addresses,
    named_in_view,
    read,
    turned,
)
from tests.contacts.test_no_trace import CHANGING, Linked

SEARCHED = {"q", "find", "csrfmiddlewaretoken", "form_key"}  # texts may find something: test_no_trace.py
TURNS = 1  # of those for every day
EVERY = 3  # of pages and forms, every day
ENOUGH = 140  # seconds of a night for each of the four long tests
Ask = tuple[str, Callable[[], Answer]]  # what is asked, and the asking


class Workspace:
    """Every address and every form a team lead meets, around contacts they may see and contacts they may not."""

    def __init__(self, reader, linked):
        SeatCounter.objects.update(taken=1, in_person_taken=1)  # the confirmed have seats
        client = Client()
        client.force_login(reader)
        self.sender, self.linked = Sender(client), linked
        also = {
            "workspace:new_person": f"registration={linked.waits.pk}",
            "workspace:new_role": f"organisation={linked.house.pk}",
            "workspace:new_person_relationship": f"other=organisation:{linked.house.pk}",
            "workspace:new_organisation_relationship": f"other=person:{linked.friend.pk}",
            "workspace:compare_proposal": f"person={linked.friend.pk}",
            "workspace:compare_correction": f"person={linked.friend.pk}",
            "workspace:log": f"person={linked.friend.pk}",
        }
        self.pages: dict[str, list[str]] = {}
        forms: dict[tuple, Form] = {}
        for _name, address in addresses(linked.known, also):
            page = self.sender.get(address, {})
            posted, asked = read(page.text, address)
            names = named_in_view(address)
            self.pages[address] = sorted(asked | names)
            bare = Form(address, dict.fromkeys(names, ""), frozenset())
            for form in [*posted, *([] if posted else [bare])]:
                forms.setdefault((form.view, "?" in form.address, tuple(sorted(form.fields))), form)
        self.forms = [form for form in forms.values() if "workspace" in form.view]  # signing out is no attack


@pytest.fixture
def workspace(team, monday, settings, tmp_path):
    settings.ATTACHMENTS_ROOT = tmp_path
    reader = OfficerFactory(name="Mette Lund", role=Role.TEAM_LEAD, teams=[team])
    return Workspace(reader, Linked(reader))


def wrong(what: str, answer: Answer) -> list[str]:
    """What is the matter with an answer, if anything."""
    found = []
    if answer.signed_out:
        found.append(f"{what}: was asked to sign in")
    if answer.status not in TAKEN or answer.fault:
        found.append(f"{what}: {answer.status} {answer.fault}")
    if "<script>alert(1)" in answer.text or "Traceback" in answer.text:
        found.append(f"{what}: shows what was sent as it was sent")
    return found


def distinct(faults: Iterable[str]) -> list[str]:
    """One of each kind, with how often it came."""
    kinds: dict[str, list[str]] = {}
    for fault in faults:
        kinds.setdefault(fault.partition(": ")[2], []).append(fault)
    return [f"{len(same)} × {same[0]}" for same in kinds.values()]


def tonight(asks: Iterable) -> Iterator:
    """As many as there is time for, in an order of this night; ``NIGHT_SEED=…`` repeats that of another."""
    asks, asked, ends = list(asks), 0, perf_counter() + ENOUGH
    seed = os.environ.get("NIGHT_SEED") or str(random.randrange(10**6))
    random.Random(seed).shuffle(asks)
    while asked < len(asks) and perf_counter() < ends:
        yield asks[asked]
        asked += 1
    print(f"NIGHT_SEED={seed}: {asked} of {len(asks)}")


def faults(asks: Iterable[Ask]) -> Iterator[str]:
    for what, ask in asks:
        yield from wrong(what, ask())


def in_turns(workspace: Workspace, turns: int) -> Iterator[Ask]:
    """Each page and form with something odd everywhere at once."""
    for number, (address, names) in enumerate(workspace.pages.items()):
        for turn in range(turns):
            asked = turned(names, number + turn * len(ODD) // turns) | FORGED
            yield f"GET {address} {turn}", partial(workspace.sender.get, address, asked)
    for number, form in enumerate(workspace.forms):
        for turn in range(turns):
            sent = turned([*form.fields], number + turn * len(ODD) // turns) | FORGED
            yield f"POST {form.view} {turn}", partial(workspace.sender.post, form, sent)


def one_by_one(workspace: Workspace) -> Iterator[Ask]:
    """Each parameter and each field alone with each odd thing, everything else as it should be."""
    for address, names in workspace.pages.items():
        for name in names:
            for odd in ODD[:-1]:
                yield f"GET {address} {name}={odd!r:.40}", partial(workspace.sender.get, address, {name: odd})
    for form in workspace.forms:
        for name in form.fields:
            for odd in ODD:
                yield f"POST {form.view} {name}={odd!r:.40}", partial(workspace.sender.post, form, {name: odd})


def test_odd_things_everywhere_are_answered(workspace):
    assert len(workspace.forms) > 60 and len(workspace.pages) > 80

    assert distinct(faults(in_turns(workspace, TURNS))) == []


@pytest.mark.night
def test_every_odd_thing_everywhere_is_answered(workspace):
    assert distinct(faults(tonight(in_turns(workspace, len(ODD))))) == []


@pytest.mark.night
def test_two_megabytes_in_any_field_are_answered(workspace):
    sent = [(form, name) for form in workspace.forms for name in form.fields]

    asks = [(f"{form.view} {name}", partial(workspace.sender.post, form, {name: LONG})) for form, name in sent]
    assert distinct(faults(tonight(asks))) == []


@pytest.mark.night
def test_every_odd_thing_by_itself_is_answered(workspace):
    assert distinct(faults(tonight(one_by_one(workspace)))) == []


# A key of something hidden, in any field


def forged(linked) -> dict[str, str]:
    """Keys of what the reader may not know of, as parameters and fields carry them."""
    theirs = Belonging(linked.keeper, linked.keeper, "own")
    return {
        "person": str(linked.person.pk),
        "a choice of a person": f"person:{linked.person.pk}",
        "organisation": str(linked.club.pk),
        "a choice of an organisation": f"organisation:{linked.club.pk}",
        "dialogue": str(linked.alone.pk),
        "draft": str(theirs.draft()[0]),
        "promise": f"meeting:{FollowUpFactory(owner=linked.keeper, person=linked.person, starts_at='10:00').pk}",
    }


def nothing_like(key: str) -> str:
    what, colon, _key = key.rpartition(":")
    return f"{what}{colon}8b0f2f0e-6a0e-4c76-9d6e-0d7f5b7f3a11"


def told(answer: Answer, key: str) -> tuple[int, str]:
    """What an answer says, apart from the key that was sent and what differs on every visit."""
    bare = CHANGING.sub("", answer.text).replace(key, "").replace(key.rpartition(":")[2], "")
    return answer.status, bare


def differing(send, names: list[str], keys: Iterable[str]) -> Iterator[str]:
    """The keys in these fields that are answered otherwise than one of nothing, or after other work."""
    for key in keys:
        kept, queries = counted(lambda key=key: send(dict.fromkeys(names, key)))
        other = nothing_like(key)
        none, as_many = counted(lambda other=other: send(dict.fromkeys(names, other)))
        if told(kept, key) != told(none, other) or abs(queries - as_many) > 1 or kept.fault:
            yield f"{key} in {names}: {kept.status} after {queries}, {none.status} after {as_many} {kept.fault}"


def counted(ask):
    with CaptureQueriesContext(connection) as queries:
        return ask(), len(queries)


def betraying(workspace: Workspace, keys: list[str], *, by_itself: bool) -> Iterator[str]:
    """Every day all fields of some pages at once with one key; at night each field by itself with each key."""
    sends = [(partial(workspace.sender.get, address), names) for address, names in workspace.pages.items()]
    sends += [(partial(workspace.sender.post, form), sorted(form.fields)) for form in workspace.forms]
    asks = []
    for number, (send, all_names) in list(enumerate(sends))[:: 1 if by_itself else EVERY]:
        names = [name for name in all_names if name not in SEARCHED]
        if by_itself:
            asks += [(send, [name], [key]) for name in names for key in keys]
        else:
            asks.append((send, names, [keys[number % len(keys)]]))
    for send, names, chosen in tonight(asks) if by_itself else asks:
        for found in differing(send, names, chosen):
            yield f"{send.args}: {found}"[:600]


def test_a_hidden_key_everywhere_is_answered_like_one_of_nothing(workspace):
    assert list(betraying(workspace, list(forged(workspace.linked).values()), by_itself=False)) == []


@pytest.mark.night
def test_any_hidden_key_in_any_one_field_is_answered_like_one_of_nothing(workspace):
    assert list(betraying(workspace, list(forged(workspace.linked).values()), by_itself=True)) == []


@pytest.mark.parametrize(
    "target", ["2026-02-31", "workspace", "//evil.example/", "https://evil.example/", "", "\x00", "javascript:x"]
)
def test_a_page_to_return_to_that_is_none_of_ours_is_left_alone(desk, officer, target):
    promise = FollowUpFactory(owner=officer)

    answer = desk.post(reverse("workspace:followup_done", args=[promise.pk]), {"next": target})

    assert answer.headers["Location"] == reverse("workspace:followups")


def test_an_endless_word_finds_nobody(desk):
    for name in ("people", "organisations", "search", "choices"):
        assert desk.get(reverse(f"workspace:{name}"), {"q": "9" * 4000}).status_code == 200


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.EDITOR}, {"role": Role.AUDITOR}])
def test_who_left_or_lost_the_role_saves_nothing_from_an_open_page(desk, officer, change):
    promise = FollowUpFactory(owner=officer, title="Kept")
    address = reverse("workspace:followup", args=[promise.pk])
    assert desk.get(address).status_code == 200
    type(officer).objects.filter(pk=officer.pk).update(**change)

    answers = [desk.get(address), desk.post(address, {"title": "Mine", "due_on": "2026-11-23", "owner": officer.pk})]

    assert {answer.status_code for answer in answers} <= {302, 403}
    promise.refresh_from_db()
    assert promise.title == "Kept"
