"""A calendar of so many events, two to be filled and one with people to invite.

``python -m tools.bench.events.fill EVENTS PEOPLE`` prints as JSON where each is found. Run by the owner of the
database, under the worker's settings.
"""

import json
import sys
from datetime import datetime, timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from events.models import Event, SeatCounter  # noqa: E402
from events.services import calendar, inviting  # noqa: E402
from events.services.address_lists import Entry  # noqa: E402
from outreach.accounts.models import Role, User  # noqa: E402
from outreach.places.models import Municipality  # noqa: E402


def main() -> None:
    events, people = (int(word) for word in sys.argv[1:])
    print(json.dumps(fill(events, people)))


def fill(events: int, people: int) -> dict[str, dict[str, str]]:
    """``rush``: seats for everybody. ``narrow``: fifty. ``crowd``: ``people`` are on the list to invite."""
    now, seats = timezone.now(), {"rush": 1_000_000, "narrow": 50, "crowd": people + 1000}
    with transaction.atomic():
        officer = User.objects.create(name="Officer", email="officer@example.org", role=Role.OFFICER)
        towns = list(Municipality.objects.all()[:50])
        planned = [_event(number, officer, towns, now=now) for number in range(events)]
        Event.objects.bulk_create(planned, batch_size=100)
        chosen = dict(zip(seats, planned, strict=False))
        capacity = {event.pk: seats[name] for name, event in chosen.items()}
        counters = [SeatCounter(event=event, capacity=capacity.get(event.pk, 40)) for event in planned]
        SeatCounter.objects.bulk_create(counters, batch_size=100)
        listed = [Entry(f"Gæst {number}", f"guest{number}@example.org") for number in range(people)]
        inviting.prepare(chosen["crowd"], listed, language="da", officer=officer, now=now)
    return {name: {"pk": str(event.pk), "slug": event.slug} for name, event in chosen.items()}


def _event(number: int, officer: User, towns: list[Municipality], *, now: datetime) -> Event:
    starts_at = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=20, hours=7 * number)
    event = Event(
        title=f"Netværksmøde {number} for forældre, skoler og foreninger",
        public_title=f"Netværksmøde {number}",
        slug=f"netvaerksmoede-{number}-{starts_at:%Y-%m-%d}",
        summary="Vi taler om det lokale samarbejde: hvem gør hvad, og hvordan hjælper vi hinanden?",
        text_before="Tag gerne en kollega med. Læs oplægget, og skriv et spørgsmål ned.",
        text_during="Vi begynder med kaffe kl. 9 og går ud i grupper efter pausen.",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        venue_name="Foreningshuset Åen",
        venue_address="Eksempelvej 4, 8000 Aarhus C",
        municipality=towns[number % len(towns)] if towns else None,
        status=Event.Status.PUBLISHED,
        owner=officer,
        created_at=now,
        updated_at=now,
    )
    event.derive()
    calendar.write_down(event, now=now)
    return event


if __name__ == "__main__":
    main()
