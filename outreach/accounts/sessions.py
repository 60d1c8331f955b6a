"""Where sessions are kept (``SESSION_ENGINE``): by owner, under a hash of their key, and for ten hours at most."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import url_str_to_user_pk
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

# In the data of a session: when its owner signed in (seconds of the epoch), and with what.
BEGAN, BROWSER, SYSTEM = "began", "browser", "system"


def digest(session_key: str) -> str:
    """What the table knows of a key. A key is long and random: a plain hash leads back to none."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """Django's own, over our table. Nobody signed in stays so for longer than ``SESSION_LONGEST``, however busy."""

    @classmethod
    def get_model_class(cls):
        from .models import Session  # the application registry is not ready when middleware imports this module

        return Session

    def encode(self, session_dict):
        from . import seeds  # nor is it ready for the models of allauth

        return super().encode(seeds.in_session(session_dict))

    def decode(self, session_data):
        from . import seeds

        return seeds.from_session(super().decode(session_data))

    def _get_session_from_db(self):
        key = self.session_key
        row = self.model.objects.filter(session_key=digest(key), expire_date__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key):
        return super().exists(digest(session_key))

    def delete(self, session_key=None):
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=digest(key)).delete()

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = digest(row.session_key)
        row.user_id, row.signed_in = _owner(data)
        row.began_at = _began(data)
        row.used_at = timezone.now()
        row.browser, row.system = data.get(BROWSER, ""), data.get(SYSTEM, "")
        return row

    def get_expiry_date(self, **kwargs):
        date = super().get_expiry_date(**kwargs)
        began = _began(self._session)
        return date if began is None else min(date, began + timedelta(seconds=settings.SESSION_LONGEST))


def _owner(data: dict[str, Any]) -> tuple[UUID | None, bool]:
    """Whose session it is, and whether they have signed in or are about to."""
    if signed_in := data.get(SESSION_KEY):
        return UUID(signed_in), True
    about_to = (data.get(LOGIN_SESSION_KEY) or {}).get("user_pk")
    return (url_str_to_user_pk(about_to) if about_to else None), False


def _began(data: dict[str, Any]) -> datetime | None:
    return datetime.fromtimestamp(data[BEGAN], UTC) if BEGAN in data else None
