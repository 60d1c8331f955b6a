"""Both faces in one process: the internal paths first, then everything public. And the files that editors upload."""

from django.conf import settings
from django.conf.urls.static import static

from . import internal, public

files = static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)  # none without DEBUG
urlpatterns = [*files, *internal.urlpatterns, *public.urlpatterns]
