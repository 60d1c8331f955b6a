"""Whom to call, on every public page, as it is while the page is being made."""

from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from content.models import ChannelState, ContactChannel


class HelpChannel(NamedTuple):
    """A contact channel at one moment; ``state`` is None where nobody told us the hours."""

    channel: ContactChannel
    state: ChannelState | None

    @property
    def number(self) -> str:
        return self.channel.number


def channels_at(request: HttpRequest, now: datetime) -> dict[str, HelpChannel]:
    """Every channel by its key, read once for a request: its page and its headers tell of the same moment."""
    if not hasattr(request, "help_channels"):
        channels = ContactChannel.objects.with_hours()
        request.help_channels = {channel.key: HelpChannel(channel, channel.state(now)) for channel in channels}
    return request.help_channels


def help_channels(request: HttpRequest) -> dict:
    """``help_channels.hotline.state`` in every template; no query unless the page shows it."""
    return {"help_channels": SimpleLazyObject(lambda: channels_at(request, timezone.now()))}
