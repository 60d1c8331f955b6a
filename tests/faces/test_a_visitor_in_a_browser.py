"""All that a visitor does, in Chromium before the public process: its own settings, its own role, a cold database with
the worker beside it. What is read and mailed was made through the internal process after everything had started."""

import io
import json
import re
from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from tests.browser.hands import Mouse
from tests.content.editing import typed
from tests.faces import colleague
from tests.journeys import officer as desk
from tests.journeys.words import da
from tests.watching import watched_page

pytestmark = [pytest.mark.postgresql, pytest.mark.browser]
DETAILS = {"organisation": "Foreningen Åben Dør", "role": "Formand"}
DIALOGUE = "/dialog/"
NUMBERS = count(1)


@pytest.fixture(scope="module")
def officer(faces):
    reader = colleague.enter(faces, "per@center.example", "Per Holm", "officer")
    colleague.add_phone(reader)
    return reader


@pytest.fixture
def event(officer):
    """Two seats."""
    start, title = timezone.now() + timedelta(days=20), f"Aften i browser nummer {next(NUMBERS)}"
    desk.draft(officer, da, title=title, public_title=title, starts_at=start, ends_at=start + timedelta(hours=2))
    desk.publish(officer, da)
    return title


@pytest.fixture
def visitor(faces, chromium):
    """``visitor()`` is at a window of their own, with no cookie before or after."""
    with watched_page(chromium) as page:
        yield Mouse(page)
        assert page.context.cookies() == []


def editor(faces, name):
    reader = colleague.enter(faces, f"{name}@center.example".lower(), name, "editor")
    colleague.add_phone(reader)
    return reader


def proof(reader):
    name = "csrfmiddlewaretoken"
    return {name: reader.soup.find("input", {"name": name})["value"]}


def uploaded(reader):
    """The number of a picture that an editor has uploaded a moment ago."""
    drawn = io.BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(drawn, "JPEG")
    token = proof(reader.open("/admin/images/multiple/add/"))
    answer = reader.transport.send(
        "POST",
        "/admin/images/multiple/add/",
        data={"title": "Huset", "collection": "1", **token},
        headers={"X-Requested-With": "XMLHttpRequest"},
        files={"files[]": ("huset.jpg", drawn.getvalue(), "image/jpeg")},
    )
    return json.loads(answer.body)["image_id"]


def published(faces):
    """A page with that picture, written by one editor and approved by another; its title."""
    writer, approver, title = editor(faces, "Ebbe"), editor(faces, "Lone"), "Når huset er tomt"
    picture = {"image": str(uploaded(writer)), "alt_text": "Et hus", "decorative": ""}
    section = writer.open("/admin/pages/search/?q=Vejledning").follow("Vejledning").answer.address
    form = writer.open(f"/admin/pages/add/content/guidancepage/{section.rstrip('/').split('/')[-2]}/")
    body = [("heading", "Huset"), ("picture", picture)]
    sent = typed(title=title, slug="huset", body=body, **{"action-submit": "1"}, **proof(writer))
    fields = [(name, one) for name, value in sent.items() for one in (value if isinstance(value, list) else [value])]
    writer.transport.post(form.answer.address, fields)
    waits = approver.open("/admin/").answer.body.decode()
    approve = re.search(r"/admin/pages/workflow/action/(\d+)/approve/\d+/", waits)
    approver.open(f"/admin/pages/{approve[1]}/edit/").transport.post(approve[0], list(proof(approver).items()))
    return title


def test_a_visitor_reads_a_page_with_a_fresh_picture_and_finds_it(faces, visitor):
    title = published(faces)
    faces.work()

    visitor.open(faces.settings["PUBLIC_BASE_URL"] + "/")
    visitor.open(faces.settings["PUBLIC_BASE_URL"] + "/soeg/?q=tomt")
    visitor.page.get_by_role("link", name=title).first.click()
    visitor.heading(title)
    picture = visitor.page.locator("main img").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("one => one.naturalWidth") > 300


def go_on(hands):
    """From the page of the event to its form."""
    full = hands.page.locator("main a", has_text=da.join_queue).count()
    hands.follow(da.join_queue if full else da.register)


def register(faces, hands, event, name, email, colleagues=()):
    """From the front page to the page that says a mail is under way."""
    hands.open(faces.settings["PUBLIC_BASE_URL"] + "/")
    hands.follow(da.events)
    hands.follow(event)
    go_on(hands)
    hands.write(name=name, email=email, **DETAILS)
    hands.choose("consent", da.may_keep)
    for number, (their_name, their_email) in enumerate(colleagues):
        hands.page.locator("[name=add_colleague]").click()
        hands.page.locator(f"[name=colleague-{number}-name]").fill(their_name)
        hands.page.locator(f"[name=colleague-{number}-email]").fill(their_email)
    hands.press(da.send_me_a_mail)
    hands.heading(da.look_in_mailbox)
    faces.work()


def confirm(faces, hands, email, heading):
    hands.open(faces.mailboxes.last(email).link("events:confirm"))
    hands.press(da.confirm_button)
    hands.heading(heading)
    faces.work()


def test_a_visitor_registers_with_a_colleague_waits_changes_cancels_and_another_accepts(faces, visitor, event):
    ana, bo, cim = "ana.b@example.org", "bo.b@example.org", "cim.b@example.org"
    register(faces, visitor, event, "Ana Ørsted", ana, colleagues=[("Bo Æbelø", bo)])
    confirm(faces, visitor, ana, da.seat)
    confirm(faces, visitor, bo, da.seat)
    register(faces, visitor, event, "Cim Åkjær", cim)
    confirm(faces, visitor, cim, da.number_one)

    visitor.open(faces.mailboxes.last(ana).link("events:manage"))
    visitor.follow(da.correct)
    visitor.write(needs="En rampe")
    visitor.press(da.save_details)
    visitor.shows("En rampe")
    visitor.follow(da.cancel)
    visitor.press(da.cancel)
    visitor.heading(da.cancelled)
    faces.work()

    visitor.open(faces.mailboxes.last(cim).link("events:offer"))
    visitor.press(da.yes)
    visitor.heading(da.seat)
    faces.work()
    assert faces.mailboxes.last(cim).calendar["METHOD"] == "REQUEST"


def test_a_visitor_asks_for_a_dialogue_and_confirms_it(faces, visitor):
    email = "dora@example.org"
    visitor.open(faces.settings["PUBLIC_BASE_URL"] + DIALOGUE)
    visitor.write(organisation="Foreningen Åben Dør", name="Dora", email=email, topic="Naboskab i gården")
    visitor.choose("place", "Online")
    visitor.press(da.send_me_a_mail)
    visitor.heading(da.look_in_mailbox)
    faces.work()

    visitor.open(faces.mailboxes.last(email).link("dialogue:confirm"))
    visitor.page.locator("main form button, main form [type=submit]").last.click()
    visitor.page.wait_for_load_state()
    faces.work()
    assert faces.mailboxes.last(email).link("dialogue:manage")


def test_under_attack_a_visitor_still_gets_through_by_the_mail(faces, visitor, event):
    email = "eva.b@example.org"
    faces.manage("siege", "--hours", "1")
    try:
        visitor.open(faces.settings["PUBLIC_BASE_URL"] + "/")
        visitor.follow(da.events)
        visitor.follow(event)
        go_on(visitor)
        visitor.write(email=email)
        visitor.press("Send mig linket")
        visitor.heading(da.look_in_mailbox)
        faces.work()
        visitor.open(faces.mailboxes.last(email).link("events:form"))
        visitor.write(name="Eva Falk", **DETAILS)
        visitor.choose("consent", da.may_keep)
        visitor.press(da.send_me_a_mail)
        visitor.heading(da.look_in_mailbox)
        faces.work()
        confirm(faces, visitor, email, da.seat)
    finally:
        faces.manage("siege", "--lift")
