"""What the doctor asks of the ground floor; each check says what it found wrong, and what to do about it."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core import checks as framework
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outreach.accounts.models import Role, User
from outreach.audit import watching
from outreach.audit.models import Verification
from outreach.mail.models import OutboxMessage
from outreach.queue.models import PeriodicJob
from outreach.sealing.key_files import VARIABLES, BadKeyFile, sound_keys_in
from outreach.sealing.places import places
from outreach.wall import functions, privileges, roles, row_security

from .registry import Check, Finding

SAMPLE = 20  # of the latest sealed texts of each place
LONGEST_WAIT = timedelta(minutes=15)
LARGEST_DIFFERENCE = timedelta(seconds=5)
VERIFIED_WITHIN = timedelta(days=7)
LEAST_FREE = 1024**3  # bytes


def of_settings() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding("settings", "DEBUG is on: an error shows secrets to whoever meets it.", "Turn it off.")
    if any("*" in host or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        yield Finding("settings", "ALLOWED_HOSTS has a wildcard.", "Name each host.")
    if not settings.SECOND_FACTOR_REQUIRED:
        yield Finding("settings", "A password alone signs in.", "Run under the settings of production.")


def of_deployment() -> Iterator[Finding]:
    """What the framework itself warns of: secrets, cookies, redirects to TLS."""
    for told in framework.run_checks(include_deployment_checks=True):
        if told.level >= framework.WARNING and not told.is_silenced():
            yield Finding("settings", f"{told.id}: {told.msg}", told.hint or "Set it as the README says.")


def of_keys() -> Iterator[Finding]:
    for register_name, path in settings.SEALING_KEY_FILES.items():
        try:
            sound_keys_in(path)
        except BadKeyFile as fault:
            yield Finding("keys", f"{VARIABLES[register_name]}: {fault}", "Mend the file, or bring it back (README).")
    for place in places():
        if not all(place.opens(SAMPLE)):
            do = f"Bring the key back into the file of {VARIABLES[place.register]}."
            yield Finding("keys", f"Some of the latest texts of {place.name} are opened by no key.", do)


def of_grants() -> Iterator[Finding]:
    if connection.vendor == "postgresql":
        for fault in [fault for part in (roles, functions, privileges, row_security) for fault in part.faults()]:
            yield Finding("grants", f"The database differs from what it should be: {fault}.", "Run manage.py grants.")


def of_migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding("migrations", f"{len(waiting)} migrations are not applied.", "Run manage.py migrate and grants.")


def of_queue() -> Iterator[Finding]:
    if failed := DBTaskResult.objects.failed().count():
        yield Finding(
            "queue", f"{failed} tasks were given up.", "Run manage.py queue to see why; --retry starts them."
        )
    due = timezone.now() - LONGEST_WAIT
    if late := DBTaskResult.objects.filter(status="READY", enqueued_at__lt=due, run_after__lt=due).count():
        yield Finding("queue", f"{late} tasks have waited for over 15 minutes.", "See that manage.py worker runs.")
    for job in PeriodicJob.objects.failing():
        yield Finding("queue", f"The periodic job {job.name} keeps failing.", "Run manage.py queue to see why.")
    for job in PeriodicJob.objects.due(due):
        yield Finding("queue", f"The periodic job {job.name} is late.", "See that manage.py worker runs.")


def of_mail() -> Iterator[Finding]:
    if given_up := OutboxMessage.objects.failed().count():
        yield Finding("mail", f"{given_up} mails were given up.", "Run manage.py outbox to see why, and --retry.")
    if waiting := OutboxMessage.objects.due(timezone.now() - LONGEST_WAIT).count():
        yield Finding("mail", f"{waiting} mails have waited for over 15 minutes.", "See that manage.py worker runs.")


def of_mail_server() -> Iterator[Finding]:
    line = get_connection(timeout=10) if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") else get_connection()
    try:
        line.open()
    except OSError as error:  # smtplib's own are among them
        wrong = f"The mail server does not let us in ({type(error).__name__})."
        yield Finding("mail", wrong, "See EMAIL_URL, and that the server runs.")
    else:
        line.close()


def of_chain() -> Iterator[Finding]:
    latest = Verification.objects.order_by("at").last()
    if not watching.is_kept():
        wrong = "No checkpoints of the trail are signed: a cut tail would not be found."
        yield Finding("chain", wrong, "Make a key (manage.py audit key), and name it and a folder in the settings.")
    if latest is None:
        yield Finding("chain", "The trail has never been verified.", "Run manage.py audit verify.")
    if latest and latest.faults:
        wrong = f"The trail of reads and writes had {latest.faults} faults when it was last verified."
        yield Finding("chain", wrong, "Run manage.py audit verify, and keep what it says.")
    if latest and latest.at < timezone.now() - VERIFIED_WITHIN:
        yield Finding("chain", "The trail has not been verified for a week.", "Run manage.py audit verify.")


def of_administrators() -> Iterator[Finding]:
    holders = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values("user")
    ready = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True, pk__in=holders).count()
    if ready < 2:
        wrong = f"{ready} administrators have a second factor; it takes two to help one who has lost theirs."
        yield Finding("administrators", wrong, "Let another administrator sign in and add a second factor.")


def of_clock() -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        (there,) = cursor.fetchone()
    if abs(there - timezone.now()) > LARGEST_DIFFERENCE:
        yield Finding("clock", "This machine and the database tell different times.", "Let both ask a time server.")


def of_time_zones() -> Iterator[Finding]:
    """Without the data of its zone, or with old data, every hour that is shown would be wrong for half the year."""
    try:
        summer = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/Copenhagen")).utcoffset()
    except ZoneInfoNotFoundError:
        summer = None
    if summer != timedelta(hours=2):
        yield Finding("clock", "The time zone data of this machine is missing or wrong.", "Install tzdata.")


def of_static_files() -> Iterator[Finding]:
    if isinstance(staticfiles_storage, ManifestFilesMixin) and not staticfiles_storage.hashed_files:
        yield Finding("files", "The style sheets and scripts are not collected.", "Run manage.py collectstatic.")


def of_folders() -> Iterator[Finding]:
    for name in ("MEDIA_ROOT", "MATERIALS_ROOT", "ATTACHMENTS_ROOT"):
        folder = Path(getattr(settings, name))
        if folder.exists() and not os.access(folder, os.W_OK):
            yield Finding("disk", f"{name} cannot be written to.", "Give the folder to the user of the process.")
        there = next(one for one in (folder, *folder.parents) if one.exists())
        if shutil.disk_usage(there).free < LEAST_FREE:
            yield Finding("disk", f"{name} has less than 1 GB left.", "Make room.")


CHECKS: tuple[Check, ...] = (
    of_settings,
    of_deployment,
    of_keys,
    of_grants,
    of_migrations,
    of_queue,
    of_mail,
    of_mail_server,
    of_chain,
    of_administrators,
    of_clock,
    of_time_zones,
    of_static_files,
    of_folders,
)
