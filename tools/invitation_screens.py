"""The screens of those who are invited to a meeting, and of the officer who asks them. Needs Django."""

from datetime import timedelta
from typing import Any

from events.door import invited
from events.models import Event, Invitation
from events.services import tokens
from outreach.links import public_path
from tools.samples import Samples
from tools.screen import Address, Inside, Screen, press, press_last, workspace

ANOTHER = {"name": "Bo Eksempel", "email": "bo@example.org"}
PASTED = "Ana Eksempel <ana@example.org>\nana@example.org\nbo@eksempel\nIngen adresse"


def closed(samples: Samples) -> Event:
    """The meeting that only the invited can read, the officer's for as long as the picture takes."""
    event = Event.objects.filter(visibility=Event.Visibility.INVITATION, starts_at__gt=samples.now)[0]
    Event.objects.filter(pk=event.pk).update(owner=samples.officer)
    return event


def asked(samples: Samples, **facts: Any) -> Invitation:
    """Somebody new, who has been told and said nothing."""
    samples.made += 1
    event, sent = closed(samples), samples.now - timedelta(days=3)
    told = {"name": "Ana Eksempel", "email": f"inviteret-{samples.made}-{samples.now:%f}@example.org"}
    told |= {"status": Invitation.Status.SENT, "sent_at": sent, "created_at": sent, "language": "da"}
    return Invitation.objects.create(event=event, **told | facts)


def link(name: str = "invited", said: str = "", **facts: Any) -> Address:
    """The page behind the link of somebody who has answered so far."""

    def address(samples: Samples, language: str) -> str:
        token = tokens.issue(invitation := asked(samples, **facts), "invited")
        h = tokens.digest(token)
        if said == "yes":
            invited.accept(h, {"name": invitation.name}, language=language)
        elif said == "no":
            invited.decline(h, "Vi har møde samme aften.")
        elif said == "another":
            invited.name_another(h, **ANOTHER)
        elif said == "withdrawn":
            Invitation.objects.filter(pk=invitation.pk).update(status=Invitation.Status.WITHDRAWN)
        return public_path(f"events:{name}", token, language=language)

    return address


def paste(page: Any) -> None:
    page.locator("main textarea").first.fill(PASTED)
    press(page)


def none_invited(samples: Samples) -> Event:
    event = samples.open
    Event.objects.filter(pk=event.pk).update(owner=samples.officer)
    return event


def silent(samples: Samples) -> Event:
    return asked(samples).event


def prepared(samples: Samples) -> Event:
    asked(samples, status=Invitation.Status.PREPARED, sent_at=None)
    return asked(samples, status=Invitation.Status.PREPARED, sent_at=None, language="en").event


INVITATIONS = [
    Screen("event-invitation", link()),
    Screen("event-invitation-mistakes", link(name="invited"), press),
    Screen("event-invitation-free", link(uses=5)),
    Screen("event-invitation-yes", link(said="yes")),
    Screen("event-invitation-said-no", link(said="no")),
    Screen("event-invitation-passed-on", link(said="another")),
    Screen("event-invitation-withdrawn", link(said="withdrawn")),
    Screen("event-invitation-decline", link("invited_decline")),
    Screen("event-invitation-declined", link("invited_decline"), press),
    Screen("event-invitation-another", link("invited_another")),
    Screen("event-invitation-another-mistakes", link("invited_another"), press_last),
    Screen("event-invitation-sent", link("invited_sent", uses=5)),
    *workspace(
        ("desk-invitations", Inside("events_workspace:invitations", silent)),
        ("desk-invitations-none", Inside("events_workspace:invitations", none_invited)),
        ("desk-invite", Inside("events_workspace:invite", closed)),
        ("desk-invite-left-out", Inside("events_workspace:invite", closed), paste),
        ("desk-invite-mistakes", Inside("events_workspace:invite", closed), press),
        ("desk-choose-invited", Inside("events_workspace:choose_invited", closed)),
        (
            "desk-choose-invited-organisations",
            Inside("events_workspace:choose_invited", closed, query="?by=organisations"),
        ),
        ("desk-choose-invited-nobody", Inside("events_workspace:choose_invited", closed, query="?q=zzzzz")),
        ("desk-send-invitations", Inside("events_workspace:send_invitations", prepared)),
        ("desk-remind-invited", Inside("events_workspace:remind_invited", silent)),
    ),
]
