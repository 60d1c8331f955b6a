"""Holes that comparable systems had, tried here from outside by HTTP."""

import re

import pytest
from django.utils import timezone

from events.models import Question, Registration
from events.services import calendar
from outreach.links import public_href
from tests.content.public_face import public_face as public_face
from tests.content.test_page_cache import site as site
from tests.events.conftest import event as event
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
ANA = {"name": "Ana Ærø", "email": "ana@example.org", "organisation": "Æblehaven", "consent": "on"}


def test_calendar_of_a_private_event_by_its_address(client):
    draft, invited = EventFactory(draft=True), EventFactory(by_invitation=True)

    for private in (draft, invited):
        assert client.get(public_href("events:event_ics", private.slug)).status_code == 404
        assert client.get(public_href("events:event", private.slug)).status_code == 404


def test_draft_through_search_or_feed(client):
    """What is published under the same words is found, so the search was asked."""
    words = {"title": "Kanariefugl", "public_title": "Kanariefugl"}
    draft, published = EventFactory(draft=True, **words), EventFactory(**words)
    for written in (draft, published):
        calendar.write_down(written, now=timezone.now())
        written.save()

    for path in ("/arrangementer/", "/arrangementer/calendar.ics", "/soeg/?q=kanariefugl"):
        told = client.get(path).text.replace("\r\n ", "")
        assert re.search(rf"\b{published.slug}\b", told)
        assert not re.search(rf"\b{draft.slug}\b", told)


def test_registration_of_somebody_else_by_id(client):
    registration = RegistrationFactory(confirmed=True)

    for key in (registration.pk, registration.pk.hex if hasattr(registration.pk, "hex") else "1", "1", "0" * 40):
        for name in ("events:manage", "events:entry", "events:cancel"):
            assert registration.name not in client.get(public_href(name, str(key))).text


def test_host_header(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert "evil.example" not in client.get("/", headers={"x-forwarded-host": "evil.example"}).text


def token_of(client, page):
    return client.get(page).context["form"]["form_token"].value()


def test_cr_lf_in_an_address(client, work, mailoutbox):
    """In a form that is else in order: the same with a whole address is taken."""
    page = public_href("events:find")
    RegistrationFactory(email="ana@example.org", confirmed=True)

    for email, status in (("ana@example.org\r\nBcc: b@example.org", 422), ("ana@example.org", 302)):
        answer = client.post(page, {"email": email, "form_token": token_of(client, page)})
        assert answer.status_code == status
        work()
        assert [letter.to for letter in mailoutbox] == [["ana@example.org"]] * (status == 302)


def test_cr_lf_in_a_name(client, event, work, mailoutbox):
    page = public_href("events:register", event.slug)

    client.post(page, {**ANA, "name": "Ana\r\nBcc: b@example.org", "form_token": token_of(client, page)})
    work()

    (letter,) = mailoutbox
    assert letter.recipients() == [ANA["email"]]
    assert "Bcc" not in letter.message()


def test_forged_ids_in_the_rows_of_colleagues_and_in_the_answers(client, event):
    """A form that names what is another's changes nothing of theirs and takes nothing from it."""
    page, other = public_href("events:register", event.slug), EventFactory()
    theirs = RegistrationFactory(event=other, confirmed=True)
    question = Question.objects.create(event=other, label="Hvad vil du øve?")
    as_it_was = Registration.objects.filter(pk=theirs.pk).values().get()
    own = {"id": theirs.pk, "pk": theirs.pk, "event": other.pk, "event_id": other.pk, "status": "confirmed"}
    row = {"name": "Bo", "email": "bo@example.org", "DELETE": "on", **own}
    forged = {f"colleague-0-{field}": value for field, value in row.items()}
    rows = {"colleague-TOTAL_FORMS": "1", "colleague-INITIAL_FORMS": "1", **forged}
    answers = {f"question_{question.key}": "Ro", f"question_{question.pk}": "Ro"}

    answer = client.post(page, {**ANA, **own, **rows, **answers, "form_token": token_of(client, page)})

    assert answer.status_code == 302
    assert Registration.objects.filter(pk=theirs.pk).values().get() == as_it_was
    new = Registration.objects.exclude(pk=theirs.pk)
    assert {(row.name, row.event_id, row.status) for row in new} == {
        (name, event.pk, "pending") for name in ("Ana Ærø", "Bo")
    }
    assert not any(row.answers for row in new)


def test_cached_cookie(public_face, site):
    for path in ("/", "/samtale/", "/arrangementer/", "/soeg/?q=a"):
        answer = public_face.get(path)
        assert (path, answer.status_code) == (path, 200)
        assert not answer.cookies
        assert "cookie" not in answer.get("Vary", "").lower()


def test_token_in_a_referer(client):
    answer = client.get(public_href("events:confirm", "A" * 43))

    assert answer["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert not re.search(r"""\bsrc=["'](?:https?:)?//""", answer.text)
