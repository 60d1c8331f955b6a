"""The scripts behind ``make``. They need nothing but Python's standard library until ``.venv`` is there."""

import importlib.util
import sys

# Written for any Python 3, so that an old one gets a sentence and not a traceback.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Python 3.11 or newer is needed; this is %d.%d." % sys.version_info[:2])  # noqa: UP031
if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
    sys.exit("Python's venv module is missing. On Debian and Ubuntu: sudo apt-get install python3-venv")
