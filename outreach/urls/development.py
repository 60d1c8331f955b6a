"""Both faces in one process: the internal paths first, then everything public."""

from . import internal, public

urlpatterns = [*internal.urlpatterns, *public.urlpatterns]
handler400 = "outreach.design.errors.bad_request"
handler500 = "outreach.design.errors.server_error"
