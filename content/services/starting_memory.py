"""Remembering what was loaded, to tell a newer file from an editor's change."""

import hashlib
import json
from collections import Counter
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from content.models import StartingText


def fingerprint(values: dict[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


class Memory:
    """All that was loaded before, by key, and a count of what this run does."""

    def __init__(self) -> None:
        self.texts = {text.key: text for text in StartingText.objects.all()}
        self.outcome: Counter[str] = Counter()

    def knows(self, key: str) -> bool:
        return key in self.texts

    def page_id(self, key: str) -> int | None:
        """The page loaded under this key; None if there is none or an editor deleted it."""
        return self.texts[key].page_id if key in self.texts else None

    def should_write(self, key: str, *, file: dict[str, Any], stored: dict[str, Any] | None) -> bool:
        """Whether the file says something new and nobody has changed or deleted what was ``stored`` from it."""
        text = self.texts.get(key)
        if text is None:
            verdict = "created" if stored is None else "kept"
        elif text.file_hash == fingerprint(file):
            verdict = "unchanged"
        elif stored is None or text.stored_hash != fingerprint(stored):
            verdict = "kept"
        else:
            verdict = "updated" if text.file_hash else "created"
        self.outcome[verdict] += 1
        return verdict in ("created", "updated")

    def remember(
        self, key: str, *, file: dict[str, Any] | None, stored: dict[str, Any], page_id: int | None = None
    ) -> None:
        """Keep what was written. ``file`` is None for a page that has its place but not yet its text."""
        self.texts[key], _created = StartingText.objects.update_or_create(
            key=key,
            defaults={
                "file_hash": fingerprint(file) if file is not None else "",
                "stored_hash": fingerprint(stored),
                "page_id": page_id,
            },
        )
