"""One sees where one is signed in, and ends it; what is ended is out at the next request."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.urls import reverse

from outreach.accounts.ending import end_sessions_of
from outreach.accounts.models import Session, User
from outreach.accounts.password_links import password_link
from outreach.audit.models import Entry
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_password import NEW, choose
from tests.accounts.test_sent_again import LOG, OURS

INSIDE = "/workspace/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"


@pytest.fixture
def kim(two_factors, colleague):
    kim = colleague(language="en")
    kim.sign_in()
    kim.enrol()
    return kim


def elsewhere(kim, agent=FIREFOX) -> Client:
    """Another browser where they have signed in with both factors."""
    client, kim.client = kim.client, Client(headers={"user-agent": agent})
    kim.sign_in()
    kim.show_code(kim.next_code())
    client, kim.client = kim.client, client
    assert client.get(INSIDE).status_code == 200
    return client


def is_in(client: Client) -> bool:
    return client.get(INSIDE).status_code == 200


def test_ending_the_sessions_of_a_colleague_puts_them_out_at_the_next_request(kim, colleague):
    other, boss = elsewhere(kim), colleague("administrator").user

    assert end_sessions_of(kim.user, actor=boss, reason="lost phone") == 2

    assert not is_in(kim.client) and not is_in(other)
    entry = Entry.objects.latest("at")
    assert (entry.verb, entry.actor_id, entry.object_id) == ("change", boss.pk, str(kim.user.pk))
    assert entry.reason == "sessions ended: lost phone"


def test_a_request_under_way_does_not_bring_an_ended_session_back(kim):
    session = kim.client.session
    session["written"] = "while it ends"
    end_sessions_of(kim.user, actor=None, reason="test")

    with pytest.raises(UpdateError):
        session.save()

    assert not Session.objects.exists()


def test_a_closed_account_leaves_no_session_that_opens_again_with_it(kim):
    kim.user.is_active = False
    kim.user.save()
    kim.user.is_active = True
    kim.user.save()

    assert not is_in(kim.client)
    assert not Session.objects.of(kim.user).exists()


def test_a_new_password_ends_every_other_session_also_those_half_open(kim):
    other, half = elsewhere(kim), Client()
    half.post(reverse("account_login"), {"login": kim.user.email, "password": PASSWORD})
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    kim.client.post(reverse("account_change_password"), form)

    assert is_in(kim.client) and not is_in(other)
    assert half.post(reverse("mfa_authenticate"), {"code": kim.next_code()}).url == reverse("account_login")
    assert Session.objects.of(kim.user).count() == 1


def test_a_password_chosen_by_mail_ends_them_all(kim):
    choose(Client(), password_link(User.objects.get()))

    assert not is_in(kim.client)
    assert not Session.objects.of(kim.user).exists()


def test_one_sees_where_one_is_signed_in_and_ends_one_of_them(kim):
    other = elsewhere(kim)
    third = elsewhere(kim, agent="Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1")
    page = kim.client.get(reverse("account_sessions"))

    shown = {row.device: row for row in page.context["rows"]}
    assert {"Firefox on Windows", "Safari on iPhone"} < set(shown)
    assert "127.0.0.1" not in page.text + str(list(Session.objects.values()))
    kim.client.post(reverse("account_end_session"), {"session": shown["Firefox on Windows"].pk})

    assert not is_in(other)
    assert is_in(third) and is_in(kim.client)
    assert Entry.objects.filter(actor_id=kim.user.pk, reason="sessions ended: one").count() == 1


def test_all_others_end_at_once(kim):
    other, third = elsewhere(kim), elsewhere(kim)

    kim.client.post(reverse("account_end_session"), {"others": "1"})

    assert is_in(kim.client) and not is_in(other) and not is_in(third)


def test_a_session_of_somebody_else_is_not_there(kim, colleague):
    stranger = colleague()
    stranger.client.force_login(stranger.user)
    theirs = Session.objects.of(stranger.user).get()

    for key in (theirs.pk, "", "nonsense"):
        assert kim.client.post(reverse("account_end_session"), {"session": key}).status_code == 404
    assert Session.objects.of(stranger.user).exists()
    assert theirs.pk not in kim.client.get(reverse("account_sessions")).text


def test_what_was_being_written_in_an_ended_session_comes_back_to_be_sent_again(kim):
    end_sessions_of(kim.user, actor=None, reason="test")

    page = kim.client.post(LOG, {"summary": "We talked about rooms"}, headers=OURS)

    assert page.status_code == 403
    assert "We talked about rooms" in page.text


def test_signing_out_stands_in_the_trail(kim):
    kim.client.post(reverse("account_logout"))

    assert Entry.objects.filter(actor_id=kim.user.pk, reason="sessions ended: signed out").count() == 1
