"""Demonstration dialogues with what was promised in them, and the plans ahead."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contacts.demonstration.contacts import Loaded
from contacts.demonstration.files import key, organisations, read
from contacts.models import Attachment, Dialogue, FollowUp, Initiative, Organisation, Topic
from contacts.services.attaching import attach, keep_waiting
from contacts.services.correcting import Correction, correct_dialogue
from contacts.services.logging import Present
from contacts.services.rhythm import keep_rhythm
from contacts.services.teams import team_of_note
from outreach.accounts.models import User


def load_dialogues(loaded: Loaded) -> None:
    topics = {
        short: Topic.objects.get_or_create(name_da=danish, defaults={"name_en": english})[0]
        for short, (danish, english) in read("topics").items()
    }
    for facts in organisations():
        organisation = loaded.organisations[facts["name"]]
        people = [loaded.people[person["name"]] for person in facts["people"]]
        for number, told in enumerate(facts["dialogues"]):
            dialogue = _dialogue(told, organisation, loaded, number=number)
            present = [people[place] for place in told.get("who", [0])]
            dialogue.people.set(present)
            # What was said with a restricted person alone leaves no trace on an organisation that others see.
            if organisation.restricted or not all(person.restricted for person in present):
                dialogue.organisations.set([organisation])
            dialogue.officers.set([organisation.owner, *(loaded.colleagues[name] for name in told.get("with", ()))])
            dialogue.topics.set([topics[short] for short in told["topics"]])
            if "before" in told:
                _correct(dialogue, told["summary"], organisation.owner)
            if "file" in told:
                _file(told["file"], dialogue)
            if "promise" in told:
                _promise(told, dialogue, present[0], organisation, loaded)
    keep_rhythm([*loaded.organisations.values(), *loaded.people.values()])


def _dialogue(told: dict[str, Any], organisation: Organisation, loaded: Loaded, *, number: int) -> Dialogue:
    return Dialogue.objects.create(
        id=key("dialogue", organisation.name, number),
        kind=told["kind"],
        date=working_day(loaded.today - timedelta(days=told["ago"])),
        starts_at=None if told["kind"] == Dialogue.Kind.EMAIL else time(9 + told["ago"] % 7, told["ago"] % 2 * 30),
        minutes=told.get("minutes"),
        summary=told.get("before", told["summary"]),
        initiative=Initiative.objects.filter(number=told.get("initiative")).first(),
        note=told.get("note", ""),
        note_readers=told.get("readers", Dialogue.NoteReaders.TEAM),
        note_team=team_of_note(organisation.owner, [organisation]) if "note" in told else None,
        author=organisation.owner,
    )


def _correct(dialogue: Dialogue, summary: str, author: User) -> None:
    """What was written down in haste, and read over again."""
    dialogue.summary = summary
    present = Present(dialogue.people.all(), dialogue.organisations.all(), dialogue.officers.exclude(pk=author.pk))
    correction = Correction(present, topics=dialogue.topics.all())
    correct_dialogue(dialogue, correction, actor=author, today=timezone.localdate(), now=timezone.now())


def _file(told: dict[str, str], dialogue: Dialogue) -> None:
    upload = SimpleUploadedFile(told["name"], told["text"].encode())
    attach([keep_waiting(upload, actor=dialogue.author)], dialogue, part=Attachment.Part.SUMMARY)


def _promise(
    told: dict[str, Any], dialogue: Dialogue, person: Any, organisation: Organisation, loaded: Loaded
) -> None:
    """[title, due] or [title, due, done], in days from today; how often it was put off stands beside it."""
    title, due, *done = told["promise"]
    follow_up = FollowUp.objects.create(
        id=key("promise", title),
        title=title,
        owner=dialogue.author,
        due_on=loaded.today + timedelta(days=due),
        person=person,
        organisation=organisation,
        dialogue=dialogue,
        priority=told.get("priority", FollowUp.Priority.NORMAL),
        waiting_for=told.get("waiting", ""),
        promised_on=dialogue.date,
        done_at=_at(loaded.today + timedelta(days=done[0]), time(15)) if done else None,
    )
    for was, until, reason in told.get("put_off", ()):
        was_due, until = loaded.today + timedelta(days=was), loaded.today + timedelta(days=until)
        follow_up.snoozes.create(was_due=was_due, until=until, reason=reason, at=_at(was_due, time(10)))


def load_plans(loaded: Loaded) -> None:
    for plan in read("plans"):
        FollowUp.objects.create(
            id=key("plan", plan["title"]),
            title=plan["title"],
            owner=loaded.colleagues[plan["owner"]],
            due_on=loaded.today + timedelta(days=plan["day"]),
            starts_at=time.fromisoformat(plan["at"]) if "at" in plan else None,
            minutes=plan.get("minutes"),
            kind=plan.get("kind", ""),
            place=plan.get("place", ""),
            waiting_for=plan.get("waiting", ""),
            person=loaded.people.get(plan.get("person")),
            organisation=loaded.organisations.get(plan.get("organisation")),
            promised_on=working_day(loaded.today - timedelta(days=plan["promised"])),
        )


def working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.isoweekday() - 5))


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
