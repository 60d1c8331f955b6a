"""Which address passkeys belong to: from the settings alone, never from what a visitor says."""

from urllib.parse import urlsplit

from django.conf import settings


def origin() -> str:
    """Where passkeys are made and shown: the address of the internal face.

    A passkey belongs to a name. This machine's is localhost.
    """
    parts = urlsplit(settings.INTERNAL_BASE_URL)
    if parts.hostname == "127.0.0.1":
        return parts._replace(netloc=parts.netloc.replace("127.0.0.1", "localhost")).geturl()
    return settings.INTERNAL_BASE_URL


def relying_party() -> dict[str, str]:
    return {"id": str(urlsplit(origin()).hostname), "name": settings.WAGTAIL_SITE_NAME}
