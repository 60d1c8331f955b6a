"""Somebody who may do anything to the database changes the trail: what is found out, and how it is told."""

import os
import stat
from datetime import UTC, datetime, timedelta
from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from outreach.audit import chain, checkpoints, signing, tasks, watching
from outreach.audit.models import Entry, Link, Verification
from outreach.audit.verifying import Walk
from outreach.queue import periodic

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)


@pytest.fixture
def trail():
    """Seven entries, and the guard taken off as an owner of the database can; their ids, by number."""
    ids = [uuid4() for _number in range(7)]
    for pk in ids:
        Entry(pk=pk, verb="view", object_label="accounts.User", object_id=str(uuid4())).save()
    connection.check_constraints()
    with connection.cursor() as cursor:
        chain.remove(connection.vendor, cursor.execute)
    return dict(enumerate(ids, 1))


def do(statement, *values):
    """On SQLite a UUID is kept as text without hyphens."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(statement, [v.hex if sqlite and isinstance(v, UUID) else v for v in values])


def told(*found):
    return list(Walk(found))


def test_a_trail_nobody_touched_is_whole(trail):
    walk = Walk()

    assert list(walk) == []
    assert (walk.last, walk.walked) == (7, 7)


@pytest.mark.parametrize(
    "change",
    [
        "reason = 'x'",
        "verb = 'list'",
        "object_id = ''",
        "request_id = 'x'",
        "object_label = 'x.y'",
        "ids = '[\"1\"]'",
        "ids = '{}'",
        "actor_id = id",
        "at = '2026-01-01'",
    ],
)
def test_a_changed_entry_is_named_once(trail, change):
    do(f"UPDATE audit_entry SET {change} WHERE id = %s", trail[3])  # noqa: S608

    assert told() == [f"Entry number 3 ({trail[3]}) was changed, or stands in another's place."]


def test_a_changed_hash_is_named_once(trail):
    do("UPDATE audit_link SET hash = %s WHERE seq = 3", b"\1" * 32)

    assert told() == [f"Entry number 3 ({trail[3]}) was changed, or stands in another's place."]


def test_a_removed_entry_is_missing(trail):
    do("DELETE FROM audit_entry WHERE id = %s", trail[4])

    assert told() == [f"Entry number 4 ({trail[4]}) is missing."]


def test_entries_removed_with_their_links_are_missing(trail):
    do("DELETE FROM audit_link WHERE seq IN (3, 4)")
    do("DELETE FROM audit_entry WHERE id IN (%s, %s)", trail[3], trail[4])

    assert told() == ["Entries number 3 to 4 are missing."]


def test_closing_the_gap_shows_from_there_on(trail):
    do("DELETE FROM audit_link WHERE seq = 3")
    do("DELETE FROM audit_entry WHERE id = %s", trail[3])
    for number in (4, 5, 6, 7):
        do("UPDATE audit_link SET seq = seq - 1 WHERE seq = %s", number)

    assert told()[0] == f"Entry number 3 ({trail[4]}) was changed, or stands in another's place."


def test_entries_that_changed_places_are_named(trail):
    do("UPDATE audit_link SET entry_id = %s WHERE seq = 2", uuid4())
    do("UPDATE audit_link SET entry_id = %s WHERE seq = 5", trail[2])
    do("UPDATE audit_link SET entry_id = %s WHERE seq = 2", trail[5])

    assert told() == [
        f"Entry number 2 ({trail[5]}) was changed, or stands in another's place.",
        f"Entry number 5 ({trail[2]}) was changed, or stands in another's place.",
    ]


def test_an_entry_put_in_past_the_chain_is_named(trail):
    put_in = Entry(verb="view", object_label="accounts.User", at=NOW)
    put_in.save()

    assert told() == [f"Entry {put_in.pk} of 29 November 2026 was put in past the chain."]


def test_the_chain_alone_cannot_show_that_its_end_was_cut_off_a_checkpoint_can(trail):
    signed = checkpoints.current(NOW)
    do("DELETE FROM audit_link WHERE seq > 5")
    do("DELETE FROM audit_entry WHERE id IN (%s, %s)", trail[6], trail[7])

    assert told() == []
    (fault,) = told(signed)
    assert fault.startswith(
        "The trail ends with number 5, but on 29 November 2026 at 03:00 UTC it went on to number 7:"
    )


def test_a_trail_made_anew_to_the_last_hash_is_not_what_was_signed(trail):
    signed = checkpoints.current(NOW)
    do("UPDATE audit_entry SET reason = 'x' WHERE id = %s", trail[3])
    do("DELETE FROM audit_link")
    chain.chain_those_there_are(Entry.objects, Link)

    assert told() == []
    assert told(signed) == ["What stands up to number 7 is not what was signed on 29 November 2026 at 03:00 UTC."]


def test_what_was_kept_long_enough_goes_by_whole_checkpoints(trail):
    """The door for retention: without the checkpoint somebody else may have cut it."""
    link = Link.objects.get(seq=4)
    signed = checkpoints.Checkpoint(4, bytes(link.hash), 4, NOW)
    do("DELETE FROM audit_link WHERE seq <= 4")
    for number in (1, 2, 3, 4):
        do("DELETE FROM audit_entry WHERE id = %s", trail[number])

    assert told(signed) == []
    assert told() == ["The trail begins with number 5, and no checkpoint tells what came before."]
    do("UPDATE audit_entry SET reason = 'x' WHERE id = %s", trail[5])
    assert len(told(signed)) == 1


@pytest.fixture
def kept(trail, tmp_path, settings):
    """An installation that signs checkpoints, and its folder of them."""
    folder = tmp_path / "checkpoints"
    folder.mkdir()
    call_command("audit", "key", str(tmp_path / "key"), stdout=StringIO())
    settings.AUDIT_SIGNING_KEY_FILE, settings.AUDIT_CHECKPOINT_FOLDER = str(tmp_path / "key"), str(folder)
    return folder


def run(*arguments):
    out = StringIO()
    call_command("audit", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_key_is_for_its_owner_alone_and_never_written_over(kept, tmp_path):
    private = tmp_path / "key"
    before = private.read_bytes()

    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="already; nothing is made"):
        run("key", str(private))
    assert private.read_bytes() == before


def test_a_checkpoint_is_verified_by_the_public_key_alone(kept, tmp_path):
    name = run("checkpoint").strip()

    (tmp_path / "key").unlink()
    said = run("verify", "--checkpoints", str(kept), "--public-key", str(tmp_path / "key.pub"))

    assert name.rpartition("/")[2].startswith("000000000007-")
    assert said == "The trail is whole up to number 7, also as 1 checkpoints have it.\n"
    assert [path.name for path in kept.iterdir()] == [name.rpartition("/")[2]]
    assert stat.S_IMODE(next(kept.iterdir()).stat().st_mode) == 0o444


def test_a_second_checkpoint_comes_when_something_was_added(kept):
    run("checkpoint")

    assert run("checkpoint") == "Nothing was added since the newest checkpoint.\n"
    assert len(list(kept.iterdir())) == 1


def test_a_checkpoint_is_never_written_over(kept):
    here, key = checkpoints.current(NOW), signing.private_key(kept.parent / "key")
    path = checkpoints.save(here, kept, key)

    with pytest.raises(FileExistsError):
        checkpoints.save(here, kept, key)
    assert list(kept.iterdir()) == [path]


def test_a_forged_checkpoint_is_told_and_does_not_count(kept):
    run("checkpoint")
    (path,) = kept.iterdir()
    os.chmod(path, 0o644)  # noqa: PTH101
    path.write_text(path.read_text().replace('"seq": 7', '"seq": 6'))

    with pytest.raises(CommandError, match=f"{path.name} is not as it was signed with this key"):
        run("verify")


def test_the_command_fails_and_tells_each_fault(kept, trail):
    do("UPDATE audit_entry SET reason = 'x' WHERE id IN (%s, %s)", trail[3], trail[6])

    with pytest.raises(CommandError, match=r"not whole.\n  Entry number 3 \(.*\n  Entry number 6 \(") as raised:
        run("verify")
    assert raised.value.returncode == 1
    assert "x'" not in str(raised.value)


@pytest.mark.parametrize("missing", ["AUDIT_SIGNING_KEY_FILE", "AUDIT_CHECKPOINT_FOLDER"])
def test_without_key_or_folder_nothing_is_signed_and_it_says_so(kept, settings, missing):
    setattr(settings, missing, "")

    with pytest.raises(CommandError, match="must be set"):
        run("checkpoint")
    assert "Without a checkpoint nobody sees whether its end was cut off." in run("verify")


def test_a_key_file_that_is_not_there_is_told_in_a_sentence(kept):
    (kept.parent / "key").unlink()

    with pytest.raises(CommandError, match="make one with manage"):
        run("checkpoint")


def test_every_night_the_trail_is_verified_and_signed(kept, work):
    periodic.run_periodic(timezone.now())
    work()

    done = Verification.objects.get()
    assert (done.last, done.walked, done.faults, done.checkpoint) == (7, 7, 0, None)
    assert len(list(kept.iterdir())) == 1
    assert periodic.JOBS["audit.watch"].every == timedelta(days=1)


def test_a_trail_with_a_fault_is_not_signed(kept, trail, caplog):
    do("DELETE FROM audit_entry WHERE id = %s", trail[4])

    tasks.watch.func()

    assert Verification.objects.get().faults == 1
    assert list(kept.iterdir()) == []
    assert "The trail has 1 faults" in caplog.text


def test_a_walk_takes_the_same_queries_for_each_thousand_entries(trail, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("outreach.audit.verifying.BATCH", 3)

    with django_assert_num_queries(3 * 2 + 1 + 2):  # three batches, the one that is empty, those past the chain
        walked = []
        assert list(Walk(progress=walked.append)) == []
    assert walked == [3, 6, 7]


def test_the_folder_of_somebody_else_wants_their_key(kept):
    with pytest.raises(CommandError, match="wants --public-key"):
        run("verify", "--checkpoints", str(kept))
    assert watching.kept_here().checkpoints == []
