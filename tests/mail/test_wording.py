"""Colleagues word our mails in text with checked placeholders, and nothing they write is run."""

import pytest
from django.template import Engine
from django.urls import reverse
from django.utils import timezone, translation

from events.mail import tell
from outreach.accounts.models import Role
from outreach.audit.models import Entry
from outreach.mail import rewording
from outreach.mail.kinds import KINDS
from outreach.mail.models import OutboxMessage, Wording
from outreach.mail.rendering import example
from outreach.mail.rewording import Meanwhile
from outreach.mail.wording import LANGUAGES, WORDABLE, Words, built_in, current, faults
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
KIND = "events.confirmed"
TEXT = "Kære {name}\n\n{facts}\n\nSe den her: {manage_link}\n\nVi gemmer til {kept_until}."
OWN = Words("Velkommen: {title}", TEXT)


@pytest.fixture
def editor(client):
    editor = OfficerFactory(role=Role.EDITOR, name="Mette Editor")
    client.force_login(editor)
    return editor


def save(words=OWN, seen=0, author=None, kind=KIND):
    author = author or OfficerFactory(role=Role.EDITOR)
    return rewording.save(kind, "da", words=words, seen=seen, author=author, now=timezone.now())


def page(name="edit", kind=KIND):
    return reverse(f"wordings:{name}", args=[kind, "da"])


def sent(words=OWN, seen=0):
    return {"subject": words.subject, "text": words.text, "seen": seen, "save": "1"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(WORDABLE))
def test_the_built_in_words_pass_the_check_and_leave_no_brace(kind, language):
    words = built_in(kind, language)

    read = example(kind, language, words)

    assert list(faults(WORDABLE[kind], words)) == []
    assert not set("{}<>") & set(read.subject + read.text)
    assert "None" not in read.text


@pytest.mark.parametrize("kind", sorted(WORDABLE))
def test_every_placeholder_stands_for_something_ours(kind):
    for each in (*WORDABLE[kind].subject, *WORDABLE[kind].text):
        for language in LANGUAGES:
            Engine.get_default().from_string(each.source.replace("LANGUAGE", language))
        assert each.label


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{TEXT} {{navn}}", "{navn}"),
        (f"{TEXT} {{nane}}", "{name}"),
        (f"{TEXT} {{{{ name }}}}", "parentes"),
        (f"{TEXT} {{% load static %}}", "parentes"),
        (f"{TEXT} {{about.event.title}}", "parentes"),
        (f"{TEXT} {{name", "parentes"),
        (f"{TEXT} }}", "parentes"),
        (f"{TEXT} {{}}", "parentes"),
        (f"{TEXT}\tx", "usynlige"),
        (f"{TEXT}\u202e", "usynlige"),
        (f"{TEXT}\n<b>Vigtigt</b>", "uden HTML"),
        (f"{TEXT}\n<!-- {{name}} -->", "uden HTML"),
        (f"{TEXT}\nTak &amp; hej", "uden HTML"),
        (f"{TEXT}\nSe den: https://example.org/x", "hjemmeside"),
        (f"{TEXT}\nSe www.example.org", "hjemmeside"),
        (f"{TEXT}\nSe portal.example.com/a", "hjemmeside"),
        (f"{TEXT}\njavascript:alert(1)", "hjemmeside"),
        (TEXT.replace("{manage_link}", "her"), "{manage_link} mangler"),
        (TEXT + "x" * 5000, "5000"),
    ],
)
def test_words_that_will_not_do_are_refused_and_kept_in_the_form(client, editor, text, said):
    answer = client.post(page(), sent(Words("Velkommen: {title}", text)))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert answer.context["form"]["text"].value() == text
    assert not Wording.objects.exists()


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("Hej: {title}\r\nBcc: ana@example.org", "én linje"),
        ("Hej: {title}\nBcc: ana@example.org", "én linje"),
        ("Hej: {{ title }}", "parentes"),
        ("Hej", "{title} mangler"),
        ("{title}" + "x" * 120, "120"),
        ("Se www.example.org: {title}", "hjemmeside"),
    ],
)
def test_a_subject_that_will_not_do_is_refused_at_its_field(client, editor, subject, said):
    answer = client.post(page(), sent(Words(subject, TEXT)))

    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors["subject"])
    assert not Wording.objects.exists()


@pytest.mark.parametrize(
    "text", ["Skriv til ana@example.org", "Kom kl. 16.30, f.eks. i sal 3", "1 < 2 og 3 > 2", "Mad & drikke"]
)
def test_what_only_looks_like_a_link_or_markup_is_fine(text):
    assert list(faults(WORDABLE[KIND], OWN._replace(text=f"{TEXT}\n{text}"))) == []


def test_the_words_of_every_mail_can_be_changed_but_of_those_that_guard_an_account():
    kinds = {kind for kind in KINDS if not kind.startswith("sample.")}  # those of these tests

    assert kinds - set(WORDABLE) == {"accounts.password", "accounts.notice", "accounts.welcome"}
    assert set(WORDABLE) <= set(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_name_of_its_own_in_both_languages(language):
    with translation.override(language):
        names = [str(wordable.label) for wordable in WORDABLE.values()]

    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", sorted(WORDABLE))
def test_the_built_in_words_are_shown_and_can_be_saved_as_they_are(client, editor, kind):
    for language in LANGUAGES:
        words = built_in(kind, language)
        address = reverse("wordings:edit", args=[kind, language])

        assert client.get(address).status_code == 200
        assert client.post(address, sent(words)).status_code == 302
        assert current(kind, language) == words


def test_nothing_an_editor_writes_is_run_even_where_it_slips_through():
    save(Words("{title}", TEXT + "{{ about.email }}{% debug %}"))

    assert current(KIND, "da") == built_in(KIND, "da")


def test_what_stands_in_place_of_a_placeholder_is_not_looked_into():
    save()
    guest = RegistrationFactory(confirmed=True, name="{manage_link} {{ about.email }}")

    tell(KIND, guest)

    mail = OutboxMessage.objects.get()
    assert mail.text.startswith("Kære {manage_link} {{ about.email }}\n")
    assert mail.link_keys == ["manage"]


def test_saved_words_are_sent_and_the_other_language_keeps_ours():
    save()

    tell(KIND, RegistrationFactory(confirmed=True, name="Åse Kær"))
    tell(KIND, RegistrationFactory(confirmed=True, language="en"))

    danish, english = OutboxMessage.objects.order_by("language")
    assert danish.subject == "Velkommen: Netværksmøde"
    assert danish.text.startswith("Kære Åse Kær\n\nNetværksmøde\n")
    assert "[personal link]" in danish.text
    assert english.subject == "You have a seat: Netværksmøde"


def test_the_internal_title_of_an_event_is_refused_in_a_subject(client, editor):
    EventFactory(title="Salafisme i Ringparken", public_title="Netværksmøde")

    answer = client.post(page(), sent(Words("Om salafisme i ringparken: {title}", TEXT)))

    assert "interne titel" in answer.content.decode()
    assert not Wording.objects.exists()


def test_a_title_the_editor_may_not_know_of_is_not_given_away(client, editor):
    EventFactory(title="Salafisme i Ringparken", public_title="Netværksmøde", by_invitation=True)

    client.post(page(), sent(Words("Salafisme i Ringparken: {title}", TEXT)))

    assert Wording.objects.exists()


def test_a_preview_is_about_nobody_and_saves_nothing(client, editor):
    RegistrationFactory(confirmed=True, name="Åse Kær")

    looked = {name: value for name, value in sent().items() if name != "save"}
    read = client.post(page(), looked | {"look": ""})

    assert "Kære Ana Eksempel" in read.content.decode()
    assert "Åse Kær" not in read.content.decode()
    assert not Wording.objects.exists()


def test_whoever_saves_second_is_told_and_loses_nothing(client, editor):
    save(author=OfficerFactory(name="Bo Hurtig"))
    mine = Words("Min: {title}", f"Mine ord.\n\n{TEXT}")

    answer = client.post(page(), sent(mine, seen=0))

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Bo Hurtig" in html and "Kære {name}" in html
    assert answer.context["form"]["text"].value() == mine.text
    assert current(KIND, "da") == OWN
    client.post(page(), sent(mine, seen=answer.context["form"]["seen"].value()))
    assert current(KIND, "da") == mine


def test_two_who_save_in_the_same_moment_make_one_version():
    save()

    with pytest.raises(Meanwhile):
        save(seen=0)

    assert Wording.objects.count() == 1


def test_every_version_stays_with_who_and_when_and_can_be_begun_from(client, editor):
    client.post(page(), sent())
    client.post(page(), sent(Words("Igen: {title}", f"Igen.\n\n{TEXT}"), seen=1))

    html = client.get(page() + "?version=1").content.decode()

    assert html.count("Mette Editor") >= 2
    assert "Velkommen: {title}" in html
    assert Entry.objects.filter(object_label="mail.Wording", verb="change").count() == 2


def test_the_built_in_words_come_back_and_nothing_is_lost(client, editor):
    save()

    for _click in range(2):
        client.post(page("reset"))

    assert current(KIND, "da") == built_in(KIND, "da")
    assert [version.is_built_in for version in rewording.versions(KIND, "da")] == [True, False]


def test_only_kinds_and_languages_there_are_can_be_worded(client, editor):
    assert client.get(page(kind="events.nothing")).status_code == 404
    assert client.get(reverse("wordings:edit", args=[KIND, "de"])).status_code == 404


def test_an_officer_words_nothing(client):
    client.force_login(OfficerFactory())

    assert client.get(reverse("wordings:list")).status_code == 403
    assert client.post(page(), sent()).status_code == 403


def test_the_list_costs_the_same_however_many_versions_there_are(client, editor, django_assert_max_num_queries):
    for number in range(20):
        save(seen=number, author=editor)

    with django_assert_max_num_queries(12):
        html = client.get(reverse("wordings:list")).content.decode()

    assert "Mette Editor" in html
