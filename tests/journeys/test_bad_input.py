"""What people send by mistake or on purpose: the page keeps what was typed and leads to each field to mend."""

import pytest
from django.conf.global_settings import DATA_UPLOAD_MAX_MEMORY_SIZE
from django.test import Client

from events.models import Registration, RegistrationToken
from events.services import tokens
from tests.events.factories import EventFactory, RegistrationFactory
from tests.journeys import partner
from tests.journeys.reader import SAME_ORIGIN, Reader, path_of

GOOD = {"name": "Ana Ørsted", "email": "ana@example.org", "organisation": "Foreningen Åben Dør", "consent": True}
CPR = "010203-1235"


@pytest.fixture
def form(reader, danish):
    """The form, freshly opened."""
    event = EventFactory()
    return reader.open(danish.front).follow(danish.events).follow(event.title).follow(danish.register)


def sent(form, **fields):
    return form.press(**fields)


@pytest.mark.parametrize(
    ("typed", "to_mend"),
    [
        pytest.param({}, {"name", "email", "organisation", "consent"}, id="empty"),
        pytest.param({"name": "Ana", "role": "Formand"}, {"email", "organisation", "consent"}, id="half filled"),
        pytest.param({**GOOD, "name": "   "}, {"name"}, id="only spaces"),
        pytest.param(
            {**GOOD, "name": "\u200b\u200c", "organisation": "\u2060"}, {"name", "organisation"}, id="invisible"
        ),
        pytest.param({**GOOD, "email": "ana at example"}, {"email"}, id="no address"),
        pytest.param({**GOOD, "name": "Å" * 121, "needs": "ø" * 501}, {"name", "needs"}, id="over-long"),
        pytest.param({**GOOD, "name": "A" * 100_000}, {"name"}, id="endless"),
        pytest.param({**GOOD, "needs": f"Min mor er {CPR}"}, {"needs"}, id="a civil registration number"),
        pytest.param({**GOOD, "name": CPR, "role": CPR}, {"name", "role"}, id="such numbers in two fields"),
        pytest.param({**GOOD, "email": "ana@example.org\r\nBcc: all@example.org"}, {"email"}, id="a line break"),
        pytest.param({**GOOD, "email": "🙂@🙂.dk", "name": "🙂"}, {"email"}, id="emoji in the address"),
        pytest.param({**GOOD, "name": "Ana\x00"}, {"name"}, id="a null character"),
    ],
)
def test_a_form_that_cannot_be_sent_keeps_what_was_typed(form, typed, to_mend, mailboxes, work):
    sent(form, **typed)
    work()

    assert form.status == 422
    assert set(form.mistakes) == to_mend
    for name, value in typed.items():
        if isinstance(value, str):
            assert shown(form.typed[name]) == shown(value)
    assert ("consent" in form.typed) is ("consent" in typed)
    assert Registration.objects.count() == 0
    assert mailboxes.letters() == []


def shown(text):
    """As it stands in a page: browsers and parsers do not keep apart \r\n and \n, nor show a null character."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("name", "Ana 🙂 Ørsted 🌻", "Ana 🙂 Ørsted 🌻"),
        ("organisation", "مركز الحوار – Центр діалогу", "مركز الحوار – Центр діалогу"),
        ("name", "Ana\r\nBcc: all@example.org", "Ana Bcc: all@example.org"),
        ("organisation", "=1+1|<script>alert(1)</script>", "=1+1|<script>alert(1)</script>"),
    ],
    ids=["emoji", "other scripts", "a line break in a name", "markup"],
)
def test_unusual_but_harmless_words_are_taken_as_they_are(form, danish, field, typed, kept, mailboxes, work):
    sent(form, **{**GOOD, field: typed})
    work()

    assert form.heading == danish.look_in_mailbox
    assert getattr(Registration.objects.get(), field) == kept
    letter = mailboxes.last(GOOD["email"])
    assert set(letter.message.keys()).isdisjoint({"Bcc", "Cc"})
    page = Reader().open(letter.link("events:confirm"))
    assert page.status == 200
    assert page.soup.find("script", src=False) is None


def test_a_repeat_gets_the_same_page_and_a_mail_that_says_so(says, reader, mailboxes, work):
    event = EventFactory()
    who = {"name": "Ana Ørsted", "email": "ana@example.org"}
    partner.fill_in(reader, says, event, **who)
    first = reader.answer
    work()
    partner.confirm(reader, says, mailboxes, who["email"])
    work()

    again = partner.fill_in(Reader(), says, event, name="ana  orsted", email="ANA@example.org")
    work()

    assert (again.answer.status, again.answer.body) == (first.status, first.body)
    letter = mailboxes.letters()[-1]
    assert says.already in letter.text
    assert Reader().open(letter.link("events:manage")).heading == says.yours
    assert event.registrations.count() == 1


def test_two_people_may_share_a_mailbox(danish, reader, mailboxes, work):
    event, address = EventFactory(), "kontor@example.org"
    for name in ("Ana Ørsted", "Ben Æbelø"):
        partner.take_part(Reader(), danish, event, mailboxes, work, name=name, email=address)

    assert event.registrations.confirmed().count() == 2


def test_a_browser_that_hides_where_it_sends_from_keeps_what_was_typed(form):
    form.transport.client = Client(headers={"Origin": "null", "Sec-Fetch-Site": "cross-site"})

    sent(form, **GOOD)

    assert (form.status, Registration.objects.count()) == (422, 0)
    assert "Din tekst står her stadig" in form.text
    assert form.typed.items() >= {name: value for name, value in GOOD.items() if name != "consent"}.items()


def test_a_form_on_somebody_elses_site_is_refused_with_words_for_a_visitor(form):
    ours = form.answer.address
    form.transport.client = Client(headers={"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"})

    sent(form, **GOOD)

    assert (form.status, Registration.objects.count()) == (403, 0)
    assert form.heading == "Vi kunne ikke tage imod det"
    assert "teamleder" not in form.text
    assert form.link("Åbn siden")["href"] == path_of(ours)


def test_hiding_the_origin_is_no_way_round_a_personal_links_secret(reader, danish):
    registration = RegistrationFactory()
    reader.open(tokens.link(registration, RegistrationToken.Purpose.CONFIRM))
    reader.transport.client = Client(headers={"Origin": "null"})

    guessed = reader.transport.post(reader.answer.address.removesuffix("/")[:-3] + "/", [])  # all but the last letters
    reader.press(danish.confirm_button)

    assert guessed.status == 404
    assert reader.heading == danish.seat


@pytest.mark.parametrize("too_much", [{"needs": "x" * 3_000_000}, {f"field{n}": "x" for n in range(3_000)}])
def test_more_than_any_form_holds_gets_a_page_in_both_languages(form, client, too_much, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE  # as outside: inside, notes may be longer
    answer = client.post(path_of(form.answer.address), too_much, headers=SAME_ORIGIN)

    assert answer.status_code == 400
    assert "Vi kunne ikke læse det, du sendte" in answer.content.decode()
    assert "We could not read what you sent" in answer.content.decode()
