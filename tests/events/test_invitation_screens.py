"""The officer's screens for whom they ask to an event."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from events.door import invited as door
from events.models import Event, Invitation
from events.services import tokens
from outreach.audit.models import Entry
from outreach.mail.models import Mailbox, OutboxMessage, Suppression
from tests.events.factories import EventFactory, InvitationFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


@pytest.fixture
def event(officer):
    return EventFactory(owner=officer)


def page(name, event, *keys):
    return reverse(f"events_workspace:{name}", args=[event.pk, *keys])


def read(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("body").get_text(" ").split())


def paste(client, event, text, **told):
    return client.post(page("invite", event), {"addresses": text, "language": "da", **told}, follow=True)


def test_addresses_that_are_all_new_are_put_on_the_list_and_nobody_is_mailed(client, event):
    said = read(paste(client, event, "Ana <ana@example.org>\nbo@example.org"))

    assert "2 er sat på listen. Ingen har fået mail." in said
    assert "Ana" in said and "Ikke sendt endnu" in said
    assert event.invitations.prepared().count() == 2 and not OutboxMessage.objects.exists()


def test_each_line_that_is_not_put_there_is_answered_and_what_is_wrong_stands_there_again(client, event):
    RegistrationFactory(event=event, email="cil@example.org", confirmed=True)

    response = paste(client, event, "ana@example.org\nana@example.org\ncil@example.org\nBo <bo@ex>\nhej")

    said = read(response)
    assert "1 er sat på listen." in said and "4 kom ikke på listen" in said
    for words in ("Står her to gange.", "Er allerede tilmeldt.", "Adressen er ikke gyldig.", "Her er ingen adresse."):
        assert words in said
    again = BeautifulSoup(response.content, "html.parser").find("textarea").text
    assert again.split("\n")[-2:] == ["Bo <bo@ex>", "hej"]


def test_too_many_at_once_are_refused_with_all_that_was_pasted(client, event):
    text = "\n".join(f"navn{number}@example.org" for number in range(501))

    response = paste(client, event, text)

    assert response.status_code == 422
    assert "Det er 501 adresser." in read(response) and "navn500@example.org" in response.content.decode()
    assert not event.invitations.exists()


def test_what_looks_like_a_civil_registration_number_is_not_kept(client, event):
    response = paste(client, event, "Ana 010190-1234 <ana@example.org>")

    assert response.status_code == 422 and not event.invitations.exists()


def test_the_page_before_the_mail_says_how_many_in_which_language_and_how_it_reads(client, event):
    InvitationFactory.create_batch(2, event=event)
    InvitationFactory(event=event, language="en")

    said = read(client.get(page("send_invitations", event)))

    assert "Du sender 3 mails: 2 på dansk, 1 på engelsk." in said
    assert "Vi vil gerne invitere dig til:" in said and "We would like to invite you to:" in said
    assert "Send 3 mails" in said and event.public_title in said
    assert not event.invitations.sent().exists()


def test_one_press_mails_as_many_as_the_page_said_and_the_second_nobody(client, event, work):
    InvitationFactory.create_batch(2, event=event)

    first = client.post(page("send_invitations", event), {"count": "2"}, follow=True)
    second = client.post(page("send_invitations", event), {"count": "2"}, follow=True)
    work()

    assert "2 mails er på vej." in read(first)
    assert "Intet er ændret." in read(second)
    assert len(mail.outbox) == 2


def test_the_officers_words_are_read_in_the_preview_before_they_go_and_stand_in_the_mail(client, event, work):
    InvitationFactory(event=event)
    InvitationFactory(event=event, language="en")
    words = "Tak for sidst.\n\n<b>Vi</b> vil gerne høre jer."
    sent = {"count": "2", "greeting": words, "read": "", "send": "1"}

    first = client.post(page("send_invitations", event), sent)
    assert "Intet er sendt endnu." in read(first) and read(first).count("Tak for sidst.") == 3
    assert not event.invitations.sent().exists()
    client.post(page("send_invitations", event), sent | {"read": first.context["shown"]})
    work()

    assert len(mail.outbox) == 2
    for letter in mail.outbox:
        html = str(letter.alternatives[0][0])
        assert f"\n\n{words}\n\n" in letter.body
        assert "&lt;b&gt;Vi&lt;/b&gt;" in html and "<b>Vi" not in html
    assert list(event.invitations.values_list("greeting", flat=True)) == [words, words]


def test_a_link_for_several_reads_otherwise_and_both_are_shown(client, event):
    InvitationFactory(event=event)
    InvitationFactory(event=event, uses=4)
    InvitationFactory(event=event, uses=6, language="en")

    said = read(client.get(page("send_invitations", event)))

    assert "Linket er dit: Send det ikke videre." in said
    assert "Linket gælder for op til 4 fra jer." in said
    assert "The link is for up to 6 of you." in said and "The link is yours" not in said
    assert "Et link til én person: Sådan lyder den på dansk" in said
    assert "Et link til flere: Sådan lyder den på dansk" in said


def test_looking_at_the_words_mails_nobody(client, event):
    InvitationFactory(event=event)
    sent = {"count": "1", "greeting": "Hej", "read": "Hej", "look": ""}

    assert "Hej" in client.post(page("send_invitations", event), sent).context["previews"][0]["mail"].text
    assert not event.invitations.sent().exists()


def test_the_words_of_the_last_round_stand_there_for_the_next_and_a_reminder_has_its_own(client, event, work):
    before = timezone.now() - timedelta(days=2)
    InvitationFactory(event=event, sent=True, created_at=before, greeting="Tak for sidst.")
    InvitationFactory(event=event)

    assert "Tak for sidst." in read(client.get(page("send_invitations", event)))
    assert "Tak for sidst." not in read(client.get(page("remind_invited", event)))
    sent = {"count": "1", "greeting": "Der er stadig plads.", "read": "Der er stadig plads."}
    client.post(page("remind_invited", event), sent)
    work()

    assert ["Der er stadig plads." in letter.body for letter in mail.outbox] == [True]
    assert "Tak for sidst." in read(client.get(page("send_invitations", event)))


@pytest.mark.parametrize("words", ["Ring til 010190-1234", "x" * 1001])
def test_words_that_will_not_do_are_refused_and_nobody_is_mailed(client, event, words):
    InvitationFactory(event=event)

    response = client.post(page("send_invitations", event), {"count": "1", "greeting": words, "read": words})

    assert response.status_code == 422
    assert "greeting" in response.context["form"].errors
    assert words in response.content.decode()
    assert not event.invitations.sent().exists()


def test_a_list_that_has_grown_meanwhile_is_shown_again_first(client, event):
    InvitationFactory.create_batch(3, event=event)

    response = client.post(page("send_invitations", event), {"count": "2"})

    assert "Listen er ændret imens." in read(response) and "Send 3 mails" in read(response)
    assert not event.invitations.sent().exists()


def test_a_draft_can_be_prepared_and_mails_nobody(client, event):
    Event.objects.filter(pk=event.pk).update(status="draft")
    paste(client, event, "ana@example.org")

    assert "Offentliggør først arrangementet." in read(client.get(page("invitations", event)))
    assert "<form method" not in client.get(page("send_invitations", event)).content.decode().split("<main")[1]
    client.post(page("send_invitations", event), {"count": "1"})
    assert event.invitations.prepared().exists()


def test_those_without_an_answer_are_reminded_once_a_press(client, event, work):
    before = timezone.now() - timedelta(days=2)
    silent = InvitationFactory(event=event, sent=True, created_at=before)
    InvitationFactory(event=event, declined=True, created_at=before)
    assert "Mind 1 om at svare" in read(client.get(page("invitations", event)))

    client.post(page("remind_invited", event), {"count": "1"})
    client.post(page("remind_invited", event), {"count": "1"})
    work()

    assert [letter.to for letter in mail.outbox] == [[silent.email]]
    assert "Mind 1 om" not in read(client.get(page("invitations", event)))


def test_the_list_tells_what_each_said_and_counts_it(client, event):
    InvitationFactory(event=event, declined=True, words="Vi rejser.")
    accepted = InvitationFactory(event=event, sent=True)
    door.accept(tokens.digest(tokens.issue(accepted, "invited")), {"name": "Ana"}, language="da")
    named = InvitationFactory(event=event, sent=True, name="Cil")
    door.name_another(tokens.digest(tokens.issue(named, "invited")), "Dan", "dan@example.org")
    InvitationFactory(event=event, sent=True, uses=3)

    said = read(client.get(page("invitations", event)))

    for words in ("Vi rejser.", "Har en plads", "Dan, dan@example.org", "Link til 3 pladser, 0 brugt"):
        assert words in said
    assert "Inviteret 4 Har svaret 3 Sagde ja 1 Sagde nej 1 Har peget på en anden 1 Intet svar endnu 1" in said


def test_who_has_cancelled_since_is_told_apart(client, event):
    invitation = InvitationFactory(event=event, sent=True)
    door.accept(tokens.digest(tokens.issue(invitation, "invited")), {"name": "Ana"}, language="da")
    invitation.registrations.update(status="cancelled")

    assert "Har siden meldt afbud" in read(client.get(page("invitations", event)))


def test_a_mail_that_did_not_go_out_is_marked(client, event, work):
    invitation = InvitationFactory(event=event)
    client.post(page("send_invitations", event), {"count": "1"})
    Suppression.objects.create(address=invitation.email, reason="bounced", since=timezone.now())
    work()
    Suppression.objects.all().delete()

    assert "Mailen blev ikke sendt" in read(client.get(page("invitations", event)))


def test_an_address_that_wants_no_invitations_is_marked_and_not_counted(client, event):
    invitation = InvitationFactory(event=event)
    Mailbox.objects.create(address=invitation.email, unwanted=["events.invitations"])

    said = read(client.get(page("invitations", event)))

    assert "Vil ikke inviteres, eller mail kommer retur" in said and "Send 1" not in said


def test_an_invitation_is_withdrawn_once(client, event):
    invitation = InvitationFactory(event=event, sent=True)
    address = page("withdraw_invitation", event, invitation.pk)

    first, second = (read(client.post(address, follow=True)) for _ in range(2))

    assert "Invitationen er trukket tilbage." in first and "Intet er ændret." in second
    assert Invitation.objects.get().status == "withdrawn"


def test_reading_the_list_is_recorded(client, event):
    invitation = InvitationFactory(event=event, sent=True)

    client.get(page("invitations", event))

    assert Entry.objects.filter(object_label="events.Invitation", ids=[str(invitation.pk)]).exists()


def test_a_colleague_of_another_team_meets_none_of_it(client, event):
    invitation = InvitationFactory(event=event, sent=True)
    client.force_login(OfficerFactory())

    for name in ("invitations", "invite", "choose_invited", "send_invitations", "remind_invited"):
        assert client.get(page(name, event)).status_code == 404
    assert client.post(page("withdraw_invitation", event, invitation.pk)).status_code == 404
    assert Invitation.objects.get().status == "sent"


def test_cancelling_and_changing_say_that_the_invited_hear_of_it(client, event):
    InvitationFactory(event=event, sent=True)
    RegistrationFactory(event=event, confirmed=True)

    assert "Du sender 2 mails: 2 på dansk." in read(client.get(page("cancel", event)))


def test_a_long_list_asks_a_flat_number_of_questions(client, event, django_assert_max_num_queries):
    InvitationFactory.create_batch(120, event=event, sent=True)

    with django_assert_max_num_queries(22):
        first = client.get(page("invitations", event))
    second = client.get(page("invitations", event) + "?page=3")

    assert len(first.context["page"].object_list) == 50
    assert len(second.context["page"].object_list) == 20
    assert "Viser 101–120 af 120" in read(second)


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ("prepared", "Ana"),
        ("sent", "Bo"),
        ("accepted", "Cil"),
        ("declined", "Dan"),
        ("named", "Eva"),
        ("withdrawn", "Finn"),
        ("back", "Gry"),
    ],
)
def test_the_list_is_narrowed_by_what_became_of_them(client, event, state, name):
    now = timezone.now()
    answered = {"sent_at": now, "answered_at": now}
    InvitationFactory(event=event, name="Ana")
    InvitationFactory(event=event, name="Bo", sent=True)
    InvitationFactory(event=event, name="Cil", status="accepted", **answered)
    InvitationFactory(event=event, name="Dan", declined=True)
    InvitationFactory(event=event, name="Eva", status="named", **answered)
    InvitationFactory(event=event, name="Finn", status="withdrawn")
    back = InvitationFactory(event=event, name="Gry", status="accepted", **answered)
    Suppression.objects.create(address=back.email, reason="bounced", since=now)

    rows = client.get(page("invitations", event) + f"?state={state}").context["page"].object_list

    assert name in {row.name for row in rows}
    assert len(rows) == (2 if state == "accepted" else 1)


def test_a_state_nobody_is_in_shows_them_all(client, event):
    InvitationFactory(event=event, sent=True)

    for state in ("declined", "x", "back"):
        assert len(client.get(page("invitations", event) + f"?state={state}").context["page"].object_list) == 1


def test_how_much_can_be_pasted_is_said_in_figures_one_can_read_and_what_is_more_is_kept(client, event):
    too_much = "a" * 60_001

    assert "Højst 60.000 tegn." in read(client.get(page("invite", event)))
    answer = paste(client, event, too_much)

    assert "Sæt højst 60.000 tegn på listen ad gangen: Intet er gemt endnu." in read(answer)
    assert too_much in answer.content.decode()
