"""One search over what an officer may know of: people, organisations, dialogues, events."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from contacts import vocabulary
from contacts.finding import door, sqlite
from contacts.finding.asked import Asked, asked, kept
from contacts.models import Affiliation, Dialogue, Organisation, Person, Topic
from contacts.services.happenings import with_participants
from contacts.services.newest import among, told
from events.models.event import Event, title_patterns
from outreach.accounts.models import User
from outreach.places.folding import fold
from outreach.prepared import Among, prepared

SHOWN, DIALOGUES_SHOWN = 10, 5
SUGGESTED = 6  # people and organisations together


@dataclass(frozen=True)
class Found:
    """What ``search`` found: of each kind those that are meant, and people and organisations that only come close."""

    people: list[Person] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    similar: list[Person | Organisation] = field(default_factory=list)
    dialogues: list[Dialogue] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    more_people: bool = False
    more_organisations: bool = False

    def __bool__(self) -> bool:
        return bool(self.people or self.organisations or self.similar or self.dialogues or self.events)

    @property
    def contacts(self) -> list[Person | Organisation]:
        """Everybody the page names."""
        in_talks = [contact for dialogue in self.dialogues for contact in dialogue.seen]
        return [*self.people, *self.organisations, *self.similar, *in_talks]


def search(text: str, *, user: User, now: datetime) -> Found:
    """The best of each, whatever the spelling; nothing for no words."""
    question = asked(text)
    if not question:
        return Found()
    people, organisations = _contacts(question, user, SHOWN + 1)
    named, houses = _meant(people), _meant(organisations)
    best: list[Person | Organisation] = [*people[:SHOWN], *organisations[:SHOWN]]
    return Found(
        people=named[:SHOWN],
        organisations=houses[:SHOWN],
        similar=[contact for contact in best if contact.similar],
        dialogues=dialogues(question, topics=_topics(question), user=user),
        events=_events(text, user, now),
        more_people=len(named) > SHOWN,
        more_organisations=len(houses) > SHOWN,
    )


def suggestions(text: str, *, user: User) -> list[Person | Organisation]:
    """The few best people and organisations, while somebody types."""
    people, organisations = _contacts(asked(text), user, SUGGESTED)
    meant = [*_meant(people)[: SUGGESTED - min(2, len(_meant(organisations)))], *_meant(organisations)]
    return (meant or [*people, *organisations])[:SUGGESTED]


def _contacts(question: Asked, user: User, most: int) -> tuple[list[Person], list[Organisation]]:
    """The best of both; a person with ``main``, the words of the main role ``user`` may see: what, and where."""
    kinds = [Person.objects.visible_to(user), Organisation.objects.visible_to(user)]
    people, organisations = door.best_of_each(
        kinds,
        question,
        most,
        read=lambda model, keys: (_people if model is Person else _organisations)(user, those=keys),
    )
    vocabulary.put_kinds_and_places(organisations)
    return people, organisations


@prepared
def _people(user: User) -> QuerySet:
    role = Affiliation.objects.current().visible_to(user).filter(person=OuterRef("pk"))
    main = role.values(words=JSONObject(what="role", at="organisation__name"))[:1]
    shown = Person.objects.visible_to(user).filter(Among("id")).only("name", "restricted")
    return shown.annotate(main=Subquery(main))


@prepared
def _organisations(user: User) -> QuerySet:
    shown = Organisation.objects.visible_to(user).filter(Among("id"))
    return shown.only("name", "restricted", "kind", "municipality")


def _meant(contacts: list) -> list:
    return [contact for contact in contacts if not contact.similar]


def dialogues(question: Asked, *, topics: Sequence[int], user: User) -> list[Dialogue]:
    """The newest that say every word, or are about one of the topics: by what others may read of them and where they
    took place, never by the internal note. Words of one or two letters alone find none: they are for names."""
    if not question.said or question.is_short:
        return []
    if connection.vendor == "sqlite":
        return with_participants(_saying(user, those=topics, text=sqlite.said(question)))
    keys = door.dialogues(Dialogue.objects.visible_to(user), question, topics, DIALOGUES_SHOWN)
    return among(keys, user=user)


@prepared
def _saying(user: User) -> QuerySet:
    # Keys first: SQLite would gather the participants of every talk before it puts them in order.
    latest = sqlite.dialogues(Dialogue.objects.visible_to(user).newest_first()).values("pk")[:DIALOGUES_SHOWN]
    return told(Dialogue.objects.filter(pk__in=latest), user)


def _topics(question: Asked) -> list[int]:
    """The topics whose name has a word that begins with each word asked for, in either language."""
    topics = kept("contacts.searching.topics", _topics_by_words)
    return [pk for pk, words in topics if all(any(word.startswith(w) for word in words) for w in question.words)]


def _topics_by_words() -> list[tuple[int, list[str]]]:
    names = Topic.objects.values_list("pk", "name_da", "name_en")
    return [(pk, fold(f"{danish} {english}").split()) for pk, danish, english in names]


def _events(text: str, user: User, now: datetime) -> list[Event]:
    """Coming events and those of the last year, by title."""
    return _titled(user, since=now.date() - timedelta(days=365), those=title_patterns(text))


@prepared
def _titled(user: User, *, since: date) -> QuerySet:
    begin = timezone.make_aware(datetime.combine(since, time.min))
    recent = Event.objects.seen_by(user).opening_for(user).filter(ends_at__gte=begin)
    shown = recent.titled().only("title", "slug", "language", "starts_at", "status", "visibility")
    return shown.order_by("-starts_at")[:SHOWN]
