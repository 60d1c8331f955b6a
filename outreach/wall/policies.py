"""Which rows each role meets: row-level security on PostgreSQL, on top of the grants.

What visitors meet stands here, what colleagues meet in inside.py. A rule is SQL over the columns of its own table.
What it reads of another table it reads as the public role, so the policy of that table holds inside it: a page type
needs only ask whether its page is there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import ForeignKey, Model
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from outreach.queue import names

from .accounts import ACCOUNTS
from .grants import TABLE
from .inside import AT_WORK, INSIDE, Inside
from .tables import concrete_models


@dataclass(frozen=True)
class Rule:
    """Rows the public role may read, and rows it may hand in; "" for none."""

    read: str = ""
    hand_in: str = ""


# The sizes in which pages show pictures; the app that makes them at publishing adds its own.
SHOWN_SIZES: set[str] = set()

LIVE = "live AND NOT expired AND (expire_at IS NULL OR expire_at > now())"
ANNOUNCED = "status <> 'draft' AND visibility IN ('public', 'unlisted')"
PENDING = (
    "status = 'pending' AND queue_number IS NULL AND offer_expires_at IS NULL AND registered_by_id IS NULL "
    "AND confirmed_at IS NULL AND cancelled_at IS NULL AND held_seats_id IS NULL AND answer = '' "
    "AND asked_at IS NULL AND comes_at IS NULL AND invitation_id IS NULL "
    "AND replaces_id IS NULL AND wishes_mode = '' AND shown = 'hidden' "
    "AND EXISTS (SELECT 1 FROM events_event e WHERE e.id = event_id AND e.status = 'published' "
    "AND e.attendance IN ('both', mode)) AND jsonb_typeof(answers) = 'object' "
    # Answers to what this event asks, and to nothing else.
    "AND NOT EXISTS (SELECT FROM jsonb_object_keys(answers) said WHERE said NOT IN "
    "(SELECT q.id::text FROM events_question q WHERE q.event_id = events_registration.event_id))"
)

ASKED = (
    "status = 'pending' AND handler_id IS NULL AND answer = '' AND confirmed_at IS NULL AND closed_at IS NULL "
    "AND jsonb_typeof(themes) = 'array'"
)
MAILBOX = "hash = '' AND nonce = '' AND expires_at IS NULL"
HANDED_OUT = (
    "readers = 'everyone' AND EXISTS (SELECT 1 FROM events_event e WHERE e.id = event_id "
    "AND (NOT after_event OR e.ends_at <= now()))"
)
CORRECTED = "status = 'pending' AND decided_by_id IS NULL AND closed_at IS NULL"


def _of_event(column: str = "event_id") -> str:
    return f"EXISTS (SELECT 1 FROM events_event e WHERE e.id = {column})"  # noqa: S608


def _showing() -> str:
    """A notice is prepared in advance: nobody outside reads it before its time, or after."""
    times = "s.shows_from <= now() AND s.shows_until > now()"
    return f"EXISTS (SELECT 1 FROM content_showing s WHERE s.id = showing_ptr_id AND {times})"  # noqa: S608


def _of_page(column: str) -> str:
    return f"EXISTS (SELECT 1 FROM wagtailcore_page p WHERE p.id = {column})"  # noqa: S608


def _shown_size() -> str:
    """Pictures are made in these sizes when a page that shows them is published; others are for the desk."""
    return f"filter_spec IN ({', '.join(repr(size) for size in sorted(SHOWN_SIZES))})" if SHOWN_SIZES else "false"


def _allowed_task() -> str:
    """Only tasks on the public list, and only as a fresh row that waits its turn."""
    paths = ", ".join(f"'{names.TASKS[name]}'" for name in sorted(names.PUBLIC))
    fresh = "status = 'READY' AND started_at IS NULL AND finished_at IS NULL AND priority = 0"
    ours = "queue_name = 'default' AND backend_name = 'default' AND worker_ids = '[]'::jsonb"
    return f"task_path IN ({paths}) AND {fresh} AND {ours}" if paths else "false"


def rules() -> dict[str, Rule]:
    """The rule of every model that has one, by label."""
    return {
        "wagtailcore.Page": Rule(read=LIVE),
        "content.Notice": Rule(read=_showing()),
        "wagtailimages.Image": Rule(
            read="EXISTS (SELECT 1 FROM wagtailimages_rendition r WHERE r.image_id = wagtailimages_image.id)"
        ),
        "wagtailimages.Rendition": Rule(read=_shown_size()),
        "events.Event": Rule(read=ANNOUNCED),
        "events.AgendaItem": Rule(read=_of_event()),
        "events.HeldSeats": Rule(read=_of_event()),
        "events.Material": Rule(read=HANDED_OUT),
        "events.Question": Rule(read=_of_event()),
        "events.SeatCounter": Rule(read=_of_event()),
        "events.Registration": Rule(hand_in=PENDING),
        "events.Correction": Rule(hand_in=CORRECTED),
        "events.MailboxLink": Rule(hand_in=MAILBOX),
        "events.FormLink": Rule(hand_in=f"{MAILBOX} AND (event_id IS NULL OR {_of_event()})"),
        "events.DialogueRequest": Rule(hand_in=ASKED),
        "django_tasks_database.DBTaskResult": Rule(hand_in=_allowed_task()),
        **dict(_page_rules()),
    }


def _page_rules() -> Iterator[tuple[str, Rule]]:
    """Every page type, and every model whose rows are part of a page, as far as the public role reads them."""
    for model in apps.get_models(include_auto_created=True):
        if "S" not in TABLE[model._meta.label].public or model is Page or model._meta.proxy:
            continue
        if issubclass(model, Page):
            yield model._meta.label, Rule(read=_of_page(model._meta.pk.column))
        elif column := _column_of_page(model):
            yield model._meta.label, Rule(read=_of_page(column))


def _column_of_page(model: type[Model]) -> str:
    """Of a page's own children, and of the links from a page to something else."""
    own = ForeignKey if model._meta.auto_created else ParentalKey
    keys = (field for field in model._meta.concrete_fields if isinstance(field, own))
    return next((field.column for field in keys if issubclass(field.related_model, Page)), "")


@dataclass(frozen=True)
class Policy:
    """One policy as PostgreSQL knows it."""

    table: str
    name: str
    command: str
    roles: tuple[str, ...]
    using: str = ""
    check: str = ""


def policies() -> list[Policy]:
    """What the public role reads and hands in, and what each colleague and the worker meet of those and of INSIDE."""
    models = concrete_models()
    outside, inside = rules(), INSIDE | ACCOUNTS
    return [
        policy
        for label in sorted(outside.keys() | inside.keys())
        for policy in _policies_of(models[label]._meta.db_table, outside.get(label, Rule()), inside.get(label))
    ]


def _policies_of(table: str, rule: Rule, inside: Inside | None) -> Iterator[Policy]:
    if rule.read:
        yield Policy(table, "public_reads", "SELECT", ("outreach_public",), using=rule.read)
    if rule.hand_in:
        yield Policy(table, "public_hands_in", "INSERT", ("outreach_public",), check=rule.hand_in)
    if inside is None:
        yield Policy(table, "inside", "ALL", ("outreach_internal", "outreach_worker"), using="true", check="true")
    else:
        yield from _policies_inside(table, inside)


def _policies_inside(table: str, inside: Inside) -> Iterator[Policy]:
    sees, changes, leaves = (rule.replace("@", table) for rule in (inside.sees, inside.changes, inside.leaves))
    role = ("outreach_internal",)
    yield Policy(table, "worker", "ALL", ("outreach_worker",), using=AT_WORK, check=AT_WORK)
    if sees == changes == leaves:
        yield Policy(table, "colleague", "ALL", role, using=sees, check=sees)
        return
    yield Policy(table, "colleague_sees", "SELECT", role, using=sees)
    yield Policy(table, "colleague_adds", "INSERT", role, check=leaves)
    yield Policy(table, "colleague_changes", "UPDATE", role, using=changes, check=leaves)
    yield Policy(table, "colleague_removes", "DELETE", role, using=changes)
