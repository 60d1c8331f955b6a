"""The screens of what a registrant does by themselves. Needs Django, as tools/screens.py does."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from events.models import Event, FormLink, MailboxLink, Registration, RegistrationToken, SeatCounter
from events.services import form_links, mailbox, modes, swapping, tokens
from outreach.links import public_path
from outreach.privacy import siege
from tools.public_screens import link, public
from tools.samples import Samples
from tools.screen import Address, Screen, press

Purpose = RegistrationToken.Purpose


def seated(samples: Samples, language: str) -> Registration:
    """Somebody new with a seat online, one more than there were, where one can choose how to take part."""
    row = samples.registered(language, event=samples.choice)
    Registration.objects.filter(pk=row.pk).update(status="confirmed", confirmed_at=samples.now, mode="online")
    more = {name: F(name) + 1 for name in ("capacity", "taken", "online_taken")}
    limits = {"online_capacity": None, "in_person_capacity": None}
    SeatCounter.objects.filter(event=samples.choice).update(**more, **limits)
    row.refresh_from_db()
    return row


def own(name: str) -> Address:
    def address(samples: Samples, language: str) -> str:
        row = seated(samples, language)
        return public_path(f"events:{name}", tokens.issue(row, Purpose.MANAGE), language=language)

    return address


def listed(name: str) -> Address:
    """Where an officer shows a list."""

    def address(samples: Samples, language: str) -> str:
        Event.objects.filter(pk=samples.choice.pk).update(list_days_before=60)
        others = Registration.objects.of(samples.choice).confirmed()[:3]
        for other, how in zip(others, ("initials", "organisation", "full"), strict=False):
            Registration.objects.filter(pk=other.pk).update(shown=how)
        return own(name)(samples, language)

    return address


def full(samples: Samples, language: str) -> str:
    """The seat is online, and nobody else can come to the venue for now."""
    row = seated(samples, language)
    counter = SeatCounter.objects.get(event=row.event)
    SeatCounter.objects.filter(pk=counter.pk).update(in_person_capacity=counter.in_person_taken)
    return public_path("events:mode", tokens.issue(row, Purpose.MANAGE), language=language)


def wishing(samples: Samples, language: str) -> str:
    """Somebody who is moved as soon as there is room, and has offered the seat to a colleague meanwhile."""
    row = seated(samples, language)
    counter = SeatCounter.objects.get(event=row.event)
    SeatCounter.objects.filter(pk=counter.pk).update(in_person_capacity=counter.in_person_taken)
    modes.choose(row.pk, "in_person", waits=True, now=timezone.now())
    offered(samples, row, language)
    return public_path("events:manage", tokens.issue(row, Purpose.MANAGE), language=language)


def offered(samples: Samples, row: Registration, language: str) -> Registration:
    """The colleague to whom a seat is offered."""
    told = {"name": "Bo Eksempel", "email": f"bo-{samples.made}@example.org", "language": language}
    outcome = swapping.offer(row.pk, told, now=timezone.now())
    return Registration.objects.get(pk=outcome.registration_id)


def take_over(samples: Samples, language: str) -> str:
    made = offered(samples, seated(samples, language), language)
    return public_path("events:swap", tokens.issue(made, Purpose.SWAP), language=language)


def all_of(name: str) -> Address:
    """The link to a mailbox that two people share."""

    def address(samples: Samples, language: str) -> str:
        row = seated(samples, language)
        places = [(samples.full, "waiting"), (samples.past, "confirmed"), (samples.cancelled, "confirmed")]
        for number, (event, status) in enumerate(places):
            queued = SeatCounter.objects.get(event=event).last_queue_number + 1 + samples.made
            Registration.objects.create(
                event=event,
                name=["Bo Eksempel", row.name][number % 2],
                email=row.email,
                status=status,
                queue_number=queued if status == "waiting" else None,
                created_at=samples.now,
                confirmed_at=samples.now,
            )
        sent = MailboxLink.objects.create(email=row.email, language=language, created_at=timezone.now())
        token = mailbox.open_link(sent, now=timezone.now())
        return public_path(f"events:{name}", token, language=language)

    return address


def flooded(address: Address) -> Address:
    """A form while all forms are flooded; ``lifted`` ends that."""

    def besieged(samples: Samples, language: str) -> str:
        now = timezone.now()
        siege.declare(now + timedelta(hours=1), now=now)
        return address(samples, language)

    return besieged


def lifted(page: Any) -> None:
    siege.lift(now=timezone.now())


def pressed_while_flooded(page: Any) -> None:
    press(page)
    lifted(page)


def by_mail(form: str) -> Address:
    """The form behind a link in a mail."""

    def address(samples: Samples, language: str) -> str:
        event = samples.choice if form == FormLink.Form.REGISTER else None
        facts = {"form": form, "event": event, "language": language, "created_at": timezone.now()}
        sent = FormLink.objects.create(email="ana@example.org", **facts)
        return public_path("events:form", form_links.open_link(sent, now=timezone.now()), language=language)

    return address


def registering(samples: Samples, language: str) -> str:
    return public_path("events:register", samples.choice.slug, language=language)


OWN = [
    Screen("own-by-mail-register", flooded(registering), lifted),
    Screen("own-by-mail-register-mistakes", flooded(registering), pressed_while_flooded),
    Screen("own-by-mail-dialogue", flooded(public("dialogue:ask")), lifted),
    Screen("own-by-mail-sent", public("events:form_sent")),
    Screen("own-by-mail-register-form", by_mail("register")),
    Screen("own-by-mail-dialogue-form", by_mail("dialogue")),
    Screen("own-find", public("events:find")),
    Screen("own-find-mistakes", public("events:find"), press),
    Screen("own-find-sent", public("events:find_sent")),
    Screen("own-mailbox", all_of("mailbox")),
    Screen("own-mailbox-cancel", all_of("mailbox_cancel")),
    Screen("own-mailbox-cancel-mistakes", all_of("mailbox_cancel"), press),
    Screen("own-mode", own("mode")),
    Screen("own-mode-full", full, press),
    Screen("own-manage-open", wishing),
    Screen("own-give", own("give")),
    Screen("own-give-mistakes", own("give"), press),
    Screen("own-take-over", take_over),
    Screen("own-taken-over", take_over, press),
    Screen("own-shown", listed("shown")),
    Screen("own-participants", listed("participants")),
    Screen("own-manage-listed", listed("manage")),
    Screen("own-change-applied", link("change", "confirmed", which="asks")),
]
