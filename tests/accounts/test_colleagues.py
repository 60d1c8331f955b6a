"""An administrator enters colleagues, changes what they are, closes accounts and opens them again; never their own."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from contacts.models import FollowUp
from outreach.accounts.models import Role, Session, Team, User
from outreach.accounts.services import colleagues
from outreach.audit.models import Entry
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_password import choose, mailed_link
from tests.contacts.factories import FollowUpFactory, OrganisationFactory, PersonFactory
from tests.events.factories import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ida(colleague):
    """An administrator at work."""
    ida = colleague(Role.ADMINISTRATOR, name="Ida Holm", language="en")
    ida.sign_in()
    return ida


def page(name, *args):
    return reverse(f"colleagues:{name}", args=args)


def facts(**changed):
    return {"name": "Ana Berg", "role": "officer", "language": "en", **changed}


def told(about):
    return list(Entry.objects.about(about).exclude(verb__in=["view", "sign_in"]).values_list("verb", "reason"))


def sends(ida, where, colleague, **sent):
    """Sends the form as the page shows it now, but for what was ``sent``."""
    shown = ida.client.get(page(where, colleague.pk)).text
    version = re.search(r'name="version"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="version"', shown)
    return ida.client.post(page(where, colleague.pk), {"version": version[1] or version[2], **sent})


def test_a_colleague_who_is_entered_chooses_a_password_by_a_mailed_link(ida, work, settings):
    settings.INTERNAL_BASE_URL = "https://inside.example"
    team = Team.objects.create(name="Team West")
    form = facts(email="Ana@Example.org", teams=[team.pk])

    answer = ida.client.post(page("new"), form)
    work()

    ana = User.objects.get(email="ana@example.org")
    assert answer.url == page("colleague", ana.pk)
    assert (ana.name, ana.role, list(ana.teams.all()), ana.has_usable_password()) == (
        "Ana Berg",
        "officer",
        [team],
        False,
    )
    assert mail.outbox[-1].to == ["ana@example.org"]
    browser = Client()
    assert choose(browser, mailed_link()).url == reverse("account_reset_password_from_key_done")
    assert told(ana)[0] == ("create", "role: officer") or told(ana)[-1] == ("create", "role: officer")


@pytest.mark.parametrize("email", ["K1@example.org", "no address", ""])
def test_nobody_is_entered_twice_or_without_an_address(ida, colleague, email):
    colleague(email="k1@example.org")

    assert ida.client.post(page("new"), facts(email=email)).status_code == 422
    assert User.objects.count() == 2


def test_a_form_sent_twice_enters_one_colleague(ida):
    form = facts(email="ana@example.org", form_key="8b0f2f0e-6a0e-4c76-9d6e-0d7f5b7f3a11")

    answers = [ida.client.post(page("new"), form).url for _ in range(2)]

    assert answers[0] == answers[1]
    assert DBTaskResult.objects.filter(task_path__endswith="tasks.entered").count() == 1


def test_a_new_role_holds_from_the_next_request(ida, colleague):
    kim = colleague()
    kim.sign_in()
    assert kim.client.get(reverse("workspace:people")).status_code == 200

    sends(ida, "colleague", kim.user, **facts(role="editor"))

    assert kim.client.get(reverse("workspace:people")).status_code == 403
    assert kim.client.get(reverse("wagtailadmin_home")).status_code == 200
    assert ("change", "role: officer to editor") in told(kim.user)


def test_who_is_no_administrator_any_more_is_no_superuser_either(ida, colleague):
    kim = colleague(Role.ADMINISTRATOR, is_superuser=True)

    sends(ida, "colleague", kim.user, **facts(role="editor"))

    kim.user.refresh_from_db()
    assert (kim.user.role, kim.user.is_superuser, kim.user.is_staff) == ("editor", False, True)


def test_of_two_administrators_who_save_at_once_the_second_is_told_and_loses_nothing(ida, colleague):
    kim = colleague(name="Kim Lund")
    sent = {"version": kim.user.version, **facts(name="Kim Berg")}
    colleagues.change(User.objects.get(pk=kim.user.pk), [], actor=ida.user)

    answer = ida.client.post(page("colleague", kim.user.pk), sent)

    assert answer.status_code == 422
    assert "Saved meanwhile: Kim Lund" in answer.text
    assert 'value="Kim Berg"' in answer.text
    kim.user.refresh_from_db()
    assert kim.user.name == "Kim Lund"


def test_nobody_changes_their_own_role_nor_closes_their_own_account(ida):
    sends(ida, "colleague", ida.user, **facts(name="Ida Ny", role="officer"))
    assert ida.client.post(page("close", ida.user.pk)).url == page("colleague", ida.user.pk)

    ida.user.refresh_from_db()
    assert (ida.user.name, ida.user.role, ida.user.is_active) == ("Ida Ny", Role.ADMINISTRATOR, True)
    for refused in (colleagues.close, lambda user, actor: colleagues.change(demoted(user), [], actor=actor)):
        with pytest.raises(colleagues.OwnAccount):
            refused(User.objects.get(pk=ida.user.pk), actor=ida.user)


def demoted(user):
    user.role = Role.EDITOR
    return user


def test_whoever_lost_the_role_a_moment_ago_does_nothing_with_it(ida, colleague):
    """So of two who close each other's account in the same moment one stays: each holds who administers."""
    other = colleague(Role.ADMINISTRATOR)
    colleagues.close(other.user, actor=ida.user)

    for act in (colleagues.close, colleagues.reopen, colleagues.send_link):
        with pytest.raises(colleagues.NotAnAdministrator):
            act(User.objects.get(pk=ida.user.pk), actor=other.user)
    assert User.objects.administrators().get() == ida.user


def test_a_closed_account_is_out_at_once_and_asks_for_nothing_more(ida, colleague, work):
    kim = colleague(email="kim@example.org")
    kim.sign_in()
    assert Session.objects.of(kim.user).exists()

    sends(ida, "close", kim.user)

    assert kim.client.get(reverse("workspace:people")).status_code == 302
    assert not Session.objects.of(kim.user).exists()
    kim.client = Client()
    kim.sign_in()
    assert kim.client.get(reverse("workspace:people")).status_code == 302
    kim.client.post(reverse("account_reset_password"), {"email": kim.user.email})
    work()
    assert mail.outbox == []
    assert ("change", "account closed") in told(kim.user)


def test_an_account_is_opened_again_with_what_it_had(ida, colleague):
    kim = colleague()
    colleagues.close(kim.user, actor=ida.user)

    sent = {"version": kim.user.version}
    ida.client.post(page("reopen", kim.user.pk), sent)

    kim.sign_in(PASSWORD)
    assert kim.client.get(reverse("workspace:people")).status_code == 200


def test_before_an_account_is_closed_it_is_said_what_it_answers_for_in_numbers(ida, colleague):
    kim = colleague()
    PersonFactory.create_batch(2, owner=kim.user, name="Amina Secret", restricted=True)
    OrganisationFactory(owner=kim.user)
    FollowUpFactory.create_batch(4, owner=kim.user)
    EventFactory(owner=kim.user, starts_at=timezone.now() + timezone.timedelta(days=3))
    assert FollowUp.objects.filter(owner=kim.user).count() == 4

    shown = re.sub(r"<[^>]+>", " ", ida.client.get(page("close", kim.user.pk)).text)

    assert [int(found) for found in re.findall(r"(?:Contacts|Open follow-ups|Coming events):\s+(\d+)", shown)] == [
        3,
        4,
        1,
    ]
    assert "Amina" not in shown


def test_the_list_says_who_has_a_second_factor_and_takes_as_many_queries_for_many(
    ida, colleague, django_assert_max_num_queries
):
    for _ in range(12):
        colleague()
    with django_assert_max_num_queries(12):
        shown = ida.client.get(page("list")).text

    assert shown.count("Password only") == 13
    entry = Entry.objects.get(verb="list", object_label="accounts.User")
    assert len(entry.ids) == 13
