"""The worker's settings, for the owner of the database who also makes the table of the plain Wagtail site."""

from outreach.settings.worker import *  # noqa: F403
from outreach.settings.worker import INSTALLED_APPS as ALL_APPS

INSTALLED_APPS = [*ALL_APPS, "tools.bench"]
