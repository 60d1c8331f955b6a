"""What matters most is asked for with a fresh proof: exports, grants, restricted contacts, colleagues' accounts."""

import inspect
import re

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from outreach.accounts.models import Role
from outreach.accounts.proof import fresh_proof_required
from outreach.audit.models import Entry
from tests.contacts.belongings import Belonging
from tests.contacts.factories import OfficerFactory, OrganisationFactory, PersonFactory, TeamFactory
from tests.matrix import GROUPS, PAGES, ROLES, addresses
from tests.routes import SAMPLES

ASKED = [name for name, row in PAGES.items() if row.get("fresh proof")]
OF_CONTACTS = [name for name, row in PAGES.items() if row.get("about") in ("person", "organisation")]
PATHS = dict(addresses())
# Views of these modules make or hand out files.
HANDS_OUT = re.compile(r"privacy\.sheets|Content-Disposition|FileResponse|StreamingHttpResponse|handed_out")
NO_EXPORT = {
    "workspace:attachment": "one file that a colleague put there",
    "workspace:remove_attachment": "removes that file",
    "events_workspace:material": "one file that everybody at the event gets",
    "events_workspace:materials": "which of those files there are",
    "events_workspace:remove_material": "removes one",
}


@pytest.fixture
def stranger(db):
    return OfficerFactory(teams=[TeamFactory()])


def signed_in(role, *, minutes_ago):
    """Somebody whose latest proof is so old."""
    user, client = OfficerFactory(role=role, teams=[TeamFactory()]), Client()
    client.force_login(user)
    age(client, minutes_ago)
    return user, client


def age(client, minutes, method="password"):
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": method, "at": timezone.now().timestamp() - 60 * minutes - 1}
    ]
    session.save()


def address(name, user, stranger):
    about = PAGES[name].get("about", "none").replace(" ", "_")
    return reverse(name, args=getattr(Belonging(user, stranger, "own"), about)())


def is_led_to_proof(response, way="password"):
    return response.status_code == 302 and response.url.startswith(f"/account/again/{way}/?next=/workspace/")


def asks_for_proof(response, field="password"):
    return response.status_code == 403 and f'name="proof-{field}"' in response.text


@pytest.mark.once
def test_the_matrix_asks_for_a_proof_where_security_wants_one():
    exports = {"workspace:export_people", "workspace:export_organisations"}
    grants = {"workspace:person_access", "workspace:organisation_access", "workspace:end_access"}
    grants |= {"events_workspace:staff", "events_workspace:let_go"}
    accounts = {name for name in PAGES if name.startswith("colleagues:")}

    assert set(ASKED) >= exports | grants | accounts
    assert len(accounts) == 8


@pytest.mark.parametrize("name", ASKED)
def test_a_session_left_open_is_asked_and_meanwhile_shows_and_changes_nothing(name, stranger):
    for role in GROUPS[PAGES[name]["for"]]:
        user, client = signed_in(ROLES[role], minutes_ago=5)
        where, before = address(name, user, stranger), Entry.objects.count()
        if PAGES[name].get("by") != "post":
            assert is_led_to_proof(client.get(where))
        sent = {"reason": "Because", "do": "restrict", "name": "New", "role": "administrator"}
        assert asks_for_proof(client.post(where, sent))
        assert Entry.objects.count() == before


@pytest.mark.parametrize("name", ASKED)
def test_a_password_is_no_proof_of_somebody_with_a_phone(name, stranger):
    user, client = signed_in(ROLES[GROUPS[PAGES[name]["for"]][0]], minutes_ago=0)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    where = address(name, user, stranger)

    assert asks_for_proof(client.post(where), "code")
    assert asks_for_proof(client.post(where, {"proof-password": "four words without sense"}), "code")


def wrapped(view):
    """The view and whatever stands around it, the outermost first."""
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def view_of(name):
    samples = {"int": "1", "uuid": SAMPLES["uuid"], "str": "a", "slug": "a"}
    path = re.sub(r"<(?:(\w+):)?\w+>", lambda found: samples[found[1] or "str"], PATHS[name])
    return resolve(f"/{path}", urlconf="outreach.urls.internal").func


def asks(view):
    return any(each.__code__ is ASKING for each in wrapped(view) if hasattr(each, "__code__"))


ASKING = fresh_proof_required(lambda request: None).__code__


@pytest.mark.once
def test_whatever_makes_a_file_asks_for_a_proof_or_says_why_not():
    """A new export is found by its module: nothing else may write a sheet or name a file."""
    inside = [name for name, path in PATHS.items() if path.startswith("workspace/")]
    files = {
        name
        for name in inside
        if HANDS_OUT.search(inspect.getsource(inspect.getmodule(list(wrapped(view_of(name)))[-1])))
    }

    assert "workspace:export_people" in files
    assert {name for name in files - NO_EXPORT.keys() if not asks(view_of(name))} == set()
    assert NO_EXPORT.keys() <= files


@pytest.mark.once
def test_what_asks_stands_in_the_matrix_and_the_other_way_round():
    inside = {name for name, path in PATHS.items() if path.startswith("workspace/")}

    assert {name for name in inside if asks(view_of(name))} == set(ASKED)


@pytest.mark.once
def test_a_list_of_the_editors_is_handed_out_after_a_proof_alone(db):
    _user, client = signed_in(Role.EDITOR, minutes_ago=5)
    report = reverse("wagtailadmin_reports:site_history")

    assert client.get(f"{report}?export=csv").url.startswith("/account/again/password/?next=/admin/reports/")
    assert client.get(report).status_code == 200


# Restricted contacts


def contact_of(name, owner, *, restricted):
    make = PersonFactory if PAGES[name]["about"] == "person" else OrganisationFactory
    return make(owner=owner, restricted=restricted, name="Amina Hidden")


@pytest.mark.parametrize("name", OF_CONTACTS)
def test_a_restricted_contact_opens_soon_after_a_proof(name, db):
    user, client = signed_in(Role.OFFICER, minutes_ago=15)
    where = reverse(name, args=[contact_of(name, user, restricted=True).pk])
    before = Entry.objects.count()

    assert is_led_to_proof(client.get(where))
    sent = client.post(where, {"name": "Amina Changed"})
    assert asks_for_proof(sent) or sent.status_code == 405
    assert "Amina Hidden" not in sent.text
    assert Entry.objects.count() == before

    age(client, 14 if name not in ASKED else 4)
    assert client.get(where).status_code == 200


@pytest.mark.parametrize("name", sorted(set(OF_CONTACTS) - set(ASKED)))
def test_any_other_contact_opens_as_ever(name, db):
    user, client = signed_in(Role.OFFICER, minutes_ago=500)

    assert client.get(reverse(name, args=[contact_of(name, user, restricted=False).pk])).status_code == 200


def test_what_was_written_about_a_restricted_contact_is_saved_with_the_proof(db):
    user, client = signed_in(Role.OFFICER, minutes_ago=15)
    user.set_password("four words without sense")
    user.save()
    client.force_login(user)
    age(client, 15)
    person = PersonFactory(owner=user, restricted=True)
    where = reverse("workspace:new_person_followup", args=[person.pk])
    sent = {
        "title": "Call about the spring",
        "due_on": timezone.localdate().isoformat(),
        "priority": 2,
        "owner": user.pk,
    }

    assert asks_for_proof(client.post(where, sent | {"proof-password": "something else"}))
    assert not person.follow_ups.exists()
    made = client.post(where, sent | {"proof-password": "four words without sense"})
    assert made.status_code == 302, made.context["form"].errors

    assert person.follow_ups.count() == 1


def test_whose_it_is_not_is_asked_nothing(stranger):
    _user, client = signed_in(Role.OFFICER, minutes_ago=500)
    hidden = PersonFactory(owner=stranger, restricted=True)

    assert client.get(reverse("workspace:person", args=[hidden.pk])).status_code == 404
