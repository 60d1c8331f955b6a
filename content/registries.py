"""Where the apps above put something on the pages of this one. They fill these lists in ``apps.ready``."""

from collections.abc import Callable

from django.http import HttpRequest

# Each answers for a request and a language with a template and its context, or None to show nothing.
FrontPanel = Callable[[HttpRequest, str], tuple[str, dict] | None]
front_panels: list[FrontPanel] = []
# The same, in the narrower column below the lookup of local help.
front_asides: list[FrontPanel] = []
