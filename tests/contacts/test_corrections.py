"""Two correct one dialogue: what only one changed goes in, the rest is chosen by field, and nothing is lost."""

import re
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from contacts.models import Attachment, Dialogue, DialogueRevision, Topic
from contacts.services.correcting import Correction, Stale, correct_dialogue
from contacts.services.logging import Present
from tests.contacts.factories import NOW, TODAY, EventFactory, PersonFactory, dialogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory(name="Amina Rahbek")


@pytest.fixture
def talk(officer, colleague, person):
    """Mette wrote it; Jonas was there."""
    return dialogue(
        officer, people=[person], officers=[colleague], place="Library", note="Tired.", note_readers="team"
    )


def url_of(talk, name="edit_dialogue"):
    return reverse(f"workspace:{name}", args=[talk.pk])


def typed(talk, *, version=1, **changed):
    fields = {
        "participants": [f"person:{one.pk}" for one in talk.people.all()],
        "officers": [one.pk for one in talk.officers.exclude(pk=talk.author_id)],
        "kind": talk.kind,
        "summary": talk.summary,
        "place": talk.place,
        "date": talk.date,
        "note": talk.note,
        "note_readers": talk.note_readers,
        "version": version,
    }
    return fields | changed


def saved_by(user, talk, **changed):
    """A colleague's correction of the version that is there."""
    fresh = Dialogue.objects.get(pk=talk.pk)
    for name, value in changed.items():
        setattr(fresh, name, value)
    present = Present(fresh.people.all(), officers=fresh.officers.exclude(pk=fresh.author_id))
    correction = Correction(present, note_named=())
    return correct_dialogue(fresh, correction, actor=user, today=TODAY, now=NOW)


def carried(response):
    """What the page of choices sends on when its button is pressed: mine chosen everywhere."""
    text = response.content.decode()
    fields = {}
    for name, value in re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', text):
        fields.setdefault(name, []).append(unescape(value))
    return fields | dict.fromkeys(re.findall(r'name="(take-\w+)" value="mine" checked', text), "mine")


def test_a_correction_keeps_what_it_was_and_what_it_became(desk, officer, talk):
    desk.post(url_of(talk), typed(talk, summary="About the autumn."))

    first, second = DialogueRevision.objects.order_by("version")
    assert (first.version, first.fields["summary"]) == (1, ["Talked about the spring."])
    assert (second.version, second.fields["summary"]) == (2, ["About the autumn."])
    assert (second.saved_by, second.saved_at) == (officer, NOW)


def test_saving_a_version_that_is_gone_changes_nothing(officer, colleague, person, talk):
    stale = Dialogue.objects.get(pk=talk.pk)
    saved_by(colleague, talk, summary="Theirs.")

    with pytest.raises(Stale):
        correct_dialogue(stale, Correction(Present([person])), actor=officer, today=TODAY, now=NOW)

    assert Dialogue.objects.get().summary == "Theirs."
    assert DialogueRevision.objects.count() == 2


def test_what_only_one_of_two_changed_is_saved_without_asking(desk, colleague, talk):
    saved_by(colleague, talk, place="Town hall")

    response = desk.post(url_of(talk), typed(talk, summary="Mine."), follow=True)

    talk.refresh_from_db()
    assert (talk.summary, talk.place, talk.version) == ("Mine.", "Town hall", 3)
    assert "Both are in it" in response.content.decode()


def test_a_field_both_changed_is_chosen_and_nothing_is_saved_before(desk, colleague, talk):
    saved_by(colleague, talk, summary="Theirs.", place="Town hall")

    response = desk.post(url_of(talk), typed(talk, summary="Mine.\r\nTwo lines."))

    text = response.content.decode()
    assert response.status_code == 409
    assert "Jonas Friis saved the dialogue" in text
    assert [choice[0] for choice in response.context["choices"]] == ["summary"]
    assert "Theirs." in text and "Two lines." in text and "Talked about the spring." in text
    assert Dialogue.objects.get().summary == "Theirs."


def test_mine_is_chosen_unless_i_say_otherwise(desk, colleague, talk):
    saved_by(colleague, talk, summary="Theirs.", place="Town hall")
    asked = desk.post(url_of(talk), typed(talk, summary="Mine.\r\nTwo lines."))

    desk.post(url_of(talk), carried(asked))

    talk.refresh_from_db()
    assert (talk.summary.replace("\r\n", "\n"), talk.place) == ("Mine.\nTwo lines.", "Town hall")
    assert DialogueRevision.objects.get(version=2).fields["summary"] == ["Theirs."]


def test_theirs_can_be_chosen_for_one_field_and_mine_for_another(desk, colleague, talk):
    saved_by(colleague, talk, summary="Theirs.", place="Town hall")
    asked = desk.post(url_of(talk), typed(talk, summary="Mine.", place="School"))

    desk.post(url_of(talk), carried(asked) | {"take-summary": "theirs"})

    talk.refresh_from_db()
    assert (talk.summary, talk.place) == ("Theirs.", "School")


def test_a_third_save_meanwhile_is_asked_about_again(desk, colleague, talk):
    saved_by(colleague, talk, summary="Theirs.")
    asked = desk.post(url_of(talk), typed(talk, summary="Mine."))
    saved_by(colleague, talk, summary="Theirs again.")

    response = desk.post(url_of(talk), carried(asked))

    assert response.status_code == 409
    assert "Theirs again." in response.content.decode()
    desk.post(url_of(talk), carried(response))
    assert Dialogue.objects.get().summary == "Mine."


def test_a_made_up_version_asks_about_everything_that_differs(desk, talk):
    response = desk.post(url_of(talk), typed(talk, summary="Mine.", version="999"))

    assert response.status_code == 409
    assert [choice[0] for choice in response.context["choices"]] == ["summary"]


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 30, "٣"])
def test_a_mangled_version_is_no_error(desk, talk, version):
    assert desk.post(url_of(talk), typed(talk, summary="Mine.", version=version)).status_code == 409


def test_a_note_and_its_readers_are_chosen_together(desk, colleague, talk):
    saved_by(colleague, talk, note="Theirs, for all.", note_readers="officers")

    response = desk.post(url_of(talk), typed(talk, note="Mine, for me.", note_readers="me"))

    assert [choice[0] for choice in response.context["choices"]] == ["note"]
    desk.post(url_of(talk), carried(response))
    talk.refresh_from_db()
    assert (talk.note, talk.note_readers) == ("Mine, for me.", "me")


def test_a_note_that_became_somebody_elses_is_neither_shown_nor_lost(client, officer, colleague, talk, monday):
    talk.note = ""
    talk.save()
    client.force_login(colleague)
    saved_by(officer, talk, note="For me alone.", note_readers="me")

    response = client.post(url_of(talk), typed(talk, summary="Mine.", note="What Jonas typed."))

    text = response.content.decode()
    assert "What Jonas typed." in text and "For me alone." not in text
    client.post(url_of(talk), carried(response))
    talk.refresh_from_db()
    assert (talk.summary, talk.note) == ("Mine.", "For me alone.")


def test_a_note_a_colleague_adds_is_the_colleagues(client, colleague, talk, monday):
    Dialogue.objects.update(note="")
    client.force_login(colleague)

    client.post(url_of(talk), typed(talk, note="Jonas's own.", note_readers="me"))

    talk.refresh_from_db()
    assert (talk.note, talk.note_by) == ("Jonas's own.", colleague)


def test_a_named_reader_stays_named_when_correcting(client, colleague, stranger, talk, monday):
    Dialogue.objects.update(note_readers="named")
    talk.note_named.set([colleague, stranger])
    client.force_login(colleague)
    named = [colleague.pk, stranger.pk]

    client.post(url_of(talk), typed(talk, summary="Mine.", note_readers="named", note_named=named))

    talk.refresh_from_db()
    assert (talk.summary, set(talk.note_named.all())) == ("Mine.", {colleague, stranger})


@pytest.mark.parametrize("readers", ["officers", "named", "me"])
def test_only_who_wrote_the_note_says_who_reads_it(client, colleague, stranger, talk, monday, readers):
    client.force_login(colleague)
    forged = {"note_readers": readers, "note_named": [stranger.pk], "summary": "Mine."}

    shown = client.get(url_of(talk)).context["form"]
    client.post(url_of(talk), typed(talk, **forged))

    talk.refresh_from_db()
    assert shown.fields["note_readers"].disabled and shown.fields["note_named"].disabled
    assert (talk.summary, talk.note_readers, list(talk.note_named.all())) == ("Mine.", "team", [])


def test_a_file_of_the_note_binds_its_readers_too(client, officer, colleague, talk, monday):
    Dialogue.objects.update(note="")
    file = ContentFile(b"x", name="plan.pdf")
    Attachment.objects.create(dialogue=talk, part="note", name="plan.pdf", file=file, size=1, added_by=officer)
    client.force_login(colleague)

    client.post(url_of(talk), typed(talk, note="More.", note_readers="officers"))

    talk.refresh_from_db()
    assert (talk.note, talk.note_readers, talk.note_writer) == ("More.", "team", officer)


def test_an_event_one_may_not_know_of_stays(client, officer, colleague, stranger, person, monday):
    event = EventFactory(owner=officer, visibility="invitation", title="Closed circle")
    talk = dialogue(officer, people=[person], officers=[stranger], event=event)
    client.force_login(stranger)
    assert "Closed circle" not in client.get(url_of(talk)).content.decode()

    client.post(url_of(talk), typed(talk, summary="Mine."))

    talk.refresh_from_db()
    assert (talk.summary, talk.event) == ("Mine.", event)


def test_a_topic_taken_out_of_use_stays_on_the_dialogues_that_have_it(desk, talk, topics):
    talk.topics.set(topics)
    Topic.objects.filter(pk=topics[0].pk).update(on_offer=False)

    desk.post(url_of(talk), typed(talk, summary="Mine.", topics=[topic.pk for topic in topics]))

    assert set(talk.topics.all()) == set(topics)


def test_the_words_that_came_and_went_are_marked(desk, colleague, talk):
    saved_by(colleague, talk, summary="Talked about the autumn.")

    text = desk.get(url_of(talk, "dialogue_versions")).content.decode()

    assert "<del>spring</del><ins>autumn</ins>" in text


def test_any_two_versions_can_be_compared(desk, colleague, talk):
    for place in ("School", "Town hall", "Café"):
        saved_by(colleague, talk, place=place)

    text = desk.get(url_of(talk, "dialogue_versions"), {"before": "2", "after": "3"}).content.decode()

    assert "<del>School</del><ins>Town hall</ins>" in text


@pytest.mark.parametrize("query", ["?before=x&after=%00", "?before=1&after=1", "?before=9&after=" + "9" * 40])
def test_made_up_versions_compare_the_last_two(desk, colleague, talk, query):
    saved_by(colleague, talk, place="School")

    assert "From version 1 to version 2" in desk.get(url_of(talk, "dialogue_versions") + query).content.decode()


def test_an_earlier_note_is_compared_by_its_readers_only(client, officer, colleague, talk, monday):
    saved_by(officer, talk, note="Secret by now.", note_readers="me")
    client.force_login(colleague)

    assert "Secret" not in client.get(url_of(talk, "dialogue_versions")).content.decode()


def test_a_hidden_participant_is_in_no_comparison(client, officer, colleague, person, talk, monday):
    hidden = PersonFactory(name="Hidden Hansen", owner=officer, restricted=True)
    fresh = Dialogue.objects.get()
    present = Present([person, hidden], officers=[colleague])
    correct_dialogue(fresh, Correction(present), actor=officer, today=TODAY, now=NOW)
    client.force_login(colleague)

    assert "Hidden" not in client.get(url_of(talk, "dialogue_versions")).content.decode()


def test_one_starts_again_from_an_earlier_version(desk, colleague, talk):
    saved_by(colleague, talk, summary="Theirs.")

    form = desk.get(url_of(talk), {"from": "1"}).context["form"]

    assert form["summary"].value() == "Talked about the spring."


def test_versions_of_a_dialogue_one_may_not_see_are_not_there(client, stranger, officer, monday):
    talk = dialogue(officer, people=[PersonFactory(owner=officer, restricted=True)])
    client.force_login(stranger)

    assert client.get(url_of(talk, "dialogue_versions")).status_code == 404


@pytest.mark.parametrize(("counts", "last"), [("", TODAY), ("yes", TODAY), ("no", None)])
def test_correcting_whether_it_counts_moves_the_rhythm(desk, person, talk, counts, last):
    desk.post(url_of(talk), typed(talk, counts=counts))

    person.refresh_from_db()
    assert person.last_dialogue_on == last
    assert DialogueRevision.objects.get(version=2).fields["counts"] == ([counts] if counts else [])


def test_the_form_says_what_was_said_about_the_rhythm(desk, officer, person):
    talk = dialogue(officer, people=[person], counts=False)

    form = desk.get(url_of(talk)).context["form"]

    assert (form["counts"].value(), form.more_open) == ("no", True)


def test_whether_it_counts_is_kept_when_only_a_colleague_changed_it(desk, colleague, talk):
    saved_by(colleague, talk, counts=False)

    desk.post(url_of(talk), typed(talk, summary="Mine."))

    talk.refresh_from_db()
    assert (talk.summary, talk.counts) == ("Mine.", False)


def test_whether_it_counts_is_chosen_when_both_changed_it(desk, colleague, talk):
    saved_by(colleague, talk, counts=False)

    asked = desk.post(url_of(talk), typed(talk, counts="yes"))

    assert [choice[0] for choice in asked.context["choices"]] == ["counts"]
    assert "Does it count for the rhythm?" in asked.content.decode()
    desk.post(url_of(talk), carried(asked) | {"take-counts": "theirs"})
    talk.refresh_from_db()
    assert talk.counts is False


def test_a_version_of_before_the_field_still_compares_and_corrects(desk, talk):
    desk.post(url_of(talk), typed(talk, place="Town hall"))
    first = DialogueRevision.objects.get(version=1)
    first.fields.pop("counts")
    first.save()

    response = desk.get(url_of(talk, "dialogue_versions"), {"first": 1, "second": 2})
    desk.post(url_of(talk), typed(talk, version=1, summary="Mine."))

    assert response.status_code == 200
    talk.refresh_from_db()
    assert (talk.summary, talk.place, talk.version) == ("Mine.", "Town hall", 3)
