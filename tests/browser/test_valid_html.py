"""HTML as the standard has it: what the server sends for every kind of screen, in both languages."""

from itertools import product

import pytest
from django.template.loader import render_to_string

from tests import audits
from tools.screens import LANGUAGES, SCREENS

pytestmark = [pytest.mark.browser, pytest.mark.java, pytest.mark.once, pytest.mark.night]
WITHOUT_A_REQUEST = ("400.html", "403_csrf.html", "500.html")


@pytest.fixture
def documents(site, visit, sign_in):
    """Each kind of screen by name, as the server sent it."""

    def documents(language, *, signed_in):
        page = visit(language=language, java_script_enabled=False)
        page.route("**/static/**", lambda route: route.abort())
        if signed_in:
            sign_in(page, language)
        sent = []
        page.on("response", lambda response: sent.append(response) if is_document(response) else None)
        for screen in SCREENS:
            if screen.signed_in == signed_in:
                page.goto(screen.address(site.samples, language))
                if screen.act:
                    screen.act(page)
                yield f"{screen.name}.{language}.html", sent[-1].text()

    return documents


def is_document(response):
    return response.request.resource_type == "document" and not 300 <= response.status < 400


def test_every_kind_of_screen_is_valid_html(documents, tmp_path, measured):
    for language, signed_in in product(LANGUAGES, [False, True]):
        for name, text in documents(language, signed_in=signed_in):
            (tmp_path / name).write_text(text)
    for name in WITHOUT_A_REQUEST:
        (tmp_path / name).write_text(render_to_string(name))

    assert list(audits.faults(tmp_path)) == []
    screens = len(list(tmp_path.iterdir()))
    measured("html", [("HTML faults", f"none on {screens} screens", "`make night`, the Nu checker")])
