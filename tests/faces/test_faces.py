"""The whole path as it runs in production: three processes, three database roles, two factors, a real mail server."""

import re
from datetime import timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.content.editing import typed
from tests.faces import colleague
from tests.faces.crawling import broken, crawl, links
from tests.journeys import officer as desk
from tests.journeys import partner
from tests.journeys.words import da

pytestmark = pytest.mark.postgresql

NUMBERS = count(1)
IDA = "ida@center.example"
ANA = {"name": "Ana Ørsted", "email": "ana@example.org"}
BEN = {"name": "Ben Æbelø", "email": "ben@example.org"}
CODE = "Skriv koden fra din telefon"
PARENT = "Når du er bekymret for dit barn"
INSIDE = ("/admin/", "/admin/login/", "/workspace/", "/workspace/people/", "/account/", "/account/login/")


@pytest.fixture(scope="module")
def officer(faces):
    """Entered by the operator; with a password and a phone, at the desk."""
    reader = colleague.enter(faces, IDA, "Ida Holm", "officer")
    colleague.add_phone(reader)
    return reader.open(desk.DESK)


@pytest.fixture
def event(officer):
    """Planned and published by the officer: one seat."""
    start, title = timezone.now() + timedelta(days=20), f"Aften nummer {next(NUMBERS)}"
    desk.draft(officer, da, title=title, starts_at=start, ends_at=start + timedelta(hours=2), capacity=1)
    address = officer.answer.address
    desk.publish(officer, da)
    return SimpleNamespace(title=title, desk=address)


def cookies(*readers):
    return {cookie for reader in readers for answer in reader.visited for cookie in answer.cookies}


def test_the_database_knows_each_process_by_its_own_role(faces, event):
    faces.reader("public").open("/")

    assert faces.connected() == {"outreach_public", "outreach_internal", "outreach_worker"}


def test_a_visitor_reads_and_finds_whom_to_contact(faces):
    reader = faces.reader("public").open("/")
    assert [one.get_text() for one in reader.main.select(".call .n")] == ["112", "114", "41\xa074\xa090\xa090"]

    reader.follow("Er du bekymret?").follow(PARENT)
    assert reader.main.select_one('.callout.danger a[href="tel:112"]')
    reader.follow("Find lokal hjælp").press("Find", q="aarhus")
    assert reader.heading == "Lokal hjælp: Aarhus"
    reader.open("/en/").follow("Guidance").follow("What is radicalisation?")
    assert (reader.heading, reader.language) == ("What is radicalisation?", "en")
    assert cookies(reader) == set()


def test_nothing_a_reader_answers_or_looks_up_is_written_down(faces):
    reader = faces.reader("public")
    for address in (
        "/hvem-skal-jeg-ringe-til/f/a/a/",
        "/hvem-skal-jeg-ringe-til/a/c/c/?q=aarhus",
        "/find-lokal-hjaelp/?q=zzz",
    ):
        reader.open(address)

    written = dict(faces.said())["public"].lower()
    assert [word for word in ("hvem-skal-jeg", "find-lokal", "aarhus", "zzz") if word in written] == []


def test_a_visitor_registers_confirms_by_a_button_and_cancels_and_the_seat_is_offered_on(faces, event, officer):
    ana, ben, mailboxes = faces.reader("public"), faces.reader("public"), faces.mailboxes
    partner.fill_in(ana, da, event, **ANA)
    assert ana.heading == da.look_in_mailbox
    faces.work()
    partner.confirm(ana, da, mailboxes, ANA["email"])
    assert ana.heading == da.seat
    faces.work()
    letter = mailboxes.last(ANA["email"])
    assert letter.calendar["METHOD"] == "REQUEST"
    assert ANA["name"] in officer.open(event.desk).text
    partner.take_part(ben, da, event, mailboxes, faces.work, **BEN)
    assert ben.heading == da.number_one

    ana.open(letter.link("events:manage")).follow(da.cancel)
    assert ana.heading == da.sure
    ana.press(da.cancel)
    assert ana.heading == da.cancelled
    faces.work()
    ben.open(mailboxes.last(BEN["email"]).link("events:offer")).press(da.yes)
    assert ben.heading == da.seat
    faces.work()

    assert mailboxes.last(ANA["email"]).calendar["METHOD"] == "CANCEL"
    assert mailboxes.last(BEN["email"]).calendar["METHOD"] == "REQUEST"
    assert cookies(ana, ben) == set()


def test_an_officer_registers_a_caller_knows_them_and_reads_one_timeline(faces, event, officer):
    desk.register_caller(officer.open(event.desk), da, name="Cim Åkjær", email="cim@example.org")
    assert f"Cim Åkjær {da.phoned_has_seat}" in officer.text
    faces.work()
    assert faces.mailboxes.last("cim@example.org").calendar["METHOD"] == "REQUEST"

    desk.link_to_new_person(officer, da, "Cim Åkjær")
    assert officer.heading == "Cim Åkjær", officer.mistakes
    desk.log_dialogue(officer, da, kind="call", summary="Vi talte om naboskab.", promise="Send materialet")

    assert (officer.heading, da.nobody_mailed in officer.text) == ("Cim Åkjær", True)
    shown = desk.timeline(officer)
    assert any("Send materialet" in line for line in shown)
    assert any(event.title in line for line in shown)
    assert "Vi talte om naboskab." in officer.text


def test_a_password_alone_opens_nothing_inside(faces, officer):
    new = colleague.enter(faces, "new@center.example", "Nye Nielsen", "officer")
    again = colleague.give_password(faces.reader("internal"), IDA)

    assert again.heading == CODE
    for path in (desk.DESK, "/workspace/people/", "/admin/", "/account/"):
        assert new.open(path).soup.find(class_="key"), "the one page open is that where one adds a phone"
        assert again.open(path).heading in (da.sign_in, CODE)


def test_the_code_of_another_phone_opens_nothing(faces, officer):
    reader = colleague.give_password(faces.reader("internal"), IDA)

    reader.press(da.sign_in, code=colleague.code("A" * 32))

    assert reader.heading == CODE
    assert reader.open(desk.DESK).heading in (da.sign_in, CODE)


def test_cookies_of_colleagues_are_for_tls_and_their_host_only(faces, officer):
    reader = colleague.give_password(faces.reader("internal"), IDA)

    written = [answer.headers["Set-Cookie"] for answer in reader.visited if "Set-Cookie" in answer.headers]
    assert written
    for header in written:
        assert header.count("__Host-") == header.count("Secure") == header.count("HttpOnly") > 0


def editor(faces, name):
    reader = colleague.enter(faces, f"{name}@center.example".lower(), name, "editor")
    colleague.add_phone(reader)
    return reader


def proof(reader):
    """What shows that a form was sent from the page the reader sees."""
    name = "csrfmiddlewaretoken"
    return {name: reader.soup.find("input", {"name": name})["value"]}


def test_two_editors_publish_a_page_and_one_takes_it_down(faces):
    eva, liv, visitor = editor(faces, "Eva"), editor(faces, "Liv"), faces.reader("public")
    section = eva.open("/admin/pages/search/?q=Vejledning").follow("Vejledning").answer.address
    parent = section.rstrip("/").split("/")[-2]
    form = eva.open(f"/admin/pages/add/content/guidancepage/{parent}/")
    sent = typed(title="Når naboen er bange", slug="naboen", **{"action-submit": "1"}, **proof(eva))
    fields = [(name, one) for name, value in sent.items() for one in (value if isinstance(value, list) else [value])]

    eva.transport.post(form.answer.address, fields)
    assert visitor.open("/vejledning/naboen/").status == 404
    approve = re.search(r"/admin/pages/workflow/action/(\d+)/approve/\d+/", liv.open("/admin/").answer.body.decode())
    liv.open(f"/admin/pages/{approve[1]}/edit/").transport.post(approve[0], list(proof(liv).items()))

    assert visitor.open("/vejledning/naboen/").heading == "Når naboen er bange"
    eva.open(f"/admin/pages/{approve[1]}/unpublish/").press()
    assert visitor.open("/vejledning/naboen/").status == 404
    assert eva.open("/workspace/people/").status == 403


def test_an_officer_is_refused_by_the_admin(officer):
    assert officer.open("/admin/").status == 403


def test_every_page_of_the_workspace_opens_under_the_internal_role(officer, event):
    answers = crawl(officer.transport.get, desk.DESK, event.desk)

    inside = [answer for answer in answers if "/workspace/" in answer.address]
    assert len(inside) > 15
    assert broken(inside) == []


def test_no_public_page_sets_a_cookie_or_leads_inside(faces, event):
    answers = crawl(lambda path: faces.wire("public").get(path), "/", "/en/", readers=4, of_a_folder=4)

    assert len(answers) > 60
    assert broken(answers) == []
    assert [answer.address for answer in answers if answer.cookies] == []
    assert [link for answer in answers for link in links(answer) if link.startswith(INSIDE)] == []
    internal = faces.settings["INTERNAL_BASE_URL"].encode()
    assert [answer.address for answer in answers if internal in answer.body] == []
    assert [faces.wire("public").get(path).status for path in INSIDE] == [404] * len(INSIDE)


@pytest.mark.night
def test_every_public_page_opens_for_many_readers_at_once(faces):
    for _ in range(3):
        answers = crawl(lambda path: faces.wire("public").get(path), "/", "/en/", readers=8)

        assert len(answers) > 280
        assert broken(answers) == []
