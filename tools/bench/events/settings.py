"""The public face as in production, with one more address: a bare view that inserts one row.

On SQLite, where production does not run, with the same apps and middleware but without the wall of roles.
"""

import os

if os.environ["DATABASE_URL"].startswith("sqlite"):
    from outreach.settings.base import *  # noqa: F403
    from outreach.settings.base import PUBLIC_MIDDLEWARE, SHARED_APPS

    FACE = "public"
    SECRET_KEY = os.environ["SECRET_KEY"]
    INSTALLED_APPS, MIDDLEWARE = SHARED_APPS, PUBLIC_MIDDLEWARE
else:
    from outreach.settings.public import *  # noqa: F403

ROOT_URLCONF = "tools.bench.events.urls"
BEHIND_PROXY = True  # every visitor comes from a place of their own
