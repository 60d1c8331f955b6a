"""``python -m tools.bench.crm.fill SHARE``: fill the migrated database of the settings with a share of the register.

Prints as JSON what there is to ask for: the officer who reads, their second factor, people they may see.
"""

import json
import sys
import time
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tools.bench.crm import crowd as who

SAMPLE = 400  # people to ask for


def main(share: float) -> None:
    django.setup()
    from django.db import connection

    from outreach.places.loading import load_places

    began = time.monotonic()
    load_places()
    crowd = _fill(share)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"  {sum(crowd.size):,} rows of the register in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True
    )
    print(json.dumps(_to_ask_for(crowd)))


def _fill(share: float) -> "who.Crowd":
    from django.utils import timezone

    from contacts.models import Topic
    from tools.bench.crm import crowd as who
    from tools.bench.crm import talks as said
    from tools.bench.crm.names import SUBJECTS
    from tools.bench.crm.rows import Progress

    for subject in SUBJECTS:
        Topic.objects.create(name_da=subject, name_en=f"{subject} (en)")
    crowd = who.Crowd(who.FULL.part(share), timezone.localdate())
    who.add_colleagues(crowd)
    who.plan_contacts(crowd)
    talks = said.plan_dialogues(crowd)
    progress = Progress(int(sum(crowd.size) * 5.2))
    who.write_contacts(crowd, progress)
    said.write_dialogues(crowd, talks, progress)
    said.write_follow_ups(crowd, talks, progress)
    said.write_registrations(crowd, progress)
    return crowd


def _to_ask_for(crowd: "who.Crowd") -> dict:
    from allauth.mfa.models import Authenticator

    from outreach.places.models import Municipality
    from tools.bench.crm.talks import long_history

    phone = Authenticator.objects.create(user=crowd.reader, type="totp", data={"secret": "unused"})
    seen = [person for person in crowd.people if not person.restricted]
    sample = crowd.rng.sample(seen, min(SAMPLE, len(seen)))
    return {
        "reader": str(crowd.reader.pk),
        "phone": phone.pk,
        "long": str(long_history(crowd).pk),
        "people": [[str(person.pk), person.name] for person in sample],
        "places": list(Municipality.objects.values_list("pk", flat=True)),
        "owners": [str(officer.pk) for officer in crowd.officers],
    }


if __name__ == "__main__":
    main(float(sys.argv[1]))
