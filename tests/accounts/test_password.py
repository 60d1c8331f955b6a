"""Choosing a password: by a link that is mailed, and never past the second factor."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from outreach.accounts.models import Role, User
from outreach.accounts.password_links import password_link
from outreach.audit.models import Entry
from outreach.mail.models import OutboxMessage

from .conftest import PASSWORD

NEW = "quite another four words"


def choose(client: Client, link: str, password: str = NEW):
    """Open the link and choose: the key moves from the address into the session on the way."""
    path = re.sub(r"^https?://[^/]+", "", link)
    form = client.get(path)
    if form.status_code != 302:
        return form
    return client.post(form.url, {"password1": password, "password2": password})


def mailed_link() -> str:
    return re.search(r"https?://\S+/password/reset/\S+", mail.outbox[-1].body)[0]


@pytest.fixture
def on_the_internal_host(settings):
    settings.INTERNAL_BASE_URL = "https://inside.example"


def test_the_link_comes_by_mail_and_leads_to_our_own_host(colleague, work, on_the_internal_host):
    kim = colleague(language="en")

    kim.client.post(reverse("account_reset_password"), {"email": kim.user.email}, headers={"host": "localhost"})
    work()

    assert mail.outbox[0].to == [kim.user.email]
    assert mailed_link().startswith("https://inside.example/account/password/reset/")
    assert choose(kim.client, mailed_link()).url == reverse("account_reset_password_from_key_done")
    assert kim.sign_in(NEW).url == reverse("account_start")


def test_in_the_browser_of_another_colleague_the_link_signs_that_one_out_first(colleague, on_the_internal_host):
    kim, ana = colleague(), colleague()
    kim.sign_in()
    path = password_link(ana.user).removeprefix("https://inside.example")

    assert kim.client.get(path).url == path
    assert SESSION_KEY not in kim.client.session
    assert choose(kim.client, path).url == reverse("account_reset_password_from_key_done")
    assert ana.sign_in(NEW).url == reverse("account_start")


def test_the_link_stands_in_no_queue_and_no_outbox(colleague, work):
    kim = colleague()
    kim.client.post(reverse("account_reset_password"), {"email": kim.user.email})
    work()
    key = mailed_link().rstrip("/").rpartition("-")[2]

    kept = [str(row) for model in (DBTaskResult, OutboxMessage) for row in model.objects.values()]

    assert len(kept) >= 3
    assert [row for row in kept if key in row] == []


def test_it_works_once(colleague):
    kim = colleague()
    link = password_link(kim.user)

    choose(kim.client, link)

    assert choose(Client(), link).context["token_fail"]


def test_it_dies_after_a_day(colleague, time_machine):
    kim = colleague()
    time_machine.move_to("2026-11-23 12:00:00+01:00", tick=False)
    link = password_link(User.objects.get())
    time_machine.move_to("2026-11-24 12:00:01+01:00", tick=False)

    assert choose(kim.client, link).context["token_fail"]


def test_the_mail_does_not_stand_in_for_the_code(two_factors, colleague):
    kim = colleague()
    kim.sign_in()
    kim.enrol()
    kim.client = Client()

    choose(kim.client, password_link(User.objects.get()))

    assert kim.client.get(reverse("mfa_index")).url.startswith(reverse("account_login"))
    assert kim.sign_in(NEW).url == reverse("mfa_authenticate")


def test_an_unknown_address_gets_the_same_page_and_no_mail(colleague, client, work):
    known = client.post(reverse("account_reset_password"), {"email": colleague().user.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    work()

    assert known.url == unknown.url
    assert len(mail.outbox) == 1


def test_a_closed_account_gets_no_link(colleague, work):
    kim = colleague()
    kim.client.post(reverse("account_reset_password"), {"email": kim.user.email})

    User.objects.update(is_active=False)
    work()

    assert mail.outbox == []


@pytest.mark.parametrize("weak", ["short", "fourteen chars", "kim.possible@example.org"])
def test_a_weak_password_is_refused(colleague, weak):
    kim = colleague(email="kim.possible@example.org")

    response = choose(kim.client, password_link(kim.user), weak)

    assert response.context["form"].errors["password1"]


def test_a_colleague_is_told_when_the_way_in_changes(two_factors, colleague, work, django_capture_on_commit_callbacks):
    kim = colleague(language="en")
    kim.sign_in()
    with django_capture_on_commit_callbacks(execute=True):
        kim.enrol()
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    with django_capture_on_commit_callbacks(execute=True):
        kim.client.post(reverse("account_change_password"), form)
    work()

    told = sorted(message.body.split("\n\n")[1] for message in mail.outbox)
    assert told == [
        "A phone that makes codes for your account has been added.",
        "Your password for the workspace has been changed.",
    ]
    assert Authenticator.objects.exists()


def test_a_new_password_leads_back_to_ones_own_account(colleague):
    kim = colleague()
    kim.sign_in()
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    assert kim.client.post(reverse("account_change_password"), form).url == reverse("mfa_index")


def test_a_sign_in_stands_in_the_trail_once_it_is_complete(two_factors, colleague):
    kim = colleague()
    kim.sign_in()
    kim.enrol()
    kim.client = Client()
    before = Entry.objects.filter(verb="sign_in").count()
    kim.sign_in()

    assert Entry.objects.filter(verb="sign_in").count() == before
    kim.show_code()
    assert Entry.objects.filter(verb="sign_in", actor_id=kim.user.pk).count() == before + 1


def test_the_first_administrator_is_entered_by_a_command(db, client, capsys):
    call_command("create_colleague", "Ida@Example.org", "Ida Holm", "administrator", team=["Øst"])
    link = capsys.readouterr().out.split()[-1]
    ida = User.objects.get()

    assert not ida.has_usable_password()
    assert (ida.email, ida.role, [team.name for team in ida.teams.all()]) == (
        "ida@example.org",
        Role.ADMINISTRATOR,
        ["Øst"],
    )
    assert choose(client, link).url == reverse("account_reset_password_from_key_done")
    assert client.post(reverse("account_login"), {"login": ida.email, "password": NEW}).status_code == 302


@pytest.mark.parametrize("email", ["not an address", "ida@example.org"])
def test_the_command_refuses_what_cannot_be_a_new_colleague(db, email):
    call_command("create_colleague", "ida@example.org", "Ida Holm", "officer")

    with pytest.raises(CommandError):
        call_command("create_colleague", email, "Ib", "officer")
