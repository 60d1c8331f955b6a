"""Every page as every role, against what is one's own, another team's, restricted or not there at all: the matrix."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.contacts.belongings import Belonging
from tests.contacts.factories import OfficerFactory, PersonFactory, TeamFactory
from tests.matrix import GROUPS, PAGES, ROLES, SIGNED_OUT, SITUATIONS, addresses

PATHS = dict(addresses())
NUMBER = 2_000_000_000
OPENS, REFUSED, NOT_THERE, SIGN_IN = "opens", "refused", "not there", "sign in"
TAKEN = {200, 302, 400, 409, 422}  # the page, or an answer to what was sent
CHANGING = re.compile(r'value="[\w-]{36,64}"')  # the token of a form, the key of a form


@pytest.fixture
def stranger(db):
    return OfficerFactory(name="Emma Clarke", teams=[TeamFactory(name="Team West")])


def asking(role):
    """Somebody of that role, in a team, and their browser."""
    client, user = Client(), None
    if role != SIGNED_OUT:
        user = OfficerFactory(role=ROLES[role], teams=[TeamFactory()])
        client.force_login(user)
    return client, user


def address(name, args):
    if name == "account_reset_password_from_key":
        args = ["1", "a-b"]
    return reverse(name, args=args)


def missing(name):
    """Keys of nothing, for each the address names."""
    return [uuid4() if "uuid" in kind else NUMBER for kind in re.findall(r"<(?:(\w+):)\w+>", PATHS[name])]


def ask(client, name, args):
    row = PAGES[name]
    sent = {key: PersonFactory().pk if value == "own person" else value for key, value in row.get("sends", {}).items()}
    send = client.post if row.get("by") == "post" else client.get
    with CaptureQueriesContext(connection) as queries:
        response = send(address(name, args), sent)
    return response, len(queries)


def answer(response):
    """The answer in the words of the matrix; a status that has no word is given as it is."""
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return SIGN_IN
    if response.status_code in TAKEN:
        return OPENS
    return {403: REFUSED, 404: NOT_THERE}.get(response.status_code, response.status_code)


def expected(row, role, situation):
    if role not in GROUPS[row["for"]]:
        return SIGN_IN if role == SIGNED_OUT else REFUSED
    return row[situation] if "about" in row else row.get("without a phone", OPENS)


def unlike_the_matrix(name, role, situations, stranger):
    """What a page answers that role otherwise than the matrix says."""
    row = PAGES[name]
    client, user = asking(role)
    for situation in situations:
        owner = user or stranger
        args = getattr(Belonging(owner, stranger, situation), row.get("about", "").replace(" ", "_") or "none")()
        came = answer(ask(client, name, args)[0])
        if came != expected(row, role, situation):
            yield f"{role}, {situation}: {came} instead of {expected(row, role, situation)}"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_answers_each_role_as_the_matrix_says(name, monday, stranger):
    row, wrong = PAGES[name], []
    for role in (SIGNED_OUT, *ROLES):
        told_apart = "about" in row and role in GROUPS[row["for"]]
        wrong += unlike_the_matrix(name, role, SITUATIONS if told_apart else SITUATIONS[:1], stranger)

    assert wrong == []


@pytest.mark.once  # whom a page refuses is decided before the database is asked
@pytest.mark.parametrize("name", [name for name, row in PAGES.items() if "about" in row])
def test_who_may_not_open_a_page_cannot_tell_whose_it_is(name, monday, stranger):
    wrong = []
    for role in (SIGNED_OUT, *ROLES):
        if role not in GROUPS[PAGES[name]["for"]]:
            wrong += unlike_the_matrix(name, role, SITUATIONS[1:], stranger)

    assert wrong == []


@pytest.mark.parametrize("name", [name for name, row in PAGES.items() if NOT_THERE in map(row.get, SITUATIONS)])
def test_what_is_kept_from_one_looks_like_what_is_not_there(name, monday, stranger):
    """The same status, the same text, so the same length, after the same number of queries."""
    row, told_apart = PAGES[name], []
    for role in (role for role in ROLES if role in GROUPS[row["for"]]):
        client, user = asking(role)
        ask(client, name, missing(name))  # the first answer also pays for what is remembered
        nothing, asked = ask(client, name, missing(name))
        assert nothing.status_code == 404
        for situation in [each for each in SITUATIONS if row[each] == NOT_THERE]:
            args = getattr(Belonging(user, stranger, situation), row["about"].replace(" ", "_"))()
            kept, as_much = ask(client, name, args)
            alike = (kept.status_code, CHANGING.sub("", kept.text)) == (404, CHANGING.sub("", nothing.text))
            if not alike or as_much != asked:
                told_apart.append(f"{role}, {situation}: {kept.status_code}, {as_much} queries instead of {asked}")

    assert told_apart == []
