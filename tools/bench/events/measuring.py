"""What is measured on one engine: reading, registering beside a bare view, fifty seats for many, and the mail."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tools.bench.events.running import Cpu, Site, Stage, site
from tools.bench.measuring import AT_ONCE, Figures, Generator, Target, generator, read
from tools.bench.running import Failed, Web

BARE, EVENT, FILE, FEED, FEED_304 = "bare view, one insert", "event page", ".ics of an event", "feed", "feed, 304"
REGISTRATION = "complete registration"
LONGEST = 600.0  # seconds the worker has to come to rest
WARM = 48  # registrations, before any is counted


class Sizes(NamedTuple):
    """How much is measured; the targets are those of the full size."""

    events: int = 1000
    people: int = 5000
    attempts: int = 2000
    registrations: int = 100  # in a round
    rounds: int = 6

    @classmethod
    def share(cls, share: float) -> "Sizes":
        """A quick try with a share of everything."""
        return cls(*(max(2, round(whole * share)) for whole in cls()))


@dataclass
class Row(Figures):
    """What the rounds brought for one thing at so many clients, with the processor time apart."""

    taken: Cpu = field(default_factory=Cpu)
    errors: int = 0

    def add(self, answer: dict[str, Any], taken: Cpu) -> None:
        self.rates.append(len(answer["times"]) / answer["seconds"])
        self.times += answer["times"]
        self.taken = Cpu(*(a + b for a, b in zip(self.taken, taken, strict=True)))
        self.errors += sum(answer.get("errors", {}).values())

    @property
    def each(self) -> Cpu:
        """Milliseconds of processor time for one."""
        return Cpu(*(part / len(self.times) for part in self.taken))


@dataclass
class Mail:
    """So many mails, from the moment somebody asked for them to the mail server's last answer."""

    count: int
    seconds: float
    writing: float  # seconds of these until the last was in the outbox
    rate: float  # a second, from the first answer of the mail server to its last
    each: Cpu
    states: dict[str, int]


class Rush(NamedTuple):
    """Many attempts for fifty seats."""

    attempts: int
    confirmed: int
    waiting: int
    errors: int
    differences: int  # between the counters and the registrations


@dataclass
class Results:
    rows: dict[tuple[str, int], Row]
    rush: Rush
    mail: Mail
    acting: float  # milliseconds of processor time the visitors took for one registration
    waited: list[float]  # seconds they waited for their mail, eight at once


def measure(stage: Stage, sizes: Sizes) -> Results:
    rows: dict[tuple[str, int], Row] = {}
    with generator() as load:
        with site(stage, "reading", works=False) as made:
            reading(made, load, sizes, rows)
        with site(stage, "registering", works=True) as made:
            acting, waited = registering(made, load, sizes, rows)
    with site(stage, "fifty", works=True) as made:
        rush = fifty(made, sizes)
    with site(stage, "mailing", works=True) as made:
        mail = mailing(made, sizes)
    return Results(rows, rush, mail, acting, waited)


def reading(made: Site, load: Generator, sizes: Sizes, rows: dict[tuple[str, int], Row]) -> None:
    """Each in turn, in every round; nobody writes but the bare view."""
    page, feed = f"/arrangementer/{made.facts['rush']['slug']}/", "/arrangementer/calendar.ics"
    asked = [
        Target(BARE, ("/bench/bare/",), 60),
        Target(EVENT, (page,), 60),
        Target(FILE, (f"{page}calendar.ics",), 60),
        Target(FEED, (feed,), 16),
        Target(FEED_304, (feed,), 60, "known"),
    ]
    for at_once in AT_ONCE:
        for number in range(1 + sizes.rounds):
            for target in asked:
                answer, taken = _ask(made, load, target, at_once)
                if number:  # the first round only warms up
                    rows.setdefault((target.name, at_once), Row()).add(answer, taken)


def _ask(made: Site, load: Generator, target: Target, at_once: int) -> tuple[dict[str, Any], Cpu]:
    web, wanted = Web(made.port, made.web), 200
    headers = {}
    if target.reading == "known":
        headers, wanted = {"If-None-Match": read(web, target)}, 304
    before = made.cpu()
    answer = load.ask(web, target, at_once=at_once, count=target.count, headers=headers)
    if answer["statuses"] != {str(wanted): target.count}:
        raise Failed(f"{target.name}: {answer['statuses']} instead of {wanted}")
    return answer, made.cpu().since(before)


def registering(
    made: Site, load: Generator, sizes: Sizes, rows: dict[tuple[str, int], Row]
) -> tuple[float, list[float]]:
    """Registrations with the worker at its work, and its work for them counted to its end; a bare view beside.

    Returns what the visitors themselves took, and how long they waited for their mail.
    """
    acted = 0.0
    waited: list[float] = []
    bare = Target(f"{BARE}, beside", ("/bench/bare/",), 60)
    rush = made.facts["rush"]
    made.register(rush, name="warm", count=WARM, at_once=8)
    for at_once in AT_ONCE:
        for number in range(sizes.rounds):
            _at_rest(made)
            rows.setdefault((bare.name, at_once), Row()).add(*_ask(made, load, bare, at_once))
            before = made.cpu()
            name = f"guest-{at_once}-{number}-"
            answer = made.register(rush, name=name, count=sizes.registrations, at_once=at_once)
            _at_rest(made)
            rows.setdefault((REGISTRATION, at_once), Row()).add(answer, made.cpu().since(before))
            acted += answer["cpu"]
            waited += answer["waited"] if at_once == max(AT_ONCE) else []
    return acted / (len(AT_ONCE) * sizes.rounds * sizes.registrations), waited


def fifty(made: Site, sizes: Sizes) -> Rush:
    event = made.facts["narrow"]
    answer = made.register(event, name="hopeful", count=sizes.attempts, at_once=8)
    found = made.cast.do("counted", pk=event["pk"])
    states = found["states"]
    errors = sum(answer["errors"].values())
    return Rush(sizes.attempts, states.get("confirmed", 0), states.get("waiting", 0), errors, found["differences"])


def mailing(made: Site, sizes: Sizes) -> Mail:
    """From an officer's click until the mail server has the last invitation."""
    _at_rest(made)
    before = made.cpu()
    began = made.cast.do("invite", pk=made.facts["crowd"]["pk"])
    _at_rest(made)
    taken, came = made.cpu().since(before), sorted(mail.moment for mail in made.mails())
    found = made.cast.do("mails")
    count = max(len(came), 1)
    first, last = (came[0], came[-1]) if came else (began, began)
    return Mail(
        count=len(came),
        seconds=last - began,
        writing=max(found["written"], default=began) - began,
        rate=len(came) / max(last - first, 0.001),
        each=Cpu(*(part / count for part in taken)),
        states=found["states"],
    )


def _at_rest(made: Site) -> None:
    if not made.cast.do("rest", seconds=LONGEST):
        raise Failed("The worker does not come to rest.")
