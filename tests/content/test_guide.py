"""The guide "whom should I call?": every path ends, every step is a plain address, nothing is kept."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from content.models import ContactChannel, GuideAnswer, GuideChoice, GuideQuestion
from content.services.guide import MOST_QUESTIONS, Guide, faults
from outreach.accounts.models import Role, User

from .conftest import words

START = "/hvem-skal-jeg-ringe-til/"
NOON = "2026-11-23 11:00Z"


def every_path(guide, question=None, above=()):
    """The keys of every way through the guide."""
    question = question or guide.first
    for choice in guide.choices_of(question):
        if choice.answer_id:
            yield (*above, choice.key)
        else:
            yield from every_path(guide, guide.questions[choice.next_question_id], (*above, choice.key))


def made(key, *choices, order=100):
    """A question whose choices lead to the questions or answers given."""
    question = GuideQuestion.objects.create(key=key, order=order, text_da=key, text_en=key)
    for number, target in enumerate(choices):
        field = "answer" if isinstance(target, GuideAnswer) else "next_question"
        GuideChoice.objects.create(
            question=question, key=f"k{number}", text_da=f"k{number}", text_en=f"k{number}", **{field: target}
        )
    return question


@pytest.fixture
def answer(db):
    channel = ContactChannel.objects.create(key="c", number="114", checked_on="2026-11-22")
    return GuideAnswer.objects.create(key="a", title_da="Ring", title_en="Call", channel=channel)


@pytest.fixture
def english():
    with translation.override("en"):
        yield


# Every path ends


def test_every_path_of_the_starting_guide_ends_in_an_answer_with_its_number(starting_content, read):
    guide = Guide.load()
    paths = list(every_path(guide))

    assert faults(guide) == []
    assert len(paths) > 30
    assert max(len(path) for path in paths) <= MOST_QUESTIONS
    for path in {path[-3:]: path for path in paths}.values():
        page = read(f"{START}{'/'.join(path)}/")
        assert page.select_one(".contact a.n")["href"].startswith("tel:")
        assert page.select(".say li")


def test_a_question_without_choices_is_a_fault(answer, english):
    made("first", made("empty"), answer, order=1)

    assert faults(Guide.load()) == ["“empty” has no choices."]


def test_a_circle_is_a_fault(answer, english):
    second = made("second", answer)
    first = made("first", second, order=1)
    GuideChoice.objects.create(question=second, key="round", text_da="r", text_en="r", next_question=first)

    assert faults(Guide.load()) == ["“first” leads back to itself."]


def test_a_fifth_question_is_a_fault(answer, english):
    question = made("q5", answer)
    for number in (4, 3, 2, 1):
        question = made(f"q{number}", question, order=number)

    assert faults(Guide.load()) == ["“q5” would be question number five: there are at most 4."]


def test_a_guide_without_questions_is_a_fault_and_a_helpful_page(db, client):
    GuideChoice.objects.all().delete()
    GuideQuestion.objects.all().delete()

    assert len(faults(Guide.load())) == 1
    assert client.get(START).status_code == 404


def test_a_channel_that_an_answer_names_cannot_go(answer):
    with pytest.raises(Exception, match="protected"):
        answer.channel.delete()


# Reading


def test_the_first_question_is_asked_by_links_that_work_without_script(starting_content, read):
    page = read(START)

    assert words(page.h1) == "Hvem er du?"
    assert [link["href"] for link in page.select(".asks a")] == [f"{START}{key}/" for key in "abcdef"]


@pytest.mark.parametrize("steps", ["", "a/", "a/c/", "a/c/c/", "f/a/", "b/d/b/", "a/c/c/aarhus/"])
@pytest.mark.parametrize("start", [START, "/en/whom-should-i-call/"])
def test_each_step_names_112_and_has_a_title_that_tells_nothing(starting_content, read, start, steps):
    page = read(start + steps)

    title = "Whom should I call?" if "/en/" in start else "Hvem skal jeg ringe til?"
    assert page.title.get_text().startswith(title)
    assert page.select_one("main .now a[href='tel:112']")


def test_danger_leads_to_112_and_says_it_once(starting_content, read):
    page = read(f"{START}a/a/a/")

    assert words(page.h1) == "Ring 112 nu"
    assert page.select_one(".contact a.n")["href"] == "tel:112"
    assert not page.select(".now")


def test_the_answer_has_number_hours_state_and_what_to_say(starting_content, read):
    with time_machine.travel(NOON, tick=False):
        page = read(f"{START}b/d/b/")

    card = words(page.select_one(".contact"))
    assert "Åben nu · til kl. 22" in card
    assert "Alle dage kl. 08.00–22.00" in card
    assert [words(line) for line in page.select(".say li")] == [
        "Jeg ringer, fordi jeg er bekymret.",
        "Jeg er lærer eller pædagog. Det handler om en, jeg har ansvar for.",
        "Jeg har set noget på nettet, der bekymrer mig.",
    ]


def test_each_choice_can_be_changed_from_the_answer(starting_content, read):
    page = read(f"{START}b/d/b/")

    assert [link["href"] for link in page.select(".answered a")] == [START, f"{START}b/", f"{START}b/d/"]
    assert page.select_one(".back a")["href"] == f"{START}b/d/"


def test_the_same_step_stands_in_the_other_language(starting_content, read):
    page = read(f"{START}f/a/")

    assert page.select_one("link[hreflang=en]")["href"].endswith("/en/whom-should-i-call/f/a/")


# Where


@pytest.mark.parametrize("typed", ["Aarhus", "århus kommune", "Arhus", "ÅRHUS"])
def test_a_municipality_in_any_spelling_leads_to_its_info_house(starting_content, client, typed):
    response = client.get(f"{START}a/c/c/", {"q": typed}, follow=True)

    assert response.redirect_chain == [(f"{START}a/c/c/aarhus/", 302)]
    page = response.content.decode()
    assert "Infohuset i Østjyllands Politi" in page
    assert "Jeg vil gerne tale med infohuset i Østjyllands Politi." in page


def test_several_places_are_offered_and_a_region_is_none_of_them(starting_content, read):
    page = read(f"{START}a/c/c/?q=sj%C3%A6lland")

    addresses = [link["href"] for link in page.select(".places a")]
    assert len(addresses) > 1
    assert all(address.startswith(f"{START}a/c/c/") for address in addresses)
    assert "Region Sjælland" not in words(page.main)


def test_a_slip_of_the_keyboard_is_understood(starting_content, read):
    page = read(f"{START}a/c/c/?q=Hoje+Tastrop")

    assert f"{START}a/c/c/hoeje-taastrup/" in [link["href"] for link in page.select(".places a")]


@pytest.mark.parametrize("typed", ["zzz", "<b>", "\x00", "x" * 10_000])
def test_what_is_no_municipality_is_said_kindly(starting_content, client, typed):
    response = client.get(f"{START}a/c/c/", {"q": typed})

    assert response.status_code == 200
    assert "<b>" not in response.content.decode().partition("<main")[2]


# A step nobody knows


@pytest.mark.parametrize(
    "steps",
    ["x/", "a/x/", "a/c/c/atlantis/", "a/a/a/a/", "a/c/b/aarhus/", "aarhus/", "a/" * 200, "a//c/", "%00/", "%FF/"],
)
def test_a_step_nobody_knows_is_a_helpful_page_with_404(starting_content, client, steps):
    response = client.get(START + steps)

    assert response.status_code == 404
    assert START in response.content.decode()
    assert "tel:112" in response.content.decode()


def test_from_an_unknown_step_one_goes_on_where_one_was(starting_content, read):
    page = read(f"{START}a/c/x/", status=404)

    assert page.select_one(".onward a")["href"] == f"{START}a/c/"


def test_the_guide_takes_no_post_and_sets_no_cookie(starting_content, client):
    assert client.post(START).status_code == 405
    assert not client.get(f"{START}a/").cookies


@pytest.mark.parametrize(("steps", "budget"), [("", 7), ("a/c/", 7), ("a/c/b/", 7), ("a/c/c/aarhus/", 8)])
def test_a_step_costs_few_queries(starting_content, client, django_assert_max_num_queries, steps, budget):
    client.get(START)

    with django_assert_max_num_queries(budget):
        client.get(START + steps)


def test_front_page_contacts_and_footer_lead_to_the_guide(starting_content, read):
    front, worried = read("/"), read("/bekymret/")

    assert front.select_one(".hero .unsure a")["href"] == START
    assert START in [link["href"] for link in worried.select("main a")]
    assert START in [link["href"] for link in front.select("footer a")]


# Editing


@pytest.fixture
def editor(starting_content, client):
    user = User.objects.create_user("red@example.dk", name="Rikke Red", role=Role.EDITOR)
    client.force_login(user, backend="outreach.accounts.roles.RoleBackend")
    return client


def form_of(question, **changes):
    """What the admin sends for a question as it stands, but for what ``changes`` says of the first choice."""
    names = ("text", "hint", "say")
    rows = []
    for choice in question.choices.all():
        row = {f"{name}_{code}": getattr(choice, f"{name}_{code}") for name in names for code in ("da", "en")}
        targets = {"next_question": choice.next_question_id or "", "answer": choice.answer_id or ""}
        rows.append({**row, **targets, "id": choice.pk, "key": choice.key})
    rows[0].update(changes)
    own = {f"{name}_{code}": getattr(question, f"{name}_{code}") for name in names[:2] for code in ("da", "en")}
    more = {"key": question.key, "order": question.order, "place_answer": question.place_answer_id or ""}
    return nested_form_data({**own, **more, "choices": inline_formset(rows, initial=len(rows))})


def save(client, question, **changes):
    address = reverse("wagtailsnippets_content_guidequestion:edit", args=[question.pk])
    assert client.get(address).status_code == 200
    return client.post(address, form_of(question, **changes))


def test_an_editor_changes_the_words_of_a_choice(editor, read):
    response = save(editor, GuideQuestion.objects.get(key="who"), text_da="Bedsteforælder")

    assert response.status_code == 302
    assert "Bedsteforælder" in words(read(START).main)


def test_a_change_that_would_lose_the_reader_is_refused(editor):
    who, what = (GuideQuestion.objects.get(key=key) for key in ("who", "what"))

    response = save(editor, what, next_question=who.pk)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == ["”Hvem er du?” fører tilbage til sig selv."]
    assert faults(Guide.load()) == []


def test_a_choice_that_leads_to_both_or_to_nothing_is_refused(editor):
    who = GuideQuestion.objects.get(key="who")

    both = save(editor, who, answer=GuideAnswer.objects.get(key="hotline").pk)
    nothing = save(editor, who, next_question="")

    assert (both.status_code, nothing.status_code) == (200, 200)


@pytest.mark.parametrize(("mode", "asked"), [("da", "Hvem er du?"), ("en", "Who are you?")])
def test_a_question_is_previewed_in_each_language(editor, mode, asked):
    question = GuideQuestion.objects.get(key="who")
    address = reverse("wagtailsnippets_content_guidequestion:preview_on_edit", args=[question.pk])

    assert editor.post(address, form_of(question)).json()["is_valid"]
    assert asked in editor.get(address, {"mode": mode}).content.decode()


def test_an_answer_is_previewed_with_its_number(editor):
    answer = GuideAnswer.objects.get(key="hotline")
    names = [f"{name}_{code}" for name in ("title", "text", "say") for code in ("da", "en")]
    form = {**{name: getattr(answer, name) for name in names}, "key": answer.key, "channel": answer.channel_id}
    address = reverse("wagtailsnippets_content_guideanswer:preview_on_edit", args=[answer.pk])

    assert editor.post(address, form).json()["is_valid"]
    assert "41 74 90 90" in editor.get(address, {"mode": "da"}).content.decode().replace("\xa0", " ")
