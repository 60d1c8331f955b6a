"""What is said of a browser: enough to know one's own again, too little to follow anybody by it."""

import time

from django.contrib.auth import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from .sessions import BEGAN, BROWSER, SYSTEM

# The first whose word stands in the header: most claim to be several others as well.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "CrOS": "ChromeOS",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


@receiver(user_logged_in)
def note_device(request: HttpRequest, **signal: object) -> None:
    """Let the session know since when, and in what, its owner is signed in."""
    header = request.headers.get("User-Agent", "")
    request.session[BEGAN] = int(time.time())
    request.session[BROWSER] = _first(BROWSERS, header)
    request.session[SYSTEM] = _first(SYSTEMS, header)


def _first(words: dict[str, str], header: str) -> str:
    return next((name for word, name in words.items() if word in header), "")
