"""The language of a page and its security headers follow from its path."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from outreach.design.middleware import language_by_path, security_headers
from outreach.links import public_href
from tests.events.factories import EventFactory


class Colleague:
    def __init__(self, signed_in):
        self.is_authenticated = signed_in


def answer(path, *, signed_in=None, middleware=security_headers, **headers):
    request = RequestFactory().get(path, headers=headers)
    if signed_in is not None:
        request.user = Colleague(signed_in)
    return middleware(lambda request: HttpResponse(translation.get_language()))(request)


def policy(response):
    parts = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, value in parts.items() if not name.startswith("report-")}


@pytest.fixture(autouse=True)
def language_as_before():
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.mark.parametrize("path", ["/", "/en/", "/workspace/", "/account/login/", "/administration/"])
def test_the_policy_allows_our_own_files_and_nothing_inline(path):
    rules = policy(answer(path, signed_in=True))

    assert rules["default-src"] == "'self'"
    assert rules.keys() == {"default-src", "object-src", "base-uri", "form-action", "frame-ancestors"}
    assert (rules["frame-ancestors"], rules["base-uri"], rules["form-action"]) == ("'none'", "'none'", "'self'")


def test_the_editors_admin_may_write_inline_but_only_after_sign_in():
    inside = policy(answer("/admin/pages/", signed_in=True))
    outside = policy(answer("/admin/login/", signed_in=False))

    assert "'unsafe-inline'" in inside["script-src"]
    assert "script-src" not in outside
    assert policy(answer("/admin/")).keys() == outside.keys()


def test_no_policy_names_another_host():
    for response in (answer("/"), answer("/admin/", signed_in=True)):
        assert not any(word in response["Content-Security-Policy"] for word in ("http", "*", "unsafe-eval"))


def test_a_view_may_be_stricter_than_the_rest():
    request = RequestFactory().get("/documents/1/")

    response = security_headers(lambda request: HttpResponse(headers={"Content-Security-Policy": "sandbox"}))(request)

    assert response["Content-Security-Policy"] == "sandbox"


def test_every_answer_of_the_site_is_guarded(client, db):
    headers = client.get("/").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "da"), ("/vejledning/", "da"), ("/en/", "en"), ("/en/guidance/", "en"), ("/entre/", "da")],
)
def test_the_path_alone_says_the_language(path, language):
    for wanted in ("da", "en-GB,en;q=0.9", "ar"):
        response = answer(path, middleware=language_by_path, accept_language=wanted)

        assert response.content.decode() == language
        assert response["Content-Language"] == language
        assert "Vary" not in response


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_no_page_varies_with_what_the_browser_prefers(client, db, path):
    response = client.get(path, headers={"accept-language": "en"})

    assert "accept-language" not in response.get("Vary", "").lower()


def test_what_nobody_may_keep_no_search_engine_lists(client, db):
    event = EventFactory()
    form = client.get(public_href("events:register", event.slug))
    unusable = client.get(public_href("events:manage", "0" * 40))
    page = client.get(public_href("events:event", event.slug))

    assert [answer.get("X-Robots-Tag") for answer in (form, unusable, page)] == ["noindex", "noindex", None]
