"""The screens that say what a button mails, as they stand once the words are written or somebody leaves."""

from datetime import datetime, timedelta
from typing import Any

from events.models import Event, Registration
from tools.desk_screens import full_event, own_event, reminded_event
from tools.invitation_screens import prepared
from tools.samples import Samples
from tools.screen import Inside, as_lead, press, workspace

Status = Registration.Status


def waited_for(samples: Samples) -> tuple:
    """Somebody with a seat that others wait for."""
    event = full_event(samples)
    return event.pk, event.registrations.confirmed()[0].pk


def to_phone(samples: Samples) -> Event:
    """Somebody without e-mail holds an offer, and others wait."""
    event = full_event(samples)
    row = event.registrations.confirmed().order_by("-pk")[0]
    facts = {"status": Status.OFFERED, "email": "", "offer_expires_at": samples.now + timedelta(days=1)}
    Registration.objects.filter(pk=row.pk).update(**facts)
    return event


def say_no(page: Any) -> None:
    page.locator("main button[name=answer][value=no]").first.click()
    page.wait_for_load_state()


def add_seats(page: Any) -> None:
    page.fill("#id_capacity", "60")
    press(page)


def closing_event(samples: Samples) -> Event:
    """The officer's; its registration closes two days before."""
    event = own_event(samples)
    Event.objects.filter(pk=event.pk).update(registration_closes_at=event.starts_at - timedelta(days=2))
    return event


def move_days(page: Any) -> None:
    """A week later, by the fields as a browser shows them."""
    for name in ("starts_at", "ends_at"):
        later = datetime.fromisoformat(page.input_value(f"#id_{name}")) + timedelta(days=7)
        page.fill(f"#id_{name}", f"{later:%Y-%m-%dT%H:%M}")
    press(page)


def write_reminder(page: Any) -> None:
    page.fill("#id_days", "1")
    page.fill("#id_words", "Husk billed-id. Døren åbner en halv time før.")
    press(page)


def write_greeting(page: Any) -> None:
    page.fill("#id_greeting", "Tak for sidst. Denne gang vil vi gerne høre mest fra jer.")
    page.locator("main button[name=look]").click()
    page.wait_for_load_state()


def invitation_words(samples: Samples) -> tuple:
    return "events.invitation", "da"


MAILING = workspace(
    ("desk-reminders-read", Inside("events_workspace:reminders", reminded_event), write_reminder),
    ("desk-send-invitations-read", Inside("events_workspace:send_invitations", prepared), write_greeting),
    ("desk-cancel-waited-for", Inside("events_workspace:cancel_registration", waited_for)),
    ("desk-says-no", Inside("events_workspace:event", to_phone), say_no),
    ("desk-edit-dates", Inside("events_workspace:edit", closing_event), move_days),
    ("desk-edit-seats", Inside("events_workspace:edit", full_event), add_seats),
    ("desk-wording-invitation", as_lead("wordings:edit", invitation_words)),
)
