"""One search over what an officer may know of: people, organisations, dialogues, events."""

import json
import re
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from contacts import vocabulary
from contacts.finding import door, sqlite
from contacts.finding.asked import Asked, Groups, Topics, asked, kept
from contacts.finding.rendering import as_fts5
from contacts.models import Affiliation, Dialogue, Organisation, Person, Topic
from contacts.services.happenings import with_participants
from contacts.services.newest import among, told
from events.models.event import Event
from events.models.event_queryset import EventQuerySet, title_patterns
from outreach.accounts.models import User
from outreach.places.folding import fold
from outreach.prepared import Among, prepared

SHOWN, DIALOGUES_SHOWN = 10, 5
NOTHING = "(?!)"  # an expression that matches no text
SUGGESTED = 6  # people and organisations together


@dataclass(frozen=True)
class Found:
    """What ``search`` found: of each kind those that are meant, and people and organisations that only come close."""

    people: list[Person] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    similar: list[Person | Organisation] = field(default_factory=list)
    dialogues: list[Dialogue] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    close_talks: bool = False  # the dialogues only come close
    close_events: bool = False
    more_people: bool = False
    more_organisations: bool = False

    def __bool__(self) -> bool:
        return bool(self.people or self.organisations or self.similar or self.dialogues or self.events)

    @property
    def contacts(self) -> list[Person | Organisation]:
        """Everybody the page names."""
        in_talks = [contact for dialogue in self.dialogues for contact in dialogue.seen]
        return [*self.people, *self.organisations, *self.similar, *in_talks]


def search(text: str, *, user: User) -> Found:
    """The best of each, whatever the spelling; nothing for no words."""
    question = asked(text)
    if not question:
        return Found()
    people, organisations = _contacts(question, user, SHOWN + 1)
    named, houses = _meant(people), _meant(organisations)
    best: list[Person | Organisation] = [*people[:SHOWN], *organisations[:SHOWN]]
    events = _events(text, user)
    # Words of a text are mistyped only where nothing is found as it was written: many a name is nearly a word.
    surely = bool(named or houses or events)
    talks, close_talks = dialogues(question, topics=_topics(question, not surely), user=user, close=not surely)
    close_events = [] if surely or (talks and not close_talks) else _close_events(question, user)
    return Found(
        people=named[:SHOWN],
        organisations=houses[:SHOWN],
        similar=[contact for contact in best if contact.similar],
        dialogues=talks,
        events=events or close_events,
        close_talks=close_talks,
        close_events=bool(close_events),
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


def dialogues(question: Asked, *, topics: Topics, user: User, close: bool = True) -> tuple[list[Dialogue], bool]:
    """The newest that say every word, or are about one of the topics: by what others may read of them and where they
    took place, never by the internal note. With none, and ``close``, those that come close; and whether they only do.
    """
    if not question.said:
        return [], False
    if connection.vendor == "sqlite":
        return _talks_on_sqlite(question, topics, user, close)
    seen = Dialogue.objects.visible_to(user)
    keys, only_close = door.dialogues(seen, question, topics, DIALOGUES_SHOWN, close=close)
    return among(keys, user=user), only_close


def _talks_on_sqlite(question: Asked, topics: Topics, user: User, close: bool) -> tuple[list[Dialogue], bool]:
    found, only_close = _said_on_sqlite(sqlite.said(question), topics.named, user), False
    if not found and close and any(question.patterns):
        found = _said_on_sqlite(sqlite.meant(question), topics.meant, user)
        only_close = bool(found)
    return with_participants(found), only_close


def _said_on_sqlite(words: Groups, topics: list[int], user: User) -> list[Dialogue]:
    if not words and not topics:
        return []
    found = []
    if topics or sqlite.are_said_often(words):
        expressions = sqlite.as_expressions(words) or [NOTHING]
        found = _saying_lately(user, those=expressions, text=json.dumps(topics))
    if len(found) < DIALOGUES_SHOWN:
        found = _saying(user, those=topics, text=as_fts5([words]) if words else '""')
    return found


@prepared
def _saying_lately(user: User) -> QuerySet:
    latest = sqlite.lately(Dialogue.objects.all()).visible_to(user).newest_first().values("pk")[:DIALOGUES_SHOWN]
    return told(Dialogue.objects.filter(pk__in=latest), user)


@prepared
def _saying(user: User) -> QuerySet:
    # Keys first: SQLite would gather the participants of every talk before it puts them in order.
    latest = sqlite.dialogues(Dialogue.objects.visible_to(user).newest_first()).values("pk")[:DIALOGUES_SHOWN]
    return told(Dialogue.objects.filter(pk__in=latest), user)


def _topics(question: Asked, close: bool) -> Topics:
    """The topics whose name has a word that begins with each word asked for, in either language; with ``close`` also
    those where it may be mistyped."""
    topics = kept("contacts.searching.topics", _topics_by_words)
    named = [pk for pk, words in topics if all(any(word.startswith(w) for word in words) for w in question.words)]
    if not close:
        return Topics(named)
    likes = [re.compile(like) for like in _likes(question)]
    return Topics(named, [pk for pk, words in topics if all(like.search(f" {' '.join(words)}") for like in likes)])


def _topics_by_words() -> list[tuple[int, list[str]]]:
    names = Topic.objects.values_list("pk", "name_da", "name_en")
    return [(pk, fold(f"{danish} {english}").split()) for pk, danish, english in names]


def _events(text: str, user: User) -> list[Event]:
    """Those with every word in their titles or place, the latest first."""
    return _titled(user, those=title_patterns(text))


def _close_events(question: Asked, user: User) -> list[Event]:
    """The same, by words that may be mistyped."""
    return _titled_nearly(user, those=_likes(question)) if any(question.patterns) else []


def _likes(question: Asked) -> list[str]:
    """For each word an expression that matches it, as it may be mistyped where it may be."""
    return [pattern or f" {word}" for pattern, (word, _written) in zip(question.patterns, question.said, strict=True)]


@prepared
def _titled(user: User) -> QuerySet:
    return _latest_of(Event.objects.seen_by(user).titled(), user)


@prepared
def _titled_nearly(user: User) -> QuerySet:
    return _latest_of(Event.objects.seen_by(user).nearly_titled(), user)


def _latest_of(events: EventQuerySet, user: User) -> QuerySet:
    shown = events.opening_for(user).only(
        "title", "internal_title", "slug", "language", "starts_at", "status", "visibility"
    )
    return shown.order_by("-starts_at")[:SHOWN]
