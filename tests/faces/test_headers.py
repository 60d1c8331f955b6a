"""Every address of both faces, as production serves it behind TLS: the headers no answer may come without."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import get_resolver
from django.utils import translation

from tests import processes
from tests.faces import colleague
from tests.faces.crawling import crawl
from tests.journeys import officer as desk
from tests.journeys.reader import Answer, Wire, path_of
from tests.routes import routes, sample_path

pytestmark = pytest.mark.postgresql

READERS = 4
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
}
SWITCHED_OFF = ("camera", "geolocation", "microphone", "payment", "usb")
STRICT = {
    "default-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
CAGE = {"default-src": "'none'", "sandbox": ""}
# What a page loads or sends something to, from a host it names; and a style sheet that does.
ELSEWHERE = re.compile(
    r"""<(?:script|img|iframe|source|use|video|audio|embed|object|form|link)\b[^>]*\s"""
    r"""(?:src|srcset|data|action|poster|href)\s*=\s*["']?\s*(?:https?:)?//(?!127\.0\.0\.1)[^>]*>|url\(\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)
NAMES_OURSELVES = re.compile(r"""<link\b[^>]*\brel=["']?(?:canonical|alternate)""")


def every_address(face: str, *languages: str) -> list[str]:
    """One address for each pattern of the face's URLconf, in each language."""
    found: dict[str, None] = {}
    for language in languages:
        with translation.override(language):
            found |= dict.fromkeys(map(sample_path, routes(get_resolver(f"outreach.urls.{face}"))))
    return list(found)


def policy_of(answer: Answer) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in answer.headers.get("Content-Security-Policy", "").split(";")]
    return {name: value for name, _space, value in parts if name not in ("report-uri", "report-to")}


def without(answer: Answer) -> Iterator[str]:
    """What the headers of an answer lack."""
    for name, value in EVERYWHERE.items():
        if answer.headers.get(name) != value:
            yield f"{name}: {answer.headers.get(name)}"
    if not all(f"{feature}=()" in answer.headers.get("Permissions-Policy", "") for feature in SWITCHED_OFF):
        yield f"Permissions-Policy: {answer.headers.get('Permissions-Policy')}"
    policy, framed = policy_of(answer), answer.headers.get("X-Frame-Options")
    if policy.get("frame-ancestors", "'none'") == "'none'" and framed != "DENY":
        yield f"X-Frame-Options: {framed}"
    if any(word in str(policy) for word in ("http:", "https:", "*", "unsafe-eval")):
        yield f"the policy names another host: {policy}"


def strict(answer: Answer) -> Iterator[str]:
    if policy_of(answer) not in (STRICT, CAGE):
        yield f"the policy is not strict: {policy_of(answer)}"


def editors(answer: Answer) -> Iterator[str]:
    """Wagtail's admin writes script and style into its pages; nothing else of the policy gives way."""
    policy = policy_of(answer)
    if any(policy.get(name) != value for name, value in STRICT.items() if name != "frame-ancestors"):
        yield f"the policy is not strict: {policy}"
    if policy.get("frame-ancestors") not in ("'none'", "'self'"):
        yield f"anybody may frame it: {policy}"


def loads_from_elsewhere(answer: Answer) -> Iterator[str]:
    if answer.type in ("text/html", "text/css"):
        for found in ELSEWHERE.finditer(answer.body.decode()):
            if not NAMES_OURSELVES.match(found[0]):
                yield f"another host: {found[0]:.120}"


def kept_outside(answer: Answer) -> Iterator[str]:
    if "Set-Cookie" in answer.headers:
        yield "sets a cookie"
    if "cookie" in answer.headers.get("Vary", "").lower():
        yield "varies with a cookie"
    yield from loads_from_elsewhere(answer)


def kept_inside(answer: Answer) -> Iterator[str]:
    if answer.headers.get("Cache-Control") != "no-store":
        yield f"Cache-Control: {answer.headers.get('Cache-Control')}"
    for cookie in re.split(r", (?=__|\w+=)", answer.headers.get("Set-Cookie", "")):
        if (
            cookie
            and "Max-Age=0" not in cookie
            and not (cookie.startswith("__Host-") and all(f in cookie for f in ("Secure", "HttpOnly", "SameSite")))
        ):
            yield f"the cookie {cookie.partition('=')[0]} is not bound to this host and TLS"
    yield from loads_from_elsewhere(answer)


def faults(answers: list[Answer], *rules) -> list[str]:
    return sorted(
        {
            f"{answer.status} {path_of(answer.address)}: {fault}"
            for answer in answers
            for rule in rules
            for fault in rule(answer)
        }
    )


def in_turn(addresses: list[str]) -> list[str]:
    """The link for a new password ends the session it is opened in, so it comes last."""
    return sorted(addresses, key=lambda address: path_of(address).startswith("/account/password/reset/"))


def ask_all(get, addresses: list[str]) -> list[Answer]:
    with ThreadPoolExecutor(READERS) as pool:
        return list(pool.map(get, addresses))


@pytest.fixture(scope="module")
def outside(faces):
    return faces.behind_tls(faces.wire("public"))


@pytest.fixture(scope="module")
def inside(faces):
    """An administrator with password and phone."""
    reader = colleague.enter(faces, "hed@center.example", "Hed Lund", "administrator")
    colleague.add_phone(reader)
    return faces.behind_tls(reader.transport)


def files(wire, page: str) -> list[Answer]:
    """The look, as a page names it."""
    page = wire.get(page).body.decode()
    names = sorted(set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page)))
    return [wire.get(name) for name in names]


def refusals(wire, *, posted: str) -> list[Answer]:
    """400, 403, 404 and 405, and an address without its last slash."""
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    return [
        wire.send("GET", "/", headers={"Host": "evil.example"}),
        wire.send("POST", posted, headers=elsewhere, data={"q": "x"}),
        wire.get("/media/images/nothing.png"),
        wire.get("/static/nothing.css"),
        wire.send("POST", "/media/images/nothing.png", headers=elsewhere),
        wire.send("DELETE", posted, headers=elsewhere),
        wire.send("TRACE", posted),
    ]


def test_every_public_address_is_guarded_and_knows_no_visitor(faces, outside):
    answers = ask_all(outside.get, every_address("public", "da", "en"))
    answers += crawl(outside.get, "/", "/en/", readers=READERS, of_a_folder=2)
    answers += refusals(outside, posted="/arrangementer/mine-tilmeldinger/") + files(outside, "/")

    assert {200, 301, 400, 403, 404, 405} <= {answer.status for answer in answers}
    assert {"text/html", "text/css", "text/calendar"} <= {answer.type for answer in answers}
    assert faults(answers, without, strict, kept_outside) == []


def test_every_internal_address_is_guarded_and_never_stored(faces, inside):
    answers = ask_all(inside.get, in_turn(every_address("internal", "da")))
    answers += refusals(inside, posted="/workspace/people/new/")
    of_editors = [answer for answer in answers if path_of(answer.address).startswith("/admin/")]
    of_officers = [answer for answer in answers if answer not in of_editors]
    looks = files(inside, "/account/")

    assert len(of_editors) > 250 and len(of_officers) > 120
    assert {200, 302, 400, 403, 404, 405} <= {answer.status for answer in answers}
    assert [path_of(answer.address) for answer in of_officers if answer.status >= 500] == []
    assert faults(answers, without, kept_inside) == []
    assert faults(of_officers + looks, without, strict) == []
    assert faults(of_editors, editors) == []


def test_a_stranger_meets_the_same_headers_inside(faces):
    stranger = faces.behind_tls(faces.wire("internal"))

    answers = ask_all(
        stranger.get, ["/", "/account/login/", "/account/password/reset/", desk.DESK, "/admin/", "/admin/login/"]
    )

    assert faults(answers, without, strict, kept_inside) == []


@pytest.mark.parametrize("face", ["public", "internal"])
def test_a_failure_has_the_headers_too(faces, face, tmp_path):
    """A process without its database answers every page with an error and its number in the log."""
    env, log = faces.environment(face) | {"DATABASE_URL": NOWHERE}, tmp_path / "log"
    with processes.serving(env, log) as address:
        wire = faces.behind_tls(Wire(address))
        answers = [wire.get(path) for path in ("/", "/en/", "/workspace/", "/account/", "/media/images/a.png")]
    failed = [answer for answer in answers if answer.status == 500]
    told = log.read_text()

    assert failed
    assert all(answer.headers["X-Request-ID"] in answer.body.decode() for answer in failed)
    assert all(answer.headers["X-Request-ID"] in told for answer in failed)
    assert faults(answers, without, strict, kept_outside if face == "public" else kept_inside) == []


def test_plain_http_is_led_to_tls_by_a_guarded_answer(faces, tmp_path):
    env = faces.environment("public") | {"SECURE_SSL_REDIRECT": "true"}
    with processes.serving(env, tmp_path / "log") as address:
        answer = Wire(address).get("/soeg/?q=a")

    assert (answer.status, answer.headers["Location"]) == (301, f"https://{address.rpartition('/')[2]}/soeg/?q=a")
    assert [fault for fault in without(answer) if not fault.startswith("Strict-Transport-Security")] == []
    assert list(strict(answer)) == []
