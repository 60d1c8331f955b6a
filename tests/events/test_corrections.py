"""A registrant says what is wrong in what we hold: nothing changes, and the answer is the same for everybody."""

import pytest
from django.urls import reverse

from events.models import Correction, Registration
from events.services import tokens
from outreach.privacy.retention import RULES
from tests.events.factories import EventFactory

pytestmark = pytest.mark.django_db
HELD = {"name": "Ana", "email": "ana@example.org", "organisation": "Åben Dør", "role": "formand"}


@pytest.fixture
def registration():
    registration = EventFactory(seats=5, registered=1).registrations.get()
    Registration.objects.filter(pk=registration.pk).update(**HELD)
    return Registration.objects.get(pk=registration.pk)


@pytest.fixture
def link(registration):
    return tokens.issue(registration, "manage")


@pytest.fixture
def send(client, link):
    """Send the form as it stands, but for what is given."""

    def send(**changed):
        page = client.get(reverse("events:correct", args=[link]))
        form = page.context["form"]
        sent = {"form_token": form.new_token(), "homepage": "", "phone": "", "note": "", **HELD, **changed}
        return client.post(reverse("events:correct", args=[link]), sent)

    return send


def test_what_is_held_stands_in_the_form(client, link):
    page = client.get(reverse("events:correct", args=[link])).content.decode()

    assert all(f'value="{value}"' in page for value in HELD.values())


def test_only_what_was_changed_is_kept_and_the_registration_stays_as_it_is(send, registration):
    answer = send(name="Åna  Bro", phone="12 34 56 78")

    assert answer.status_code == 302
    correction = Correction.objects.get()
    told = [getattr(correction, field) for field in Correction.TOLD]
    assert told == ["Åna Bro", "", "12 34 56 78", "", "", ""]
    assert (correction.registration_id, correction.status) == (registration.pk, "pending")
    registration.refresh_from_db()
    assert {field: getattr(registration, field) for field in HELD} == HELD


def test_the_page_that_says_thank_you_names_nothing_we_hold(send, client):
    page = client.get(send(name="Åna")["Location"]).content.decode()

    assert not any(value in page.split("<main")[1].split("</main>")[0] for value in ("Ana", "Åben Dør"))


def test_a_correction_that_changes_nothing_is_sent_back_in_words(send):
    answer = send()

    assert answer.status_code == 422
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [{"note": "010290-1234"}, {"name": "0102901234"}, {"email": "ana"}, {"note": "x" * 501}, {"form_token": "x"}],
)
def test_a_number_a_mistake_or_a_form_from_elsewhere_is_refused(send, changed):
    assert send(**changed).status_code == 422
    assert not Correction.objects.exists()


def test_what_is_to_be_removed_is_kept_and_blank_changes_nothing(send):
    answer = send(remove_phone="on", remove_role="on", organisation="")

    assert answer.status_code == 302
    correction = Correction.objects.get()
    assert correction.removed == ["phone", "role"]
    assert [getattr(correction, field) for field in Correction.TOLD] == [""] * 6


@pytest.mark.parametrize(
    "changed", [{"phone": "12 34 56 78", "remove_phone": "on"}, {"role": "x", "remove_role": "on"}]
)
def test_something_new_and_nothing_at_once_is_asked_about_at_the_field(send, changed):
    answer = send(**changed)

    assert answer.status_code == 422
    assert "ikke begge dele" in str(answer.context["form"].errors[next(iter(changed))])
    assert not Correction.objects.exists()


def test_a_made_up_field_is_not_removed():
    assert Correction(removes="name,phone,;drop").removed == ["phone"]


def test_a_flood_through_one_link_ends_with_the_text_kept(send):
    answers = [send(name=f"Ana {number}") for number in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert 'value="Ana 10"' in answers[-1].content.decode()


@pytest.mark.parametrize("purpose", ["confirm", "nothing"])
def test_another_link_opens_the_one_page_for_links_that_do_not_work(client, registration, purpose):
    token = "x" * 43 if purpose == "nothing" else tokens.issue(registration, purpose)

    for send in (client.get, client.post):
        assert send(reverse("events:correct", args=[token])).status_code == 404


def test_retention_forgets_a_correction(send, registration):
    send(name="Åna")
    correction = Correction.objects.get()
    waiting, decided = RULES["events.corrections"], RULES["events.corrections_decided"]

    assert list(waiting.due(correction.created_at)) == [correction]
    assert not decided.due(correction.created_at).exists()
