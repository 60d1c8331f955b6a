"""The rows the public role meets, asked over a connection of that role."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from psycopg import sql
from wagtail.models import Page

from content.models import Notice, PracticePage, ResourcePage, Theme
from content.models.audiences import TicksField
from events.models import Event, Registration, SeatCounter
from outreach.accounts.models import User
from outreach.queue import names

pytestmark = pytest.mark.postgresql
NOW = datetime.now(UTC)


def new_event(**facts):
    owner, _ = User.objects.get_or_create(email="ida@example.org", defaults={"name": "Ida"})
    day = {"starts_at": NOW + timedelta(days=9), "ends_at": NOW + timedelta(days=9, hours=2)}
    event = Event.objects.create(owner=owner, title="Møde", slug=f"m-{Event.objects.count()}", **day, **facts)
    SeatCounter.objects.create(event=event, capacity=10)
    return event


@pytest.fixture
def visitor(transactional_db, connect):
    """A connection of the public role. What the test makes is committed, so that it can be seen or stay hidden."""
    return connect("public")


def insert(session, table, row):
    """Without RETURNING: that would need the right to read."""
    columns = sql.SQL(", ").join(map(sql.Identifier, row))
    values = sql.SQL(", ").join(map(sql.Placeholder, row))
    session.execute(sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(table), columns, values), row)


def hand_in(session, event, **facts):
    """What the public process writes when a visitor registers."""
    row = {
        "id": "8b0f2f0e-6a0e-4c76-9d6e-0d7f5b7f3a11",
        "event_id": event.pk,
        "status": "pending",
        "shown": "hidden",
        "created_at": NOW,
        **facts,
    }
    texts = dict.fromkeys(("name", "email", "organisation", "role", "folded_key"), "x")
    texts |= {
        "language": "da",
        "mode": "in_person",
        "needs": "",
        "partner_kind": "",
        "sector": "",
        "answer": "",
        "answers": "{}",
        "proposed_by": "",
        "wishes_mode": "",
    }
    row = texts | row
    insert(session, "events_registration", row)


def enqueue(session, path, **facts):
    row = {
        "id": "8b0f2f0e-6a0e-4c76-9d6e-0d7f5b7f3a12",
        "status": "READY",
        "enqueued_at": NOW,
        "args_kwargs": "{}",
        "priority": 0,
        "task_path": path,
        "worker_ids": "[]",
        "queue_name": "default",
        "backend_name": "default",
        "run_after": NOW,
        "exception_class_path": "",
        "traceback": "",
        **facts,
    }
    insert(session, "django_tasks_database_dbtaskresult", row)


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        ({}, True),
        ({"live": False}, False),
        ({"expired": True}, False),
        ({"expire_at": NOW - timedelta(minutes=1)}, False),
        ({"expire_at": NOW + timedelta(days=1)}, True),
    ],
)
def test_a_page_is_seen_while_it_is_live(visitor, state, seen):
    page = Page.get_first_root_node().add_child(instance=Page(title="Advice", **state))

    titles = visitor.execute("SELECT title FROM wagtailcore_page WHERE id = %s", [page.pk]).fetchall()

    assert titles == ([("Advice",)] if seen else [])


@pytest.mark.parametrize(
    ("status", "visibility", "seen"),
    [
        ("published", "public", True),
        ("published", "unlisted", True),
        ("published", "invitation", False),
        ("cancelled", "public", True),
        ("draft", "public", False),
        ("draft", "unlisted", False),
    ],
)
def test_an_event_and_its_seats_are_seen_once_announced(visitor, status, visibility, seen):
    new_event(status=status, visibility=visibility)

    assert visitor.execute("SELECT count(*) FROM events_event").fetchone() == (int(seen),)
    assert visitor.execute("SELECT count(*) FROM events_seatcounter").fetchone() == (int(seen),)


def test_a_visitor_hands_in_a_pending_registration_and_cannot_read_it_back(visitor):
    event = new_event(status="published")

    hand_in(visitor, event)

    assert Registration.objects.get().status == "pending"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        visitor.execute("SELECT id FROM events_registration")


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "confirmed"},
        {"status": "waiting"},
        {"queue_number": 1},
        {"confirmed_at": NOW},
        {"cancelled_at": NOW},
        {"offer_expires_at": NOW},
    ],
)
def test_no_visitor_hands_in_more_than_a_wish(visitor, facts):
    event = new_event(status="published")

    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        hand_in(visitor, event, **facts)


def test_no_visitor_hands_in_in_clear_what_stands_sealed(visitor):
    with pytest.raises(psycopg.errors.CheckViolation, match="needs_are_sealed"):
        hand_in(visitor, new_event(status="published"), needs="Kørestol")


@pytest.mark.parametrize("facts", [{"status": "draft"}, {"status": "cancelled"}, {"visibility": "invitation"}])
def test_no_visitor_registers_for_what_is_not_announced(visitor, facts):
    event = new_event(**{"status": "published"} | facts)

    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        hand_in(visitor, event)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events_registration SET status = 'confirmed'",
        "DELETE FROM events_registration",
        "UPDATE events_seatcounter SET taken = 0",
        "UPDATE events_event SET status = 'published'",
        "UPDATE wagtailcore_page SET live = true",
        "DELETE FROM django_tasks_database_dbtaskresult",
        "TRUNCATE events_event",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "ALTER TABLE events_event DISABLE ROW LEVEL SECURITY",
        "SET ROLE outreach_internal",
    ],
)
def test_no_visitor_changes_what_is_there(visitor, statement):
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)):
        visitor.execute(statement)


@pytest.mark.parametrize("path", ["os.system", "outreach.queue.reaper.prune", "wagtail.tasks.update_reference_index"])
def test_no_visitor_starts_a_task_that_is_not_on_the_list(visitor, path):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        enqueue(visitor, path)


def page_types():
    return [model for model in apps.get_models() if issubclass(model, Page) and model is not Page]


def required_values(model):
    """Whatever a page of this type must say, so that a new type needs no change here."""
    own = [field for field in model._meta.local_fields if not field.blank and not field.primary_key]
    values = {"body": [("heading", "Ring.")]} if hasattr(model, "body") else {}
    for field in own:
        if isinstance(field, TicksField):
            values[field.name] = field.vocabulary.values[:1]
        elif isinstance(field, CharField | TextField) and not field.has_default():
            values[field.name] = field.choices[0][0] if field.choices else "Ring."
    return values


@pytest.mark.parametrize("model", page_types(), ids=lambda model: model.__name__)
def test_what_a_page_type_adds_is_seen_with_its_page_and_hidden_with_it(visitor, model):
    """A policy on Wagtail's table alone would leave the text of a draft readable in the table of its type."""
    page = Page.get_first_root_node().add_child(
        instance=model(title="Advice", slug="advice", **required_values(model))
    )
    counting = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(model._meta.db_table))
    seen = visitor.execute(counting).fetchone()

    Page.objects.filter(pk=page.pk).update(live=False)

    assert (seen, visitor.execute(counting).fetchone()) == ((1,), (0,))


@pytest.mark.parametrize(("begins", "ends", "seen"), [(-1, 1, 1), (1, 2, 0), (-2, -1, 0)])
def test_a_prepared_notice_is_read_in_its_time_only(visitor, begins, ends, seen):
    """When it shows may be known before, so that no page is kept past that; what it says may not."""
    times = {"shows_from": NOW + timedelta(hours=begins), "shows_until": NOW + timedelta(hours=ends)}
    Notice.objects.create(heading_da="Lukket", heading_en="Closed", **times)

    assert visitor.execute("SELECT count(*) FROM content_notice").fetchone() == (seen,)
    assert visitor.execute("SELECT count(*) FROM content_showing").fetchone() == (1,)


@pytest.mark.parametrize("model", [PracticePage, ResourcePage], ids=lambda model: model.__name__)
def test_what_a_page_is_about_is_hidden_with_it(visitor, model):
    page = model(title="Advice", slug="advice", **required_values(model))
    page.themes = [Theme.objects.create(key="exit", name_da="Exit", name_en="Exit")]
    page = Page.get_first_root_node().add_child(instance=page)
    counting = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(model.themes.through._meta.db_table))
    seen = visitor.execute(counting).fetchone()

    Page.objects.filter(pk=page.pk).update(live=False)

    assert (seen, visitor.execute(counting).fetchone()) == ((1,), (0,))


def test_the_tasks_a_visitor_may_start_are_those_on_the_list(visitor):
    assert names.PUBLIC
    for number, name in enumerate(names.TASKS):
        key = {"id": f"8b0f2f0e-6a0e-4c76-9d6e-0d7f5b7f4{number:03}"}
        if name in names.PUBLIC:
            enqueue(visitor, names.TASKS[name], **key)
        else:
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
                enqueue(visitor, names.TASKS[name], **key)


def test_a_visitor_starts_no_task_that_looks_done(visitor):
    path = names.TASKS[next(iter(names.PUBLIC))]

    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        enqueue(visitor, path, status="SUCCESSFUL")
