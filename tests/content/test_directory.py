"""Who does what: every entry is found, filtered and read, and says from when it is."""

import re
from datetime import date

import pytest
import time_machine

from content.models import ContactChannel, DirectoryEntry, DirectorySource
from content.models.directory import Level, Task
from content.services.starting import load_starting_content

from .conftest import home, links, page_at, words

ADDRESS = {"da": "/hvem-goer-hvad/", "en": "/en/who-does-what/"}


@pytest.fixture(autouse=True)
def site(starting_content):
    pass


def names(page):
    return [words(row) for row in page.select(".directory .t")]


def made(key="ny", **fields):
    texts = {f"{field}_{lang}": "Ord." for field in ("name", "summary", "body") for lang in ("da", "en")}
    required = {"level": "local", "tasks": ["advice"], "audiences": ["everyone"], "checked_on": date(2026, 11, 3)}
    return DirectoryEntry.objects.create(key=key, **{**texts, **required, **fields})


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_part_on_who_does_what_lists_every_entry_from_close_by_to_far_away(read, language):
    page = read(ADDRESS[language])

    assert len(names(page)) == DirectoryEntry.objects.count() > 40
    assert [row["id"] for row in page.select(".level")] == [f"level-{level}" for level in Level.values]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("level=regional", ["Regionerne"]),
        ("level=international&task=security", ["Gruppen af ligesindede lande", "GCTF, Global Counterterrorism Forum"]),
        ("audience=association&level=local", ["Kommunerne", "Politikredsene"]),  # the second is for everyone
        ("level=regional&task=abroad", []),
    ],
)
def test_readers_narrow_it_without_a_script(read, query, expected):
    assert names(read(f"{ADDRESS['da']}?{query}")) == expected


def test_whatever_is_asked_for_gets_a_page(read):
    everything = names(read(ADDRESS["da"]))

    for query in ("level=mars", "task=%ff%fe", "audience=" + "x" * 10_000, "level=&task=", "level[]=local"):
        assert names(read(f"{ADDRESS['da']}?{query}")) == everything


def test_nothing_left_says_so_and_leads_back(read):
    page = read(f"{ADDRESS['da']}?level=regional&task=abroad")

    assert ADDRESS["da"] in links(page.select_one(".directory .callout"))


@pytest.mark.once
def test_every_entry_has_a_page_in_both_languages(client):
    for key in DirectoryEntry.objects.values_list("key", flat=True):
        for address in (f"/hvem-goer-hvad/hvem/{key}/", f"/en/who-does-what/who/{key}/"):
            assert client.get(address).status_code == 200, address


def test_an_entry_says_what_it_does_for_whom_and_how_to_reach_it(read):
    page = read("/hvem-goer-hvad/hvem/infohuse/")
    facts = {words(row.dt): words(row.dd) for row in page.select(".factlist > div")}

    assert facts["Niveau"] == "Samarbejder"
    assert "Giver råd" in facts["Opgaver"]
    assert page.select_one('article .contact a[href="tel:114"]')
    assert "/hvem-goer-hvad/infohuse/" in links(page.article)
    assert words(page.select_one("article > .checked")) == "Kontrolleret mod kilden 22. november 2026"
    assert "PET: Forebyggelse af radikalisering" in words(page.select_one(".sources"))


def test_what_is_told_of_the_past_says_so_and_links_to_no_old_address(read):
    page = read("/en/who-does-what/who/hedayah/")

    assert words(page.select_one(".callout h2")) == "This is how it was: 2014"
    assert "hedayah.ae" in words(page.select_one(".factlist"))
    assert not [href for href in links(page.article) if "hedayah" in href]


def test_an_entry_of_today_links_to_its_website(read):
    made(website="https://politi.dk")

    assert "https://politi.dk" in links(read("/hvem-goer-hvad/hvem/ny/").article)


def test_a_page_lists_the_entries_it_tells_about_in_its_own_language(read):
    danish, english = read("/vejledning/exit/"), read("/en/guidance/exit/")

    assert words(danish.select_one(".who-rows .t")) == "Exitcentret fra handlingsplanen"
    assert words(english.select_one(".who-rows .t")) == "The exit centre of the action plan"


def test_an_unknown_entry_is_not_found(read):
    read("/hvem-goer-hvad/hvem/findes-ikke/", status=404)


def test_the_authorities_and_networks_of_the_sources_are_all_there():
    abbreviated = "PET CTA CDE SIRI NFC STUK VISO KL SSP PSP KSP RAN PPN GCTF Hedayah Fryshuset STAR SFI"
    named = re.findall(r"\w+", abbreviated)
    known = " ".join(DirectoryEntry.objects.values_list("name_da", flat=True))

    assert [name for name in named if name not in known] == []
    assert {task for entry in DirectoryEntry.objects.all() for task in entry.tasks} == set(Task.values)


def test_every_entry_has_a_source_a_page_and_a_day_for_its_next_check():
    entries = DirectoryEntry.objects.prefetch_related("sources")

    assert [entry.key for entry in entries if not entry.sources.all() or not entry.page_id] == []
    assert {entry.review_by for entry in entries} == {date(2027, 11, 22)}


def test_an_editors_change_stays_and_what_is_unchanged_is_not_written():
    DirectoryEntry.objects.filter(key="ran").update(summary_da="Redaktørens.")
    DirectorySource.objects.filter(entry__key="ppn").delete()

    outcome = load_starting_content()

    assert set(outcome) == {"unchanged"}
    assert DirectoryEntry.objects.get(key="ran").summary_da == "Redaktørens."
    assert not DirectorySource.objects.filter(entry__key="ppn").exists()


# When it was checked


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-12-03 22:59Z", "Kontrolleret mod kilden 3. november 2026"),
        ("2026-12-03 23:01Z", "Vi er ved at få dette bekræftet. Sidst kontrolleret 3. november 2026"),
    ],
)
def test_an_entry_that_is_late_says_so_from_the_midnight_after_its_day(read, moment, said):
    made(review_by=date(2026, 12, 3))

    with time_machine.travel(moment, tick=False):
        assert words(read("/hvem-goer-hvad/hvem/ny/").select_one("article > .checked")) == said


def test_what_its_owner_confirmed_is_simply_checked(read):
    made(checked_with=DirectoryEntry.CheckedWith.OWNER)

    assert words(read("/en/who-does-what/who/ny/").select_one("article > .checked")) == "Checked on 3 November 2026"


def test_a_late_check_of_ours_puts_no_doubt_on_112_and_114(read):
    ContactChannel.objects.update(review_by=date(2026, 11, 22))

    with time_machine.travel("2026-12-01 12:00Z", tick=False):
        feet = [words(foot) for foot in read("/bekymret/").select(".contact .checked")]

    assert [foot.startswith("Vi er ved at få dette bekræftet") for foot in feet] == [False, False, True, True]


def test_an_entry_gets_its_next_day_from_its_check():
    assert made().review_by == date(2027, 11, 3)
    assert ContactChannel.objects.get(key="hotline").review_by == date(2027, 5, 23)


@pytest.mark.parametrize(("address", "budget"), [("/hvem-goer-hvad/", 10), ("/hvem-goer-hvad/hvem/pet/", 7)])
def test_a_page_of_the_directory_costs_few_queries_however_long_it_grows(
    client, django_assert_max_num_queries, address, budget
):
    client.get(address)
    for number in range(12):
        made(f"ny-{number}", level="national", page=page_at("hvem-goer-hvad"), part_of=None)

    with django_assert_max_num_queries(budget):
        client.get(address)


def test_the_word_of_the_navigation_leads_to_the_directory(read):
    assert ADDRESS["da"] in links(read(home().url).select_one(".site-nav"))


def test_the_page_of_a_place_leads_to_what_is_done_close_by(read):
    for address, there in (
        ("/find-lokal-hjaelp/kommune/aarhus/", "da"),
        ("/en/find-local-help/region/region-nordjylland/", "en"),
    ):
        assert f"{ADDRESS[there]}?level=local" in links(read(address).select_one(".beside"))
