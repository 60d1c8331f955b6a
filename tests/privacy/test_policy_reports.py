"""What browsers report of broken content policies: both formats are counted, and nothing else is kept."""

import json

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from outreach.audit.logs import SoberFormatter
from outreach.design.middleware import REPORTS, security_headers
from outreach.privacy import policy_reports
from outreach.privacy.policy_reports import AT_ONCE, KINDS, LARGEST, NEW, OLD, PER_SOURCE, Tally
from tests.content.public_face import public_face as public_face

SECRET = "kanariefugl"
LINK = f"https://testserver/arrangementer/bekraeft/{SECRET}/?q={SECRET}"
BLOCKED = f"https://tracker.example/{SECRET}.js?{SECRET}"


def old(**body):
    return {
        "csp-report": {
            **{"document-uri": LINK, "referrer": LINK, "blocked-uri": BLOCKED, "script-sample": SECRET},
            **{"effective-directive": "script-src-elem", "original-policy": SECRET, "source-file": LINK, **body},
        }
    }


def new(**body):
    told = {"documentURL": LINK, "blockedURL": BLOCKED, "effectiveDirective": "script-src-elem", "sample": SECRET}
    return [{"type": "csp-violation", "age": 1, "url": LINK, "user_agent": SECRET, "body": {**told, **body}}]


@pytest.fixture(autouse=True)
def tally(monkeypatch):
    monkeypatch.setattr(policy_reports, "TALLY", Tally())


@pytest.fixture
def told(caplog):
    """What the process writes of it."""
    ours = "outreach.policy"
    return lambda: [json.loads(SoberFormatter().format(one)) for one in caplog.records if one.name == ours]


def send(client, report, kind=NEW, **options):
    body = report if isinstance(report, bytes | str) else json.dumps(report)
    return client.post(REPORTS, body, content_type=kind, **options)


@pytest.fixture(params=["public", "internal"])
def browser(request, settings, db):
    """Somebody who is not signed in."""
    if request.param == "public":
        return request.getfixturevalue("public_face")
    settings.ROOT_URLCONF, settings.FACE, settings.SECOND_FACTOR_REQUIRED = "outreach.urls.internal", "internal", True
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(("kind", "report"), [(OLD, old()), (NEW, new())])
def test_both_formats_are_taken_on_both_faces_and_nothing_personal_is_kept(browser, told, kind, report):
    answer = send(browser, report, kind)

    assert (answer.status_code, answer.content, answer.cookies) == (204, b"", {})
    (line,) = told()
    assert (line["directive"], line["blocked"], line["times"]) == ("script-src-elem", "tracker.example", 1)
    assert SECRET not in json.dumps(line)


def test_a_page_is_named_by_its_view(public_face, db, told):
    send(public_face, [*new(), *new(documentURL="https://testserver/en/events/"), *new(documentURL="/nothing/here/")])

    assert [line["view"] for line in told()] == ["events:confirm", "events:list", "wagtail_serve"]


def test_a_violation_is_told_the_first_time_the_tenth_and_the_hundredth(public_face, db, told):
    for _ in range(6):
        send(public_face, new() * AT_ONCE)

    assert [line["times"] for line in told()] == [1, 10, 100]


def test_no_flood_of_hosts_fills_the_log(public_face, db, told):
    for number in range(15):
        send(public_face, [report for n in range(20) for report in new(blockedURL=f"https://h{number}-{n}.example/")])

    assert len(told()) == KINDS


def test_one_source_sends_only_so_much(public_face, db, told):
    answers = [send(public_face, new()).status_code for _ in range(PER_SOURCE + 2)]

    assert answers == [204] * PER_SOURCE + [429] * 2
    assert send(public_face, new(), REMOTE_ADDR="192.0.2.9").status_code == 204


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x" * (LARGEST + 1), NEW, 413),
        (b"{", NEW, 400),
        (b"\xff\xfe", OLD, 400),
        (b"[" * 50_000, NEW, 400),
        (b"9" * 9_999, NEW, 400),
        (b"{}", "text/plain", 415),
        (b"csp-report=1", "application/x-www-form-urlencoded", 415),
        (b"null", NEW, 204),
        (b'"x"', OLD, 204),
        (b"[1, null, [], {}]", NEW, 204),
        (b'{"csp-report": 1}', OLD, 204),
        (b'[{"type": "csp-violation", "body": []}, {"type": "deprecation", "body": {}}]', NEW, 204),
    ],
)
def test_what_is_no_report_is_answered_and_leaves_no_line(public_face, db, told, body, kind, status):
    assert send(public_face, body, kind).status_code == status
    assert told() == []


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ({"blockedURL": f"https://ana:{SECRET}@tracker.example:8080/"}, "tracker.example"),
        ({"blockedURL": "inline"}, "inline"),
        ({"blockedURL": f"data:text/html,{SECRET}"}, "data"),
        ({"blockedURL": f"moz-extension://{SECRET}/x.js"}, "moz-extension"),
        ({"blockedURL": f"{SECRET} 010190-1234"}, "other"),
        ({"blockedURL": f"https://{SECRET}@/x"}, "other"),
        ({"blockedURL": f"https://a\r\n{SECRET}@x/"}, "x"),
        ({"blockedURL": "https://[::1"}, "other"),
        ({"blockedURL": f"https://{'a' * 200}.example/"}, "other"),
        ({"blockedURL": {"a": SECRET}}, "other"),
        ({"effectiveDirective": SECRET, "blockedURL": "eval", "documentURL": f"http://[{SECRET}"}, "eval"),
    ],
)
def test_of_hostile_reports_only_known_words_and_hosts_are_kept(public_face, db, told, body, kept):
    assert send(public_face, new(**body)).status_code == 204

    (line,) = told()
    assert line["blocked"] == kept
    assert SECRET not in json.dumps(line)


@pytest.mark.parametrize("method", ["get", "put", "delete", "options"])
def test_the_address_takes_nothing_but_reports(public_face, db, method):
    assert getattr(public_face, method)(REPORTS).status_code == 405


def test_every_page_says_where_to_report():
    answer = security_headers(lambda request: HttpResponse())(RequestFactory().get("/"))

    assert f"report-uri {REPORTS}; report-to policy" in answer["Content-Security-Policy"]
    assert answer["Reporting-Endpoints"] == f'policy="{REPORTS}"'
