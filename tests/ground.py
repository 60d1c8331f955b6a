"""What migrations make beside tables, so that a test database looks the same with and without migrations."""

from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.db import connections
from wagtail.models import Collection, Locale, Page, Site

from contacts import days_of_talks
from contacts.finding import index as contact_index
from contacts.models import Language, OrganisationKind
from contacts.starting.words import plant_kinds, plant_languages
from content.services import search_backends
from outreach.audit import chain
from outreach.audit import index as trail_index
from outreach.wall import functions


def plant(**signal) -> None:
    """Root page, root collection, both languages and a default site; nothing else.

    Called after every ``migrate`` and every flush (a transactional test empties all tables when it ends).
    """
    for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": root})
    Site.clear_site_root_paths_cache()
    for welcome in root.get_children():
        welcome.delete()


def name_things(**signal) -> None:
    """The words the workspace starts with (contacts/migrations/0012_move_kinds_languages_and_channels.py)."""
    plant_kinds(OrganisationKind)
    plant_languages(Language)


def open_door(using, **signal) -> None:
    """The functions and views beside the tables, once: the doors, and what the second lock and searches ask."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT to_regproc('door_view')")
            (there,) = cursor.fetchone()
        if not there:
            functions.apply()


def lay_search_index(using, **signal) -> None:
    """What the public search needs beside its table (content/migrations/0013_public_search.py)."""
    with connections[using].cursor() as cursor:
        search_backends.install(connections[using].vendor, cursor.execute)


def lay_contact_index(using, **signal) -> None:
    """What finds contacts beside their tables (contacts/migrations/0013_index_search_keys.py)."""
    with connections[using].cursor() as cursor:
        contact_index.install(connections[using], cursor.execute)


def keep_days_of_talks(using, **signal) -> None:
    """The days beside who took part, once (contacts/migrations/0038_keep_the_day_beside_who_took_part.py)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, next(iter(days_of_talks.SIDES)))
        if days_of_talks.DAY not in [column.name for column in columns]:
            days_of_talks.install(connection, cursor.execute)
            for side in days_of_talks.SIDES:
                cursor.execute(days_of_talks.index_on(side))
    days_of_talks.renew(using)


def name_relationships(**signal) -> None:
    """The kinds of relationships there are from the start."""
    import_module("contacts.migrations.0007_first_kinds_of_relationships").add(apps, None)


def lay_trail_index(using, **signal) -> None:
    """What finds whom the trail names, and what chains it (outreach/audit/migrations/0003_…, 0005_…)."""
    with connections[using].cursor() as cursor:
        trail_index.install(connections[using].vendor, cursor.execute)
        chain.install(connections[using].vendor, cursor.execute)
