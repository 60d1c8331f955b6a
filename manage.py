#!/usr/bin/env python
"""Run a management command; development settings unless DJANGO_SETTINGS_MODULE says otherwise."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    if sys.argv[1:2] == [
        "migrate"
    ]:  # it makes and keeps millions of small objects: looking through them takes an eighth
        gc.set_threshold(200_000, 50, 50)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "outreach.settings.development")
    execute_from_command_line(sys.argv)
