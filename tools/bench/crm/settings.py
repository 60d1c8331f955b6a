"""The internal face as in production, with one more page: its frame with nothing in it.

On SQLite, where production does not run, both faces in one process, the second factor required.
"""

import os

if os.environ["DATABASE_URL"].startswith("sqlite"):
    from outreach.settings.testing import *  # noqa: F403
else:
    from outreach.settings.internal import *  # noqa: F403
from outreach.settings.base import ROOT, TEMPLATES

TEMPLATES[0]["DIRS"].append(ROOT / "tools" / "bench" / "templates")
ROOT_URLCONF = "tools.bench.crm.urls"
SECOND_FACTOR_REQUIRED = True
