"""Contact channels and their opening hours from content/starting/channels.yaml."""

from datetime import date, time
from typing import Any

from content.models import ClosedDays, ContactChannel, OpeningHours

from .starting_files import LANGUAGES, StartingTextError
from .starting_memory import Memory

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
IN_EACH_LANGUAGE = ("name", "question", "description", "what_happens")
NAMES = [f"{field}_{lang}" for field in (*IN_EACH_LANGUAGE, "languages") for lang in LANGUAGES]
PLAIN = ("kind", "order", "number", "number_abroad", "url", "mailbox", "postal_address")
YES_OR_NO = ("always_open", "closed_on_holidays", "anonymous", "confidential")


def load_channels(texts: dict[str, Any], memory: Memory) -> None:
    """Make or refresh each channel; one that an editor changed or deleted is left alone."""
    present = {channel.key: _present(channel) for channel in ContactChannel.objects.with_hours()}
    for order, (key, text) in enumerate(texts.items(), start=1):
        values = _values(key, text, default_order=order * 10)
        if memory.should_write(f"channel/{key}", file=values, stored=present.get(key)):
            _write(key, values)
            memory.remember(f"channel/{key}", file=values, stored=values)


def _values(key: str, text: dict[str, Any], default_order: int) -> dict[str, Any]:
    """The fields of a channel and its hours, as its entry in the file says."""
    try:
        values = {f"{field}_{lang}": text[field][lang] for field in IN_EACH_LANGUAGE for lang in LANGUAGES}
        dial = text.get("tel") or ""
        spoken = text.get("languages") or {}
        return {
            **values,
            **{f"languages_{lang}": spoken.get(lang, "") for lang in LANGUAGES},
            "kind": ContactChannel.Kind(text["kind"]).value,
            "order": text.get("order", default_order),
            "number": text.get("number") or "",
            "number_abroad": _grouped(dial) if dial.startswith("+") else "",
            "url": text.get("url") or "",
            "mailbox": text.get("mailbox") or "",
            "postal_address": text.get("postal_address") or "",
            **{name: bool(text.get(name)) for name in YES_OR_NO},
            "checked_on": text["checked_on"].isoformat(),
            "hours": sorted([WEEKDAYS.index(day), *clocks] for day, clocks in (text.get("hours") or {}).items()),
            "closed": sorted([first.isoformat(), last.isoformat()] for first, last in text.get("closed") or []),
        }
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise StartingTextError(f"channels.yaml: {key}: {error!r} is missing or wrong.") from error


def _present(channel: ContactChannel) -> dict[str, Any]:
    """The same values as the database has them now."""
    values = {name: getattr(channel, name) for name in [*NAMES, *PLAIN, *YES_OR_NO]}
    hours = sorted([rule.weekday, f"{rule.opens:%H:%M}", f"{rule.closes:%H:%M}"] for rule in channel.hours)
    closed = sorted([days.first.isoformat(), days.last.isoformat()] for days in channel.closed)
    return {**values, "checked_on": channel.checked_on.isoformat(), "hours": hours, "closed": closed}


def _write(key: str, values: dict[str, Any]) -> None:
    fields = {name: value for name, value in values.items() if name not in ("hours", "closed")}
    fields["checked_on"] = date.fromisoformat(values["checked_on"])
    fields["review_by"] = None  # counted anew from the check
    channel, _created = ContactChannel.objects.update_or_create(key=key, defaults=fields)
    OpeningHours.objects.filter(channel=channel).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(channel=channel, weekday=day, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))
        for day, opens, closes in values["hours"]
    )
    ClosedDays.objects.filter(channel=channel).delete()
    ClosedDays.objects.bulk_create(
        ClosedDays(channel=channel, first_day=date.fromisoformat(first), last_day=date.fromisoformat(last))
        for first, last in values["closed"]
    )


def _grouped(dial: str) -> str:
    """ "+4541749090" as people read it: "+45 41 74 90 90"."""
    country, digits = dial[:3], dial[3:]
    return " ".join([country, *(digits[start : start + 2] for start in range(0, len(digits), 2))])
