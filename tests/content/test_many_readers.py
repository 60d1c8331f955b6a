"""Many readers while an editor publishes. With two hundred, and across processes: ``make bench-public``."""

import threading
import time

import pytest
from django.db import connection
from django.test import Client

from tests.content.test_page_cache import site as site
from tools.bench.storm import EDITION, judge

from .public_face import public_face as public_face

READERS = 12
EDITIONS = 4


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_nobody_reads_an_edition_older_than_the_last_one_published(site, public_face):
    seen, errors, over = [], [], threading.Event()

    def read():
        reader = Client()
        while not over.is_set():
            asked_at = time.time()
            response = reader.get("/samtale/")
            edition = EDITION.search(response.content)
            seen.append((asked_at, int(edition[1]) if edition else 0))
            if response.status_code != 200:
                errors.append(response.status_code)
            time.sleep(0.01)
        connection.close()

    readers = [threading.Thread(target=read) for _number in range(READERS)]
    for reader in readers:
        reader.start()
    published = []
    for number in range(1, EDITIONS + 1):
        site.title = f"Udgave {number}"
        site.save_revision().publish()
        published.append((time.time(), number))
        time.sleep(0.05)
    over.set()
    for reader in readers:
        reader.join(10)

    outcome = judge(seen, published, errors=len(errors))
    assert outcome.reads > READERS
    assert (outcome.errors, outcome.late) == (0, 0)
    assert max(number for _moment, number in seen) == EDITIONS
