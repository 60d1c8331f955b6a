"""The doctor says what is broken, and all is well where nothing is."""

import json
from collections import namedtuple
from datetime import timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.models import Authenticator
from django.core.checks import Warning as Warned
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from events.models import SeatCounter
from outreach.accounts.models import Role, User
from outreach.accounts.seeds import sealed
from outreach.audit.models import Verification
from outreach.doctor import checks, registry
from outreach.mail.models import OutboxMessage
from outreach.queue.enqueue import enqueue
from outreach.queue.models import PeriodicJob
from outreach.sealing.key_files import SPECIAL_NEEDS
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def healthy(settings, monkeypatch):
    settings.SECOND_FACTOR_REQUIRED = True
    for number in range(2):
        one = User.objects.create_user(email=f"a{number}@example.org", name="A", role=Role.ADMINISTRATOR)
        Authenticator.objects.create(user=one, type="totp", data={"secret": sealed("A" * 32)})
    DBTaskResult.objects.all().delete()
    # Grants are made in the tests of the wall.
    asked = [check for check in registry._registered if check not in LEFT_OUT]
    monkeypatch.setattr(registry, "_registered", asked)
    monkeypatch.setattr(checks.watching, "is_kept", lambda: True)
    Verification.objects.create(at=timezone.now(), last=0, walked=0, faults=0)


LEFT_OUT = (checks.of_grants, checks.of_deployment)  # the second is a check of CI, under each process's settings


def said(*arguments: str) -> str:
    out = StringIO()
    try:
        call_command("doctor", *arguments, stdout=out)
    except CommandError as error:
        out.write(str(error))
    return out.getvalue()


def test_a_healthy_installation_is_told_that_all_is_well():
    assert said() == "All is well.\n"
    assert said("--json") == "[]\n"


def no_debugging_off(settings, tmp_path, monkeypatch):
    settings.DEBUG = True


def wildcard(settings, tmp_path, monkeypatch):
    settings.ALLOWED_HOSTS = ["*"]


def password_alone(settings, tmp_path, monkeypatch):
    settings.SECOND_FACTOR_REQUIRED = False


def open_key_file(settings, tmp_path, monkeypatch):
    path = tmp_path / "needs.key"
    path.write_bytes(settings.SEALING_KEY_FILES[SPECIAL_NEEDS].read_bytes())
    path.chmod(0o644)
    settings.SEALING_KEY_FILES = {**settings.SEALING_KEY_FILES, SPECIAL_NEEDS: path}


def lost_key(settings, tmp_path, monkeypatch):
    RegistrationFactory(event=EventFactory(), needs="Kørestol")
    path = tmp_path / "needs.key"
    path.touch(mode=0o600)
    path.write_bytes(b"q7Zr0cO2mJX1l8dH5vT9wKfYb3nS6uGeAiPoLxCjD4E=")
    settings.SEALING_KEY_FILES = {**settings.SEALING_KEY_FILES, SPECIAL_NEEDS: path}


def waiting(settings, tmp_path, monkeypatch):
    enqueue("events.ask_who_comes")
    long_ago = timezone.now() - timedelta(hours=1)
    DBTaskResult.objects.update(enqueued_at=long_ago, run_after=long_ago)


def given_up(settings, tmp_path, monkeypatch):
    enqueue("events.ask_who_comes")
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())


def failing_job(settings, tmp_path, monkeypatch):
    PeriodicJob.objects.create(name="x.y", next_at=timezone.now() + timedelta(hours=1), failures=3)


def late_job(settings, tmp_path, monkeypatch):
    PeriodicJob.objects.create(name="x.y", next_at=timezone.now() - timedelta(hours=1))


def unsent_mail(settings, tmp_path, monkeypatch):
    now = timezone.now()
    state = OutboxMessage.State.FAILED
    OutboxMessage.objects.create(kind="x", to="a@example.org", state=state, created_at=now, next_attempt_at=now)


def late_mail(settings, tmp_path, monkeypatch):
    then = timezone.now() - timedelta(hours=1)
    OutboxMessage.objects.create(kind="x", to="a@example.org", created_at=then, next_attempt_at=then)


def no_mail_server(settings, tmp_path, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def no_checkpoints(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(checks.watching, "is_kept", lambda: False)


def never_verified(settings, tmp_path, monkeypatch):
    Verification.objects.all().delete()


def no_time_zones(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "ZoneInfo", lambda _name: ZoneInfo("UTC"))


def nothing_collected(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "staticfiles_storage", Uncollected())


class Uncollected(checks.ManifestFilesMixin):
    hashed_files = {}

    def __init__(self):
        pass


def seats_miscounted(settings, tmp_path, monkeypatch):
    SeatCounter.objects.filter(event=EventFactory()).update(taken=1, in_person_taken=1)


def broken_chain(settings, tmp_path, monkeypatch):
    Verification.objects.create(at=timezone.now(), last=9, walked=9, faults=2)


def old_chain(settings, tmp_path, monkeypatch):
    Verification.objects.update(at=timezone.now() - timedelta(days=8))


def migration_waits(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(checks.MigrationExecutor, "migration_plan", lambda *_args: ["one"])


def one_administrator(settings, tmp_path, monkeypatch):
    Authenticator.objects.first().delete()


def full_disk(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _there: namedtuple("Usage", "free")(1))


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (no_debugging_off, "settings: DEBUG is on"),
        (wildcard, "settings: ALLOWED_HOSTS has a wildcard"),
        (password_alone, "settings: A password alone signs in"),
        (open_key_file, "keys: SPECIAL_NEEDS_KEY_FILE: others may read"),
        (lost_key, "keys: Some of the latest texts of events.registration.needs are opened by no key"),
        (waiting, "queue: 1 tasks have waited"),
        (given_up, "queue: 1 tasks were given up"),
        (failing_job, "queue: The periodic job x.y keeps failing"),
        (late_job, "queue: The periodic job x.y is late"),
        (unsent_mail, "mail: 1 mails were given up"),
        (late_mail, "mail: 1 mails have waited"),
        (no_mail_server, "mail: The mail server does not let us in (ConnectionRefusedError)"),
        (no_checkpoints, "chain: No checkpoints of the trail are signed"),
        (never_verified, "chain: The trail has never been verified"),
        (no_time_zones, "clock: The time zone data of this machine"),
        (nothing_collected, "files: The style sheets and scripts are not collected"),
        (seats_miscounted, "seats: The seats of 1 events are counted wrong"),
        (broken_chain, "chain: The trail of reads and writes had 2 faults"),
        (old_chain, "chain: The trail has not been verified for a week"),
        (migration_waits, "migrations: 1 migrations are not applied"),
        (one_administrator, "administrators: 1 administrators have a second factor"),
        (full_disk, "disk: MEDIA_ROOT has less than 1 GB left"),
    ],
)
def test_what_is_broken_is_said_and_what_to_do(broken, sentence, settings, tmp_path, monkeypatch):
    broken(settings, tmp_path, monkeypatch)

    assert sentence in said()
    assert "not right" in said()
    assert {finding["about"] for finding in json.loads(said("--json").partition("\n")[0])} == {
        sentence.partition(":")[0]
    }


def test_what_the_framework_warns_of_is_said(monkeypatch):
    warned = [Warned("SECRET_KEY is weak", hint="Make a longer one.", id="security.W009")]
    monkeypatch.setattr(checks.framework, "run_checks", lambda **_options: warned)

    assert list(checks.of_deployment()) == [("settings", "security.W009: SECRET_KEY is weak", "Make a longer one.")]


@pytest.mark.postgresql
def test_a_right_too_many_is_said(wall):
    assert list(checks.of_grants()) == []

    with connection.cursor() as cursor:
        cursor.execute("grant delete on accounts_user to outreach_public")

    (finding,) = checks.of_grants()
    assert "too much" in finding.wrong
    assert "accounts_user" in finding.wrong


@pytest.mark.postgresql
def test_a_clock_that_is_wrong_is_said(monkeypatch):
    assert list(checks.of_clock()) == []

    monkeypatch.setattr(checks, "LARGEST_DIFFERENCE", timedelta(0))

    assert [finding.about for finding in checks.of_clock()] == ["clock"]
