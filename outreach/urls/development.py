"""Both faces in one process: the internal paths first, then everything public."""

from . import internal, public

urlpatterns = [*internal.urlpatterns, *public.urlpatterns]
