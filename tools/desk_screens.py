"""The screens of those who run events."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from events.mail import tell
from events.models import Event, Helper, Question, Registration, Reminder, Reply
from outreach.accounts.models import Role, User
from outreach.mail.models import Mailbox, OutboxMessage, Suppression, Wording, normal
from outreach.mail.wording import built_in
from tools import leading
from tools.day_screens import registration
from tools.samples import Samples
from tools.screen import Inside, as_lead, press, press_last, workspace


def own_event(samples: Samples) -> Event:
    return samples.planned(Event.Status.PUBLISHED)


def held_event(samples: Samples) -> Event:
    held = Event.objects.run_by(samples.officer).filter(status=Event.Status.PUBLISHED, ends_at__lt=samples.now)
    return held.order_by("-ends_at")[0]


def own_registration(samples: Samples) -> tuple:
    row = registration(samples)
    return row.event_id, row.pk


def applied_registration(samples: Samples) -> tuple:
    """One who waits for an answer, at an event that is the officer's for as long as the picture takes."""
    row = Registration.objects.applied().filter(event=samples.asks)[0]
    Event.objects.filter(pk=samples.asks.pk).update(owner=samples.officer)
    return row.event_id, row.pk


def waiting_registration(samples: Samples) -> tuple:
    """One of several who wait, at an event that is the officer's for as long as the picture takes."""
    row = Registration.objects.waiting().filter(event=samples.full)[1]
    Event.objects.filter(pk=samples.full.pk).update(owner=samples.officer)
    return row.event_id, row.pk


def full_event(samples: Samples) -> Event:
    waiting_registration(samples)
    return samples.full


def asking_event(samples: Samples) -> Event:
    applied_registration(samples)
    return samples.asks


def asked_question(samples: Samples) -> tuple:
    question = Question.objects.asked().of(asking_event(samples))[1]
    return question.event_id, question.pk


def choosing_event(samples: Samples) -> Event:
    Event.objects.filter(pk=samples.choice.pk).update(owner=samples.officer)
    return samples.choice


def lasting_event(samples: Samples) -> Event:
    """One of more than a day, with a programme; the officer's for as long as the picture takes."""
    event = next(event for event in Event.objects.exclude(agenda=None) if len(event.days) > 1)
    Event.objects.filter(pk=event.pk).update(owner=samples.officer)
    return event


def handing_out(samples: Samples) -> Event:
    """One with files, the officer's for as long as the picture takes."""
    event = Event.objects.exclude(materials=None)[0]
    Event.objects.filter(pk=event.pk).update(owner=samples.officer)
    return event


def file_of_event(samples: Samples) -> tuple:
    event = handing_out(samples)
    return event.pk, event.materials.all()[0].pk


def draft(samples: Samples) -> Event:
    """A draft that is the officer's for as long as the picture takes."""
    event = Event.objects.filter(status=Event.Status.DRAFT)[0]
    Event.objects.filter(pk=event.pk).update(owner=samples.officer)
    return event


def odd_draft(samples: Samples) -> Event:
    event = draft(samples)
    Event.objects.filter(pk=event.pk).update(venue_address="", audiences=[], text_before="", public_title=event.title)
    return event


def wrong_draft(samples: Samples) -> Event:
    event = odd_draft(samples)
    Event.objects.filter(pk=event.pk).update(venue_name="")
    return event


def helped_event(samples: Samples) -> Event:
    """One of today, whose door the officer is named for beside a colleague."""
    event = own_event(samples)
    day = timezone.localdate(samples.now)
    now = {"starts_at": samples.now, "ends_at": samples.now + timedelta(hours=2), "registration_closes_at": None}
    Event.objects.filter(pk=event.pk).update(**now)
    for colleague in (samples.officer, *User.objects.filter(role=Role.TEAM_LEAD)[:1]):
        Helper.objects.get_or_create(event=event, colleague=colleague, day=day, named_by=samples.officer)
    return event


def reminder(samples: Samples) -> tuple:
    event = own_event(samples)
    words = "Husk billed-id. Døren åbner en halv time før."
    planned, _ = Reminder.objects.get_or_create(event=event, anchor="start", days=2, defaults={"words": words})
    return event.pk, planned.pk


def reminded_event(samples: Samples) -> Event:
    reminder(samples)
    return own_event(samples)


def listed_event(samples: Samples) -> Event:
    """One whose list is shown, with somebody on it in each way."""
    event = own_event(samples)
    Event.objects.filter(pk=event.pk).update(list_days_before=60)
    for guest, how in zip(event.registrations.confirmed()[:3], ("initials", "organisation", "full"), strict=False):
        Registration.objects.filter(pk=guest.pk).update(shown=how)
    return event


def mailed(samples: Samples) -> tuple:
    """A mail to somebody with a seat, as an event of the officer's has them."""
    event = own_event(samples)
    for guest in event.registrations.confirmed().reachable()[:3]:
        tell("events.confirmed", guest)
        OutboxMessage.objects.about(guest).update(state="sent", sent_at=samples.now)
    return event.pk, OutboxMessage.objects.part_of(event).order_by("to")[0].pk


def unreached_event(samples: Samples) -> Event:
    """Mail to one guest comes back, and another wants no reminders."""
    event = own_event(samples)
    first, second = event.registrations.confirmed().reachable()[:2]
    facts = {"reason": "bounced", "status": "5.1.1", "since": samples.now}
    Suppression.objects.get_or_create(address=normal(first.email), defaults=facts)
    wish = {"unwanted": ["events.reminders"], "chosen_at": samples.now}
    Mailbox.objects.update_or_create(address=normal(second.email), defaults=wish)
    return event


def answered_event(samples: Samples) -> Event:
    """Calendars have answered: no, with words; another time; perhaps; and yes, where we had asked."""
    event = own_event(samples)
    said = Reply.Said
    told: list[dict[str, Any]] = [
        {"said": said.DECLINED, "words": "Jeg er desværre på kursus den dag."},
        {"said": said.COUNTERED, "proposes_at": event.starts_at + timedelta(days=7)},
        {"said": said.TENTATIVE, "words_refused": True},
        {"said": said.ACCEPTED},
        {"said": said.DELEGATED},
        *[{"said": said.DECLINED}] * 2,
    ]
    seats = event.registrations.confirmed().order_by("created_at", "pk")
    for number, (seat, facts) in enumerate(zip(seats, told, strict=False)):
        said_at = samples.now - timedelta(hours=30 - number)
        facts = {"sequence": event.sequence, "said_at": said_at, "received_at": samples.now, "words": "", **facts}
        Reply.objects.update_or_create(registration=seat, defaults={**facts, "fingerprint": f"{number:064d}"})
    return event


def events_answered(samples: Samples) -> tuple:
    answered_event(samples)
    return ()


def answer_no(samples: Samples) -> tuple:
    return _answer(answered_event(samples), Reply.Said.DECLINED)


def answer_yes(samples: Samples) -> tuple:
    return _answer(answered_event(samples), Reply.Said.ACCEPTED)


def _answer(event: Event, said: str) -> tuple:
    return event.pk, Reply.objects.about(event).filter(said=said)[0].pk


def given_up(samples: Samples) -> tuple:
    event, mail = mailed(samples)
    facts = {"state": "failed", "sent_at": None, "reason": "refused: 550", "attempts": 3}
    OutboxMessage.objects.filter(pk=mail).update(**facts)
    return event, mail


def mailed_event(samples: Samples) -> Event:
    given_up(samples)
    return own_event(samples)


def mailed_kind(samples: Samples) -> tuple:
    event, _mail = mailed(samples)
    return event, "events.confirmed"


def worded(samples: Samples) -> tuple:
    """A mail in words of a colleague's."""
    facts = {"subject": "Velkommen: {title}", "text": built_in("events.confirmed", "da").text}
    seen = {"saved_by": samples.officer, "saved_at": samples.now}
    for number in (1, 2):
        Wording.objects.get_or_create(kind="events.confirmed", language="da", number=number, defaults=facts | seen)
    return "events.confirmed", "da"


def misspell(page: Any) -> None:
    """A placeholder nobody knows, and one that is missing."""
    page.fill("#id_text", "Hej {navn}")
    press(page)


def move_elsewhere(page: Any) -> None:
    """Another house: the form asks once more before it mails."""
    page.fill("#id_venue_name", "Kulturhuset")
    press(page)


def nothing(samples: Samples) -> tuple:
    """No key, once there is an event whose door the officer is named for."""
    helped_event(samples)
    return ()


def as_host(page: str, find: Any = None) -> Inside:
    return Inside(page, find, role=Role.EVENT_HOST)


def as_helper(page: str, find: Any = None) -> Inside:
    return Inside(page, find, role=Role.CHECK_IN_HELPER)


DESK = workspace(
    ("desk-events", Inside("events_workspace:list")),
    ("desk-plan", Inside("events_workspace:plan")),
    ("desk-plan-mistakes", Inside("events_workspace:plan"), press),
    ("desk-event", Inside("events_workspace:event", own_event)),
    ("desk-events-of-host", as_host("events_workspace:list"), leading.end),
    ("desk-event-of-host", as_host("events_workspace:event", own_event), leading.end),
    ("desk-staff", Inside("events_workspace:staff", helped_event)),
    ("desk-staff-mistakes", Inside("events_workspace:staff", helped_event), press),
    ("desk-door", Inside("events_workspace:door", helped_event)),
    ("desk-doors", as_helper("events_workspace:doors", nothing), leading.end),
    ("desk-door-of-helper", as_helper("events_workspace:door", helped_event), leading.end),
    ("desk-event-draft", Inside("events_workspace:event", draft)),
    ("desk-publish", Inside("events_workspace:publish", odd_draft)),
    ("desk-publish-wrong", Inside("events_workspace:publish", wrong_draft)),
    ("desk-agenda", Inside("events_workspace:agenda", lasting_event)),
    ("desk-materials", Inside("events_workspace:materials", handing_out)),
    ("desk-materials-mistakes", Inside("events_workspace:materials", handing_out), press_last),
    ("desk-remove-material", Inside("events_workspace:remove_material", file_of_event)),
    ("desk-copy", Inside("events_workspace:copy", own_event)),
    ("desk-event-asks", Inside("events_workspace:event", asking_event)),
    ("desk-questions", Inside("events_workspace:questions", asking_event)),
    ("desk-questions-none", Inside("events_workspace:questions", own_event)),
    ("desk-question-new", Inside("events_workspace:add_question", asking_event)),
    ("desk-question-mistakes", Inside("events_workspace:add_question", asking_event), press),
    ("desk-question", Inside("events_workspace:question", asked_question)),
    ("desk-form-preview", Inside("events_workspace:form_preview", asking_event)),
    ("desk-paper", Inside("events_workspace:paper", applied_registration)),
    ("desk-event-choice", Inside("events_workspace:event", choosing_event)),
    ("desk-edit-choice", Inside("events_workspace:edit", choosing_event)),
    ("desk-register-choice", Inside("events_workspace:register", choosing_event)),
    ("desk-event-full", Inside("events_workspace:event", full_event)),
    ("desk-move", Inside("events_workspace:move", waiting_registration)),
    ("desk-move-mistakes", Inside("events_workspace:move", waiting_registration), press),
    ("desk-listing", Inside("events_workspace:listing", listed_event)),
    ("desk-reminders", Inside("events_workspace:reminders", reminded_event)),
    ("desk-reminders-mistakes", Inside("events_workspace:reminders", reminded_event), press),
    ("desk-reminder", Inside("events_workspace:reminder", reminder)),
    ("desk-mails", Inside("events_workspace:mails", mailed_event)),
    ("desk-mail", Inside("events_workspace:mail", given_up)),
    ("desk-mail-again", Inside("events_workspace:mail_again", mailed)),
    ("desk-mail-again-mistakes", Inside("events_workspace:mail_again", mailed), press),
    ("desk-mails-again", Inside("events_workspace:mails_again", mailed_kind)),
    ("desk-wordings", as_lead("wordings:list")),
    ("desk-wording", as_lead("wordings:edit", worded)),
    ("desk-wording-mistakes", as_lead("wordings:edit", worded), misspell),
    ("desk-approve", Inside("events_workspace:approve", applied_registration)),
    ("desk-edit-moved", Inside("events_workspace:edit", own_event), move_elsewhere),
    ("desk-refuse", Inside("events_workspace:refuse", applied_registration)),
    ("desk-event-answered", Inside("events_workspace:event", answered_event)),
    ("desk-events-answered", Inside("events_workspace:list", events_answered)),
    ("desk-answer-no", Inside("events_workspace:reply", answer_no)),
    ("desk-answer-yes", Inside("events_workspace:reply", answer_yes)),
    ("desk-event-unreached", Inside("events_workspace:event", unreached_event)),
    ("desk-event-held", Inside("events_workspace:event", held_event)),
    ("desk-edit", Inside("events_workspace:edit", own_event)),
    ("desk-cancel", Inside("events_workspace:cancel", own_event)),
    ("desk-register", Inside("events_workspace:register", own_event)),
    ("desk-register-mistakes", Inside("events_workspace:register", own_event), press),
    ("desk-cancel-registration", Inside("events_workspace:cancel_registration", own_registration)),
)
