"""The public face as in production, with two more addresses: a bare view, and a plain Wagtail site."""

from outreach.settings.public import *  # noqa: F403
from outreach.settings.public import SHARED_APPS

INSTALLED_APPS = [*SHARED_APPS, "tools.bench"]
ROOT_URLCONF = "tools.bench.urls"
