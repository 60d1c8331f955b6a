"""Rows whose check is three days late. By the real clock: the functions of the door ask the server's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content.models import ContactChannel, DirectoryEntry, Owner
from content.services import still_correct


def late():
    return timezone.localdate() - timedelta(days=3)


def checked():
    return timezone.localdate() - timedelta(days=368)


def entry(key="netvaerk", **fields):
    texts = {f"{field}_{lang}": "Netværket" for field in ("name", "summary", "body") for lang in ("da", "en")}
    required = {"level": "national", "tasks": ["advice"], "audiences": ["everyone"], "review_by": late()}
    return DirectoryEntry.objects.create(key=key, checked_on=checked(), **{**texts, **required, **fields})


def channel(key="hotline", **fields):
    texts = {f"{field}_{lang}": "Hotlinen" for field in ("name", "question", "description") for lang in ("da", "en")}
    times = {"checked_on": checked(), "review_by": late()}
    return ContactChannel.objects.create(key=key, **{"number": "41 74 90 90", **texts, **times, **fields})


def owned(**row):
    return Owner.objects.create(**row, name="Bo Berg", email="bo@example.org")


@pytest.fixture
def owner(db):
    """Somebody elsewhere who answers for an entry."""
    return owned(entry=entry())


@pytest.fixture
def ask():
    return lambda owner: still_correct.ask(owner, now=timezone.now())
