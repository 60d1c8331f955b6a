"""An association invites us: the form, the mails, the personal links, and what attackers get."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from content.models import Theme
from content.registries import next_steps
from events.forms.dialogue import DialogueRequestForm
from events.models import DialogueRequest
from events.services import dialogue_requests
from outreach.mail.models import OutboxMessage
from outreach.places.models import Municipality, PoliceDistrict
from outreach.privacy import limits
from tests.events.factories import OfficerFactory

pytestmark = pytest.mark.django_db
Status = DialogueRequest.Status
ASK, ASKED = "/dialog/", "/dialog/sendt/"


@pytest.fixture
def places():
    district = PoliceDistrict.objects.create(name="Østjyllands Politi", slug="oestjylland")
    for number, name in enumerate(["Aarhus", "Herning", "Hedensted"]):
        Municipality.objects.create(code=str(number), name=name, slug=name.lower(), police_district=district)
    Theme.objects.create(key="families", name_da="Familie og pårørende", name_en="Families and relatives")


@pytest.fixture
def send(client, places):
    def send(address=ASK, **changed):
        typed = {
            "organisation": "  Foreningen   Æble ",
            "name": "Åse Kær",
            "email": "ase@example.org",
            "themes": ["families"],
            "place": "here",
            "municipality": "arhus kommune",
            "people": "12",
            "form_token": DialogueRequestForm.new_token(),
        }
        return client.post(address, typed | changed)

    return send


@pytest.fixture
def post(work):
    """``post()`` runs the worker and returns the letters sent since the last call."""

    def post():
        work()
        letters, mail.outbox[:] = list(mail.outbox), []
        return letters

    return post


def path_in(letter):
    return re.search(r"http://[^/\s]+(/\S+)", letter.body)[1]


def test_from_the_form_to_an_answer(send, post, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        assert send().headers["Location"] == ASKED
    request = DialogueRequest.objects.get()
    assert (request.organisation, request.municipality.name, request.people) == ("Foreningen Æble", "Aarhus", 12)
    assert (request.status, request.language, request.themes) == ("pending", "da", ["families"])

    [letter] = post()
    assert letter.subject == "Bekræft jeres invitation til en dialog"
    assert "Æble" not in letter.body  # the address may be a stranger's
    confirm = path_in(letter)
    assert "Foreningen Æble" in client.get(confirm).content.decode()
    assert DialogueRequest.objects.pending().exists()  # GET changes nothing
    assert [client.post(confirm).status_code for _click in range(2)] == [200, 200]
    assert client.get(confirm).status_code == 404

    [letter] = post()
    manage = path_in(letter)
    page = client.get(manage).content.decode()
    assert all(told in page for told in ("Familie og pårørende", "Aarhus", "12", "Træk invitationen tilbage"))
    assert client.get(manage + "traek-tilbage/").status_code == 200
    assert DialogueRequest.objects.waiting().exists()
    assert "I har trukket" in client.post(manage + "traek-tilbage/").content.decode()
    assert "I har trukket" in client.post(manage + "traek-tilbage/").content.decode()
    assert DialogueRequest.objects.withdrawn().exists()
    assert post() == []


def test_the_answer_is_the_same_for_an_address_we_know(send):
    first, second = send(), send()

    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert DialogueRequest.objects.count() == 2


def test_it_is_said_first_what_the_page_is_not_for(client, places):
    for address, words in ((ASK, "Ikke til tip"), ("/en/dialogue/", "Not for tips")):
        page = client.get(address).content.decode()
        assert page.index(words) < page.index("tel:+4541749090", page.index(words)) < page.index('name="organisation"')
        assert "Set-Cookie" not in client.get(address).headers


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"themes": []}, "themes"),
        ({"themes": ["no-such"]}, "themes"),
        ({"municipality": ""}, "municipality"),
        ({"municipality": "zzz"}, "municipality"),
        ({"municipality": "he"}, "municipality"),
        ({"municipality": "Østjyllands Politi"}, "municipality"),
        ({"municipality": "\x00"}, "municipality"),
        ({"place": "elsewhere"}, "place"),
        ({"email": "ase@example.org\nBcc: all@example.org"}, "email"),
        ({"name": "Åse\x00"}, "name"),
        ({"wishes": "x" * 1_000_000}, "wishes"),
        ({"topic": "Hans nummer er 010190-1234"}, "topic"),
        ({"people": "9" * 400}, "people"),
        ({"people": "-1"}, "people"),
        ({"form_token": "forged"}, "__all__"),
        ({"homepage": "http://spam.example"}, "__all__"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(send, changed, field):
    answer = send(**changed)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not DialogueRequest.objects.exists()


@pytest.mark.parametrize("typed", ["many", "0", "99999999999999999999"])
def test_a_number_nobody_could_mean_is_answered_with_one_they_could(send, typed):
    answer = send(people=typed)

    assert answer.context["form"].errors["people"] == ["Skriv et tal mellem 1 og 5000."]


def test_how_long_an_invitation_is_kept_is_told_in_months(client, places):
    assert "Vi sletter den 6 måneder efter svaret." in client.get("/dialog/").content.decode()


def test_a_municipality_that_could_be_two_is_asked_for(send):
    errors = send(municipality="he").context["form"].errors["municipality"]

    assert errors == ["Hvilken kommune mener I? Det kan være: Hedensted, Herning."]


def test_online_needs_no_place_and_own_words_no_topic(send):
    assert (
        send("/en/dialogue/", place="online", municipality="zzz", themes=[], topic="Sociale medier").status_code == 302
    )

    request = DialogueRequest.objects.get()
    assert (request.online, request.municipality, request.language) == (True, None, "en")


def test_what_else_is_in_the_form_is_passed_over(send):
    send(status="accepted", handler=str(OfficerFactory().pk), answer="x", confirmed_at="2026-01-01")

    request = DialogueRequest.objects.get()
    assert (request.status, request.handler, request.answer, request.confirmed_at) == ("pending", None, "", None)


def test_one_address_gets_so_many_mails_and_what_was_typed_stays(send, monkeypatch):
    monkeypatch.setattr(limits, "PER_ADDRESS", 1)
    send()

    refused = send()

    assert refused.status_code == 429
    assert "Foreningen" in refused.content.decode()
    assert DialogueRequest.objects.count() == 1


def test_a_form_from_elsewhere_is_refused(client, places):
    assert client.post(ASK, {}, headers={"Origin": "https://elsewhere.example"}).status_code == 403


@pytest.mark.parametrize(
    "link",
    [
        "bekraeft/x/",
        "vores-invitation/x/",
        "vores-invitation/x/traek-tilbage/",
        "BEKRAEFT/x",
        "bekraeft/",
        "bekraeft/a/b/",
    ],
)
def test_every_link_that_does_not_work_gets_one_page(client, link):
    for send in (client.get, client.post):
        answer = send(ASK + link, follow=True)
        assert answer.status_code == 404
        assert "Linket kan ikke bruges" in answer.content.decode()


def test_a_proposal_is_one_insert_without_reading_anything(started, django_assert_num_queries):
    told = dict.fromkeys(dialogue_requests.TOLD, "") | {"themes": [], "online": True, "municipality": None}

    with django_assert_num_queries(3) as queries:  # savepoint, insert, release
        dialogue_requests.propose(told | {"people": None}, language="da", now=timezone.now())

    assert "RETURNING" not in queries[1]["sql"]


def test_a_mail_about_an_answer_names_who_will_be_in_touch_or_says_what_the_officer_wrote(post):
    officer, now = OfficerFactory(name="Mette Lund"), timezone.now()
    told = dict.fromkeys(dialogue_requests.TOLD, "") | {"themes": [], "online": True, "municipality": None}
    told |= {"people": None, "organisation": "Æble", "name": "Åse", "email": "ase@example.org"}
    asked = [dialogue_requests.propose(told, language="en", now=now) for _ in range(2)]
    for request in asked:
        dialogue_requests.confirm(request.pk, now=now)
    post()

    dialogue_requests.accept(asked[0], officer=officer, now=now)
    dialogue_requests.decline(asked[1], "Sorry.\r\nBcc: all@example.org", officer=officer, now=now)

    yes, no = sorted(post(), key=lambda letter: letter.subject, reverse=True)
    assert "Mette Lund will be in touch" in yes.body
    assert "Sorry." in no.body
    assert no.recipients() == ["ase@example.org"]
    assert OutboxMessage.objects.about(asked[0]).filter(kind="events.dialogue_accepted").count() == 1


def test_associations_meet_the_way_here_where_they_read(client):
    [step] = [step for step in next_steps if step.audience == "association"]

    with translation.override("en"):
        assert step.url() == reverse("dialogue:ask") == "/en/dialogue/"
    assert "Vil I mødes med os?" in client.get("/for/foreninger/").content.decode()
    assert "Vil I mødes med os?" not in client.get("/for/familie-og-venner/").content.decode()
