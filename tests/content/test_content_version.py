"""The content version changes with every change of public text, in its transaction, and with nothing else."""

import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from content.models import Theme
from content.version import changes_public_text, content_changed, current, public_tables
from events.models import Event
from events.services import seats
from tests.content.conftest import add_page, home
from tests.content.test_page_cache import site as site
from tests.events.factories import EventFactory, RegistrationFactory
from tests.processes import database_url

from .public_face import public_face as public_face


@pytest.mark.once
@pytest.mark.parametrize(
    ("statement", "counts"),
    [
        ('INSERT INTO "content_theme" ("name_da") VALUES (%s) RETURNING "content_theme"."id"', True),
        ('INSERT OR IGNORE INTO "content_practicepage_themes" ("theme_id") VALUES (%s)', True),
        ('UPDATE "wagtailcore_page" SET "title" = %s, "draft_title" = %s WHERE "wagtailcore_page"."id" = %s', True),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, "latest_revision_id" = %s WHERE "id" = %s', False),
        ("UPDATE wagtailcore_page SET path=CONCAT(%s, SUBSTR(path, 5)) WHERE path LIKE %s", True),
        ('DELETE FROM "wagtailcore_site" WHERE "wagtailcore_site"."id" IN (%s)', True),
        ('UPDATE "events_event" SET "status" = %s WHERE "events_event"."id" = %s', True),
        ('UPDATE "events_seatcounter" SET "taken" = ("events_seatcounter"."taken" + %s) WHERE true', False),
        ('INSERT INTO "events_registration" ("id") VALUES (%s)', False),
        ('INSERT INTO "privacy_hit" ("id") VALUES (%s)', False),
        ('INSERT INTO "wagtailcore_revision" ("id") VALUES (%s)', False),
        ('SELECT "content_theme"."id" FROM "content_theme" FOR UPDATE', False),
    ],
)
def test_a_statement_counts_when_a_reader_may_see_what_it_writes(statement, counts):
    assert changes_public_text(statement) is counts


def test_the_tables_that_count_are_those_the_public_may_read():
    assert {"content_contactchannel", "wagtailcore_page", "events_event", "places_municipality"} <= public_tables()
    assert not {"accounts_user", "events_seatcounter", "content_contentversion"} & public_tables()


def draft(site):
    site.title = "Kladde"
    site.save_revision()


def take_a_seat(site):
    registration = RegistrationFactory(event=Event.objects.get())
    seats.confirm(registration.pk, now=timezone.now())


def roll_back(site):
    with transaction.atomic():
        site.save()
        transaction.set_rollback(True)


def roll_back_a_part(site):
    with transaction.atomic():
        with pytest.raises(IntegrityError), transaction.atomic():
            site.save()
            raise IntegrityError
        Site.objects.get()


CHANGES = [
    lambda site: content_changed(),
    lambda site: Event.objects.get().save(),
    lambda site: Page.objects.filter(pk=site.pk).update(title="Andet"),
    lambda site: Theme.objects.bulk_create([Theme(key="a", name_da="A", name_en="A")]),
    lambda site: add_page(home(), "ny"),
    lambda site: site.save(),
    lambda site: site.unpublish(),
    lambda site: site.delete(),
]
NO_CHANGES = [draft, take_a_seat, roll_back, roll_back_a_part]


@pytest.mark.django_db(transaction=True)
def test_every_change_is_a_new_version_and_nothing_else_is(site):
    """One test, for each transaction that is really committed costs a flush."""
    EventFactory()
    for number, change in enumerate([*NO_CHANGES, *CHANGES]):
        before = current()
        change(Page.objects.get(pk=site.pk).specific)
        assert (current() != before) is (number >= len(NO_CHANGES)), change


@pytest.mark.django_db(transaction=True)
def test_the_version_is_written_once_and_last_in_its_transaction(site):
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        for number in range(3):
            Theme.objects.create(key=f"t{number}", name_da="T", name_en="T")

    written = [query["sql"] for query in queries if "content_contentversion" in query["sql"]]
    assert len(written) == 1
    assert [query["sql"] for query in queries][-2:] == [written[0], "COMMIT"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_page_made_while_a_change_waits_to_be_committed_is_not_kept_under_its_version(site, public_face):
    """The hole: a version that is seen before its change. Here another connection holds both back."""
    with psycopg.connect(database_url()) as editor:
        editor.execute("UPDATE wagtailcore_page SET title = 'En ny samtale' WHERE id = %s", [site.pk])
        editor.execute("UPDATE content_contentversion SET token = 'new'")
        assert "En samtale" in public_face.get("/samtale/").text  # kept, under the version that readers can see
        editor.commit()

    assert "En ny samtale" in public_face.get("/samtale/").text


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_change_committed_while_a_page_is_made_shows_in_the_next_reading(site, public_face, monkeypatch):
    """The version is read first: what was made from older words is kept under a name that nobody asks for again."""
    serve = type(site).serve

    def serve_slowly(page, request, *args, **kwargs):
        response = serve(page, request, *args, **kwargs).render()
        monkeypatch.undo()
        other = threading.Thread(target=commit_a_title, args=[site])
        other.start()
        other.join(10)
        return response

    monkeypatch.setattr(type(site), "serve", serve_slowly)

    assert "En samtale" in public_face.get("/samtale/").text
    assert "En ny samtale" in public_face.get("/samtale/").text


def commit_a_title(site):
    site.title = "En ny samtale"
    site.save()
    connection.close()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_once_neither_waits_before_the_commit_nor_is_lost(site, public_face):
    """Two editors hold open transactions; each commit brings a version of its own."""
    second_may_commit, seen = threading.Event(), []

    def second():
        with transaction.atomic():
            Theme.objects.create(key="b", name_da="B", name_en="B")
            seen.append("wrote")
            second_may_commit.wait(10)
        connection.close()

    other = threading.Thread(target=second)
    with transaction.atomic():
        retitle = Page.objects.filter(pk=site.pk)
        retitle.update(title="En ny samtale")
        other.start()
        deadline = timezone.now() + timedelta(seconds=5)
        while not seen and timezone.now() < deadline:
            other.join(0.01)
        assert seen == ["wrote"]  # though the first has not committed
    first = current()
    second_may_commit.set()
    other.join(10)

    assert current() != first
    assert "En ny samtale" in public_face.get("/samtale/").text
