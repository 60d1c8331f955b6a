"""What the screens show: rows found in the demonstration, or made where a state lasts only until somebody clicks."""

from typing import Any
from urllib.parse import urlsplit

from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from contacts.models import Dialogue
from content.models import DirectoryEntry, Owner
from content.models.starting import StartingText
from content.services import still_correct
from events.models import Event, Question, Registration, RegistrationToken
from events.services import dialogue_requests, registering, seats, tokens, waiting_list
from outreach.accounts.models import Role, User
from outreach.links import public_path
from outreach.mail import mailboxes

Purpose = RegistrationToken.Purpose
PERSON = {"name": "Ana Eksempel", "organisation": "Foreningen Åben Dør", "role": "Formand", "needs": "Vegetarisk mad"}


class Samples:
    """What the screens show: found in the demonstration, or made where a state lasts only until somebody clicks."""

    def __init__(self):
        self.now = timezone.now()
        self.made = 0
        events = Event.objects.with_seats()
        listed = list(events.listed(self.now).exclude(registration_closes_at__lte=self.now))
        self.open = next(event for event in listed if event.seats.left > 2 and not event.needs_approval)
        self.choice = next(event for event in listed if len(event.modes) > 1 and event.held_now)
        self.asks = next(event for event in listed if event.needs_approval)
        self.full = next(event for event in listed if not event.seats.left)
        self.cancelled = events.announced().filter(status=Event.Status.CANCELLED)[0]
        self.past = events.announced().filter(ends_at__lt=self.now, status=Event.Status.PUBLISHED)[0]
        self.officer = self._busiest_officer()
        self.draft = self.planned(Event.Status.DRAFT)
        own = Dialogue.objects.visible_to(self.officer).with_officer(self.officer)
        self.person = self._of(own.exclude(note=""), "people")
        self.organisation = self._of(own, "organisations")

    def _busiest_officer(self) -> User:
        officers = User.objects.filter(role=Role.OFFICER, is_active=True)
        return max(officers, key=lambda officer: (Dialogue.objects.with_officer(officer).count(), officer.name))

    @staticmethod
    def _of(dialogues, name: str) -> Any:
        """The contact with the most of these dialogues."""
        met = [contact for dialogue in dialogues for contact in getattr(dialogue, name).all()]
        return max(met, key=lambda contact: (met.count(contact), contact.name))

    def planned(self, status: str) -> Event:
        """A coming event of the officer's own in this state; the open one where the demonstration has none."""
        return Event.objects.run_by(self.officer).coming(self.now).filter(status=status).first() or self.open

    def page(self, stem: str, language: str) -> str:
        """The address of a page of the starting content."""
        loaded = StartingText.objects.exclude(page=None).get(key=f"page/{stem}.{language}")
        return Page.objects.get(pk=loaded.page_id).specific.url

    def event(self, event: Event, name: str, language: str) -> str:
        return public_path(f"events:{name}", event.slug, language=language)

    def registered(self, language: str, *, event: Event | None = None, proposed_by: str = "") -> Registration:
        """A new proposal, not confirmed yet; ``proposed_by`` a colleague of this name."""
        self.made += 1
        event = event or self.open
        answers = {
            question.key: question.options[0] for question in Question.objects.of(event).asked() if question.required
        }
        data = {
            **PERSON,
            "answers": answers,
            "mode": event.modes[-1],
            "email": f"ana-{self.made}-{self.now:%f}@example.org",
        }
        now = timezone.now()
        if not proposed_by:
            return registering.propose(event, data, language=language, now=now)
        theirs = data | {"name": proposed_by, "email": f"by-{data['email']}"}
        registering.propose_with_colleagues(event, theirs, [data], language=language, now=now)
        return Registration.objects.get(email=data["email"])

    def link(self, purpose: str, language: str, *, state: str = "", event: Event | None = None, **facts: str) -> str:
        """A personal link of somebody whose registration has come so far."""
        registration = self.registered(language, event=event, **facts)
        if state:
            seats.confirm(registration.pk, now=timezone.now())
        if state == "offered":
            self._offer(registration)
        registration.refresh_from_db()
        return public_path(f"events:{purpose}", tokens.issue(registration, purpose), language=language)

    def invitation_link(self, purpose: str, language: str) -> str:
        """A personal link to a new invitation, confirmed where the link is the one to see it."""
        told: dict[str, Any] = {**PERSON, "email": "ana@example.org"}
        told |= dict.fromkeys(["phone", "topic", "wishes", "languages"], "")
        told |= {"themes": ["families"], "online": True, "municipality": None, "people": 12}
        request = dialogue_requests.propose(told, language=language, now=timezone.now())
        if purpose == Purpose.MANAGE:
            dialogue_requests.confirm(request.pk, now=timezone.now())
            request.refresh_from_db()
        return public_path(f"dialogue:{purpose}", tokens.issue(request, purpose), language=language)

    def mails_link(self, name: str, language: str, group: str = "events.reminders") -> str:
        """A link from the foot of a mail of this group to a new address."""
        self.made += 1
        address = f"ana-{self.made}-{self.now:%f}@example.org"
        ways = mailboxes.ways(address, group, language=language, now=timezone.now())
        return urlsplit(getattr(ways, name)).path

    def owner(self, language: str) -> str:
        """A personal link of somebody who answers for an entry that nobody answered for yet."""
        entry = DirectoryEntry.objects.filter(owner=None).order_by("key")[0]
        owner = Owner.objects.create(entry=entry, name="Ana Eksempel", email="ana@example.org", language=language)
        token = still_correct.token_of(still_correct.ask(owner, now=timezone.now()))
        return public_path("content:still_correct", token, language=language)

    @staticmethod
    def _offer(registration: Registration) -> None:
        """One more seat, and everybody before them in the queue stays where they are."""
        counter = registration.event.seats
        type(counter).objects.filter(pk=counter.pk).update(capacity=F("capacity") + 1)
        waiting_list.offer(registration.pk, deadline=timezone.now() + waiting_list.ANSWER_WITHIN)
