"""No table is forgotten: what hangs on a page or an event outside, and everything about people inside."""

from datetime import time

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import ForeignKey
from wagtail.images.models import Image, Rendition

from content.services.pictures import FILTERS
from events.models import Event
from outreach.privacy.inventory import INVENTORY
from outreach.wall.grants import TABLE
from outreach.wall.inside import INSIDE
from outreach.wall.policies import rules
from outreach.wall.tables import concrete_models
from tests.events.factories import EventFactory, MaterialFactory
from tests.wall.everything import one_of_everything, plain_row

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]

# What refers to a page and says nothing of it but its number.
MERE_LINKS = {
    "content.DirectoryEntry",  # of a public register, with a link to where one reads more
    "wagtailcore.PageViewRestriction",  # there can be none
    "wagtailcore.Site",
    "wagtailredirects.Redirect",
}
# What the internal process reads before anybody has signed in, or counts with: of colleagues, never of anybody else.
BEFORE_SIGN_IN = {
    "account.EmailAddress",
    "accounts.CacheEntry",
    "accounts.FactorReset",
    "accounts.Session",
    "accounts.Tries",
    "accounts.User",
    "accounts.User_groups",
    "accounts.User_teams",
    "accounts.User_user_permissions",
    "mfa.Authenticator",
    "sessions.Session",
    "privacy.Hit",  # hashes that change daily
}
# The trail holds ids and no names; who may read it is for the record to say.
THE_TRAIL = {"audit.Entry", "audit.Link", "audit.Seen"}


def readable_outside():
    return {label: model for label, model in concrete_models().items() if "S" in TABLE[label].public}


def keys_of(model):
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def test_whatever_hangs_on_something_with_a_rule_has_one_too():
    """Found by its foreign keys: a new child of a page or an event without a policy fails here."""
    narrowed = rules()
    loose = {
        label
        for label, model in readable_outside().items()
        if label not in narrowed and any(key.related_model._meta.label in narrowed for key in keys_of(model))
    }

    assert loose == MERE_LINKS


def test_whatever_a_visitor_hands_in_is_looked_at():
    handed_in = {label for label, access in TABLE.items() if "I" in access.public}

    assert handed_in - {label for label, rule in rules().items() if rule.hand_in} == {"privacy.Hit"}
    assert {label for label, access in TABLE.items() if set(access.public) & set("UD")} == set()


def test_no_table_of_what_is_not_published_is_read_outside():
    """Revisions, drafts, logs and the index of the admin: not by any rule, not at all."""
    drafts = [label for label in TABLE if label.startswith(("wagtailcore.", "wagtailsearch.", "wagtailadmin."))]
    read = {label for label in drafts if "S" in TABLE[label].public}

    assert read == {
        "wagtailcore.Collection",
        "wagtailcore.CollectionViewRestriction",
        "wagtailcore.Locale",
        "wagtailcore.Page",
        "wagtailcore.PageViewRestriction",
        "wagtailcore.Site",
    }


def rows_outside(models, as_role):
    with as_role("public"):
        return {label: model._base_manager.count() for label, model in models.items()}


CHILDREN = {
    "events.AgendaItem": lambda event: plain_row(apps.get_model("events.AgendaItem"), event=event, at=time(12)),
    "events.HeldSeats": lambda event: plain_row(apps.get_model("events.HeldSeats"), event=event, seats=1),
    "events.Material": lambda event: MaterialFactory(event=event, readers="everyone"),
    "events.Question": lambda event: plain_row(apps.get_model("events.Question"), event=event),
    "events.SeatCounter": lambda event: event.seats,  # comes with it
}


@pytest.mark.parametrize(
    ("status", "visibility", "seen"),
    [("published", "public", 1), ("published", "unlisted", 1), ("published", "invitation", 0), ("draft", "public", 0)],
)
def test_an_event_is_met_with_all_its_children_or_none_of_them(as_role, status, visibility, seen):
    """A new child of events that visitors read needs a row above."""
    outside = readable_outside()
    children = {label: one for label, one in outside.items() if any(k.related_model is Event for k in keys_of(one))}
    event = EventFactory(status=status, visibility=visibility)
    for label in children:
        CHILDREN[label](event)

    assert rows_outside({"events.Event": Event, **children}, as_role) == dict.fromkeys(
        ["events.Event", *children], seen
    )


def test_a_picture_is_met_once_a_published_page_shows_it(as_role):
    facts = {"width": 1, "height": 1, "file": "x.webp"}
    image = Image.objects.bulk_create([Image(title="Not used yet", collection_id=1, **facts)])[0]
    thumbnail, shown = "max-165x165", FILTERS[0]
    counts = []
    for size in (thumbnail, shown):
        plain_row(Rendition, image=image, filter_spec=size, **facts)
        counts.append(rows_outside({"image": Image, "rendition": Rendition}, as_role))

    assert counts == [{"image": 0, "rendition": 0}, {"image": 1, "rendition": 1}]


def about_people():
    """Every table of the inventory, and those that join two of them, as far as the internal role reads it."""
    tables = concrete_models()
    owners = {label.lower() for label in INVENTORY}
    joins = {label for label in tables if label.lower().rpartition("_")[0] in owners}
    joins |= {label for label in tables if label.lower().partition("_")[0] in owners and "_" in label}
    return {label: tables[label] for label in INVENTORY.keys() | joins if "S" in TABLE[label].internal}


def count(model):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")  # noqa: S608
        return cursor.fetchone()[0]


def test_a_session_that_says_for_nobody_meets_no_row_about_anybody(as_role):
    """Walks over the whole inventory: a new model about people without a rule inside fails here."""
    models = about_people()
    asked = {label: model for label, model in models.items() if label not in BEFORE_SIGN_IN | THE_TRAIL}
    one_of_everything(asked.values())
    assert [label for label, model in asked.items() if not count(model)] == []

    with as_role("internal"):
        met = {label: count(model) for label, model in asked.items()}

    assert {label for label, rows in met.items() if rows} == set()
    assert len(asked) > 45
    assert TABLE.keys() >= BEFORE_SIGN_IN


def test_nobody_signed_in_changes_or_removes_anything_about_anybody(as_role):
    models = {label: model for label, model in about_people().items() if label in INSIDE}
    one_of_everything(models.values())
    verbs = {"U": "UPDATE {table} SET {column} = {column}", "D": "DELETE FROM {table}"}
    touched = {}
    with as_role("internal"), connection.cursor() as cursor:
        for label, model in models.items():
            names = {"table": model._meta.db_table, "column": model._meta.pk.column}
            for letter in set(TABLE[label].internal) & set("UD"):
                with transaction.atomic():
                    cursor.execute(verbs[letter].format(**names))
                touched[label, letter] = cursor.rowcount

    assert {key for key, rows in touched.items() if rows} == set()
    assert len(touched) > 40


def test_whoever_signed_in_meets_what_every_colleague_may(as_role):
    models = {label: model for label, model in concrete_models().items() if label in ANYBODYS}
    one_of_everything(models.values())
    officer = apps.get_model("accounts.User").objects.first()
    with as_role("internal", officer):
        met = {label: count(model) for label, model in models.items()}

    assert all(met.values())


ANYBODYS = {"events.Event", "events.AgendaItem", "content.Owner", "content.OwnerQuestion", "wagtailcore.Revision"}
