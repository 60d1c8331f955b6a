"""The worker as in production; on SQLite, where production does not run, that of both faces in one process."""

import os

if os.environ["DATABASE_URL"].startswith("sqlite"):
    from outreach.settings.base import env
    from outreach.settings.testing import *  # noqa: F403

    vars().update(env.email("EMAIL_URL"))
else:
    from outreach.settings.worker import *  # noqa: F403
