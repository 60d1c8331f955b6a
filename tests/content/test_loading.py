"""Loading the first texts: both languages, links between pages, and never over an editor's shoulder."""

from datetime import time

import pytest
import yaml
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from content.models import ContactChannel, GuidancePage, GuideAnswer, GuideChoice, HomePage, SectionPage, StartingText
from content.services.starting import load_starting_content
from content.services.starting_files import StartingTextError, read_pages

CHANNEL = {
    "kind": "phone",
    "name": {"da": "Hotline", "en": "Hotline"},
    "question": {"da": "I tvivl?", "en": "Unsure?"},
    "description": {"da": "Ring.", "en": "Call."},
    "what_happens": {"da": "Tal.", "en": "Talk."},
    "number": "41 74 90 90",
    "tel": "+4541749090",
    "hours": {"mon": ["08:00", "22:00"]},
    "checked_on": "2026-11-22",
}


class Files:
    """A folder of starting texts to write in."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "pages").mkdir()

    def page(self, stem, language="da", **fields):
        text = {
            "title": stem.capitalize(),
            "slug": stem,
            "kind": "guidance",
            "order": 10,
            "summary": "Kort.",
            "lead": "Først.",
            "body": [{"text": "Tekst."}],
        }
        self._write(f"pages/{stem}.{language}.yaml", {**text, **fields})

    def channel(self, key="hotline", **fields):
        text = {**CHANNEL, **fields}
        self._write("channels.yaml", {key: text}, checked="2026-11-22")

    def _write(self, name, data, checked=None):
        text = yaml.safe_dump(data, allow_unicode=True)
        self.folder.joinpath(name).write_text(text.replace(f"'{checked}'", str(checked)), encoding="utf-8")

    def load(self):
        return load_starting_content(self.folder)


@pytest.fixture
def files(tmp_path, db):
    return Files(tmp_path)


def body_of(page):
    page.refresh_from_db()
    return str(page.body)


def test_loading_twice_changes_nothing(db):
    load_starting_content()
    before = list(Page.objects.order_by("pk").values())

    outcome = load_starting_content()

    assert set(outcome) == {"unchanged"}
    assert list(Page.objects.order_by("pk").values()) == before


def test_wagtails_welcome_page_goes_and_the_site_points_to_ours(files):
    root = Page.get_first_root_node()
    welcome = root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="home"))
    Site.objects.update(root_page=welcome)

    files.load()

    assert not Page.objects.filter(pk=welcome.pk).exists()
    assert Site.objects.get().root_page.slug == "home"


def test_nothing_but_the_places_and_two_front_pages_without_any_file(files):
    files.load()

    assert HomePage.objects.count() == 2
    assert ContactChannel.objects.count() == GuidancePage.objects.count() == 0


def test_a_link_to_a_page_follows_it_and_a_link_to_a_missing_page_becomes_words(files):
    files.page("signs", body=[{"text": "Se [samtalen](page:talk) og [resten](page:nowhere)."}])
    files.page("talk", order=20)
    files.load()

    talk, signs = GuidancePage.objects.get(slug="talk"), GuidancePage.objects.get(slug="signs")

    assert signs.body[0].value.source == f'<p>Se <a linktype="page" id="{talk.pk}">samtalen</a> og resten.</p>'


def test_a_missing_page_that_comes_later_gets_its_link(files):
    files.page("signs", body=[{"text": "[Samtalen](page:talk)"}, {"related": ["talk"]}])
    files.load()
    files.page("talk", order=20)

    outcome = files.load()

    signs = GuidancePage.objects.get(slug="signs")
    assert outcome == {"created": 1, "updated": 1}
    assert [block.block_type for block in signs.body] == ["text", "related"]


def test_a_newer_file_updates_a_page_nobody_touched(files):
    files.page("signs")
    files.load()
    files.page("signs", lead="Nyt.")

    assert files.load() == {"updated": 1}
    assert GuidancePage.objects.get().lead == "Nyt."


def test_what_an_editor_published_is_kept(files):
    files.page("signs")
    files.load()
    page = GuidancePage.objects.get()
    page.lead = "Redaktørens."
    page.save_revision().publish()
    files.page("signs", lead="Filens.")

    assert files.load() == {"kept": 1}
    assert GuidancePage.objects.get().lead == "Redaktørens."


def test_what_an_editor_has_in_draft_is_kept(files):
    files.page("signs")
    files.load()
    page = GuidancePage.objects.get()
    page.lead = "Udkast."
    page.save_revision()
    files.page("signs", lead="Filens.")

    assert files.load() == {"kept": 1}
    assert GuidancePage.objects.get().get_latest_revision_as_object().lead == "Udkast."


def test_what_an_editor_took_down_stays_down(files):
    files.page("signs")
    files.load()
    GuidancePage.objects.get().unpublish()
    files.page("signs", lead="Filens.")

    assert files.load() == {"kept": 1}
    assert not GuidancePage.objects.get().live


def test_a_page_an_editor_deleted_does_not_come_back(files):
    files.page("about", kind="section")
    files.page("signs", parent="about")
    files.load()
    SectionPage.objects.get().delete()
    files.page("signs", parent="about", lead="Filens.")
    files.page("talk", parent="about")

    files.load()

    assert not GuidancePage.objects.exists()


def test_an_address_an_editor_took_is_theirs(files):
    files.load()
    home = HomePage.objects.get(locale__language_code="da")
    home.add_child(instance=SectionPage(title="Min", slug="signs", lead="Min.", locale=home.locale))
    files.page("signs")

    files.load()

    assert [page.title for page in home.get_children()] == ["Min"]
    home.refresh_from_db()
    assert home.numchild == 1


def test_a_page_added_later_stands_in_its_order(files):
    files.page("first", order=10)
    files.page("third", order=30)
    files.load()
    files.page("second", order=20)
    files.load()

    home = HomePage.objects.get(locale__language_code="da")
    assert [page.slug for page in home.get_children()] == ["first", "second", "third"]


def test_a_channel_comes_with_its_hours_and_an_editors_number_stays(files):
    files.channel()
    files.load()
    channel = ContactChannel.objects.get()
    assert (channel.number, channel.number_abroad) == ("41 74 90 90", "+45 41 74 90 90")
    assert [(rule.weekday, rule.opens, rule.closes) for rule in channel.opening_hours.all()] == [
        (0, time(8), time(22))
    ]
    channel.opening_hours.update(closes=time(20))
    files.channel(number="11 11 11 11")

    assert files.load() == {"kept": 1}
    assert ContactChannel.objects.get().number == "41 74 90 90"


def test_a_newer_file_updates_a_channel_nobody_touched(files):
    files.channel()
    files.load()
    files.channel(hours={"sun": ["10:00", "12:00"]})

    assert files.load() == {"updated": 1}
    assert [rule.weekday for rule in ContactChannel.objects.get().hours] == [6]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": ""}, "title is missing"),
        ({"kind": "blog"}, "kind is one of guidance, section, standard"),
        ({"colour": "red"}, "unknown field colour"),
        ({"audiences": ["martians"]}, "audiences is missing or wrong"),
        ({"parent": "nobody"}, "no parent “nobody”"),
        ({"parent": "signs"}, "its own ancestor"),
        ({"body": [{"html": "<script>"}]}, "block 1 is of the unknown kind “html”"),
        ({"body": ["text"]}, "block 1 of the body is not a mapping with one key"),
        ({"body": [{"steps": [{"heading": "Et"}]}]}, r"block 1 \(steps\), text"),
        ({"body": [{"callout": {"kind": "loud", "heading": "H", "text": "T"}}]}, "a call-out is danger, kind, quiet"),
        ({"sources": ["bog"]}, "a source is a mapping with a title"),
    ],
)
def test_a_file_outside_the_format_is_refused_by_name(files, fields, message):
    files.page("signs", **fields)

    with pytest.raises(StartingTextError, match=message) as error:
        read_pages(files.folder)
    assert "signs.da" in str(error.value)


def test_a_file_that_is_no_yaml_is_refused_and_nothing_is_loaded(files):
    files.page("talk")
    (files.folder / "pages" / "signs.da.yaml").write_bytes(b"title: \xff")

    with pytest.raises(StartingTextError, match=r"signs\.da\.yaml: cannot be read"):
        files.load()
    assert not StartingText.objects.exists()


def test_html_in_a_text_is_only_text(files):
    files.page("signs", body=[{"text": "<script>alert(1)</script> [x](javascript:alert(1))"}])
    files.load()

    source = GuidancePage.objects.get().body[0].value.source
    assert "<script" not in source
    assert "href" not in source


def test_the_command_says_what_it_did_and_names_a_bad_file(monkeypatch, capsys, files):
    monkeypatch.setattr("content.management.commands.load_starting_content.load_starting_content", files.load)
    files.page("signs")
    call_command("load_starting_content")
    assert "1 created" in capsys.readouterr().out

    files.page("signs", kind="blog")
    with pytest.raises(CommandError, match=r"signs\.da\.yaml"):
        call_command("load_starting_content")


GUIDE = {
    "answers": {
        "call": {
            "channel": "hotline",
            "title": {"da": "Ring", "en": "Call"},
            "text": {"da": "Tal.", "en": "Talk."},
            "say": {"da": "Hej.", "en": "Hello."},
        }
    },
    "questions": {
        "who": {
            "text": {"da": "Hvem?", "en": "Who?"},
            "choices": [{"key": "a", "text": {"da": "Mig", "en": "Me"}, "answer": "call"}],
        }
    },
}


def test_the_guide_comes_from_its_file_and_an_editors_words_stay(files):
    files.channel()
    files._write("guide.yaml", GUIDE)
    assert files.load()["created"] == 3
    assert files.load()["unchanged"] == 3
    GuideAnswer.objects.update(title_da="Ring i dag")
    newer = {**GUIDE["answers"]["call"], "text": {"da": "Tal sammen.", "en": "Talk."}}
    files._write("guide.yaml", {**GUIDE, "answers": {"call": newer}})

    outcome = files.load()

    assert outcome["kept"] == 1
    assert GuideAnswer.objects.get().title_da == "Ring i dag"
    assert GuideChoice.objects.get().answer == GuideAnswer.objects.get()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"answers": {"call": {"channel": "hotline"}}}, "title"),
        ({"answers": {"call": {**GUIDE["answers"]["call"], "channel": "none"}}}, "there is no channel"),
        ({"answers": {}}, "leads nowhere"),
    ],
)
def test_a_guide_that_does_not_hold_together_is_refused_by_name(files, changes, named):
    files.channel()
    files._write("guide.yaml", {**GUIDE, **changes})

    with pytest.raises(StartingTextError, match=f"guide.yaml: .*{named}"):
        files.load()
