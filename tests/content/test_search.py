"""What the search finds of what stands in its table. One suite for both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from content.models import SearchEntry, SearchKind, SynonymSet
from content.models.audiences import Audience
from content.services.search_asked import read
from content.services.search_index import entry, forget
from content.services.search_snippets import Marker, snippet
from content.services.searching import Filters, search, suggest

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RADICAL = SynonymSet(words_da="radikalisering, ekstremisme\nvoldelig ekstremisme", words_en="radicalisation")

pytestmark = pytest.mark.django_db


@pytest.fixture
def put():
    """``put("Title", "body")`` makes an entry to find."""

    def put(title, body="", **fields):
        given = {"key": title, "language": "da", "kind": SearchKind.GUIDANCE, "path": "/x/", "title": title} | fields
        one = entry(body=body, **given)
        one.source = "test"
        one.save()
        return one

    return put


def asked(text, language="da", synonyms=()):
    return read(text, language=language, synonyms=synonyms)


def found(text, language="da", synonyms=(), **filters):
    """The titles, best first."""
    results = search(asked(text, language, synonyms), Filters(**filters), now=NOW)
    assert results.total == len(results.entries)
    return [one.title for one in results.entries]


@pytest.mark.parametrize("typed", ["Århus", "aarhus", "ARHUS", "århus kommune", "Aarhus, tak"])
@pytest.mark.parametrize("stored", ["Aarhus", "Århus"])
def test_a_place_is_found_in_any_spelling(put, stored, typed):
    put("Aabenraa", "Kommune.", kind=SearchKind.PLACE)
    put(stored, "Kommune, tak.", kind=SearchKind.PLACE)

    assert found(typed) == [stored]


def test_the_exact_title_stands_first_then_titles_then_bodies(put):
    put("Om samtaler", "Mentor, mentor og mentor: en mentor er en mentor.")
    put("Find en mentor nær dig")
    put("Mentor")
    put("Andet", "Ingenting.")

    assert found("mentor") == ["Mentor", "Find en mentor nær dig", "Om samtaler"]


def test_a_page_about_it_stands_before_a_short_one_that_only_names_it(put):
    put("Om os", "Mentor. Mentorer. Mentor.", key="short")
    put("Hvad er en mentor?", "Andre ord. " * 300)

    assert found("mentor", synonyms=[SynonymSet(words_da="mentor, os")]) == ["Hvad er en mentor?", "Om os"]


def test_a_place_that_is_asked_for_as_a_municipality_stands_first(put):
    put("Om Aarhus Kommune", "Aarhus Kommune og Aarhus Kommune.")
    put("Aarhus", "Kommune.", kind=SearchKind.PLACE)

    assert found("aarhus kommune") == ["Aarhus", "Om Aarhus Kommune"]


def test_a_place_that_is_asked_for_by_its_english_name_stands_first(put):
    put("Aftercare in Copenhagen", language="en")
    put("København", "Also: Copenhagen.", kind=SearchKind.PLACE, language="en")

    assert found("Copenhagen", "en")[0] == "København"


def test_the_beginning_of_a_long_word_finds_it_and_that_of_a_short_one_does_not(put):
    put("Forebyggelsen")
    put("Altid")

    assert (found("forebyg"), found("alt")) == (["Forebyggelsen"], [])


def test_every_word_is_looked_for_and_some_of_them_when_no_entry_has_all(put):
    put("Unge", "på nettet")
    put("Unge", "i skolen", key="school")

    both = search(asked("unge nettet"), Filters(), now=NOW)
    some = search(asked("nettet skolen"), Filters(), now=NOW)

    assert (both.total, both.is_partial) == (1, False)
    assert (some.total, some.is_partial) == (2, True)


def test_words_every_page_has_narrow_nothing_and_are_looked_for_alone(put):
    put("Tegn", "Hold øje.")
    put("Hvad er det")

    assert found("hvad er tegn") == ["Tegn"]
    assert found("hvad er det") == ["Hvad er det"]


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("typed", "stored", "language"), [("børns", "Et barn, to børn", "da"), ("worries", "I worry", "en")]
)
def test_a_word_is_found_by_its_stem(put, typed, stored, language):
    put("x", stored, language=language)

    assert found(typed, language) == ["x"]


def test_each_language_finds_its_own(put):
    put("Dialog", language="da")
    put("Dialog in English", language="en")

    assert found("dialog") == ["Dialog"]


@pytest.mark.parametrize("typed", ["radikalisering", "Ekstremisme", "voldelig ekstremisme"])
def test_synonyms_find_what_the_others_find_and_are_told(put, typed):
    put("Radikalisering")
    put("Ekstremisme")
    put("Ekstrem sport, voldelig og ekstrem")

    assert set(found(typed, synonyms=[RADICAL])) == {"Radikalisering", "Ekstremisme"}
    also = asked(typed, synonyms=[RADICAL]).also
    assert also and typed not in also


def test_a_synonym_of_several_words_is_looked_for_as_they_stand(put):
    put("Komme videre", "Der er en vej ud.")
    put("Komme ud", "Sådan.", key="out")

    assert found("exit", synonyms=[SynonymSet(words_da="exit, komme ud")]) == ["Komme ud"]


@pytest.mark.parametrize("typed", ["info-hus", "infohus", "info hus"])
def test_a_word_written_in_two_finds_it_in_one(put, typed):
    put("Infohus" if typed != "info hus" else "Info hus")

    assert len(found(typed)) == 1


@pytest.mark.parametrize(
    "typed",
    [
        '"', '"mentor', "mentor*", "*", "NEAR(mentor, 2)", "mentor AND", "OR", "NOT mentor", "-mentor", "mentor:*",
        "mentor & !a | (b <-> c)", "title_key:mentor", "{title_key} : mentor", "^mentor", "'; DROP TABLE x; --",
        "mentor\x00\x00", "\ud800mentor", "%' OR 1=1", "\\", "'mentor'", "🙂", "İ" * 50, "a" * 10_000,
        "mentor " * 2_000, "a-" * 5_000, "\N{REPLACEMENT CHARACTER}", "مركز", "<script>mentor</script>", "_", "½", "",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_words_or_nothing(put, typed):
    put("Mentor")
    results = search(asked(typed), Filters(), now=NOW) if asked(typed) else None

    titles = [one.title for one in results.entries] if results else []
    assert titles in ([], ["Mentor"])
    assert titles or "mentor" not in typed
    suggest(asked(typed), now=NOW)


def test_results_are_narrowed_by_kind_and_by_reader_and_counted_before(put):
    put("Skole", kind=SearchKind.NEWS, audiences=[Audience.TEACHER])
    put("Skole", key="all", audiences=[])
    put("Skole", key="parents", audiences=[Audience.RELATIVE])

    results = search(asked("skole"), Filters(audience="teacher"), now=NOW)

    assert (results.total, results.unfiltered) == (2, 3)
    assert results.kinds == {"news": 1, "guidance": 1}
    assert (results.audiences["relative"], results.audiences["teacher"]) == (2, 2)
    assert found("skole", kind="news") == ["Skole"]
    assert found("skole", kind="event") == []


def test_an_entry_is_found_in_its_time_only_and_forgotten_after_it(put):
    put("Kommer", valid_from=NOW + timedelta(seconds=1))
    put("Er her", valid_from=NOW, valid_until=NOW + timedelta(seconds=1))
    put("Er forbi", valid_until=NOW)

    assert (found("kommer"), found("her"), found("forbi")) == ([], ["Er her"], [])
    forget(NOW)
    assert not SearchEntry.objects.filter(title="Er forbi").exists()
    assert SearchEntry.objects.count() == 2


def test_what_changes_or_goes_is_found_as_it_is_now(put):
    one, other = put("Gammel"), put("Anden")
    one.title_key = "nyere"
    one.title = "Nyere"
    one.save()
    other.delete()

    assert (found("gammel"), found("nyere"), found("anden")) == ([], ["Nyere"], [])


@pytest.mark.parametrize(
    ("typed", "meant"), [("radikalisring", "radikalisering"), ("samtle om skolen", "samtale om skolen"), ("qqqq", "")]
)
def test_a_misspelt_word_is_answered_with_the_one_it_resembles(put, typed, meant):
    put("Radikalisering")
    put("En samtale i skolen")

    assert suggest(asked(typed), now=NOW) == meant


# Snippets


def shown(one, typed, synonyms=()):
    pieces = snippet(one, Marker(asked(typed, synonyms=synonyms)))
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


def test_a_snippet_is_the_summary_when_that_has_the_word():
    one = entry(key=1, language="da", kind="news", path="/", title="x", summary="Kort om Århus.", body="Aarhus igen.")

    assert shown(one, "aarhus") == "Kort om [Århus]."


def test_a_snippet_is_cut_around_the_words_that_were_found():
    body = " ".join(["Først."] * 50 + ["Mentorer <b>& unge</b> i Århus."] + ["Sidst."] * 50)
    one = entry(key=1, language="da", kind="news", path="/", title="x", summary="Intet.", body=body)

    text = shown(one, "mentor unge")

    assert text.startswith("… Først.") and text.endswith("Sidst …")
    assert "[Mentorer] <b>& [unge]</b> i Århus." in text
    assert len(text) < 400


@pytest.mark.postgresql
def test_a_large_table_is_searched_through_its_index():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO content_searchentry (source, key, language, written_in, kind, audiences, title, title_key, "
            "places, places_key, detail, summary, body, body_key, path) "
            "SELECT 'test', n, 'da', '', 'news', '', 'Side ' || n, 'side ' || n, '', '', '', '', '', '', '/' "
            "FROM generate_series(1, 3000) n"
        )
        cursor.execute("ANALYZE content_searchentry")

    every, one = (search(asked(text), Filters(), now=NOW) for text in ("side", "side 1234"))

    assert (every.total, [entry.title for entry in one.entries]) == (3000, ["Side 1234"])
    for results in (every, one):
        assert "Bitmap Index Scan on content_searchentry_document" in results.entries.all()[:10].explain()
