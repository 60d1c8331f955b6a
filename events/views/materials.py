"""The files of an event, for a visitor and for one who has a seat."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.views.documents import handed_out
from events import door
from events.door import materials
from events.models import Event, Material

from .links import Purpose, personal


@require_safe
@never_cache
def material(request: HttpRequest, slug: str, material: UUID) -> HttpResponseBase:
    """A file anyone may have who reads the page of the event."""
    event = get_object_or_404(Event.objects.with_public_page(), slug=slug)
    wanted = get_object_or_404(Material.objects.for_everyone(timezone.now()), event=event, pk=material)
    return handed_out(wanted.file, name=wanted.name)


@require_safe
@personal(Purpose.MANAGE)
def my_material(
    request: HttpRequest, h: str, seen: door.View, context: dict, *, material: UUID
) -> HttpResponse | HttpResponseBase:
    """A file of the event one has a seat at."""
    wanted = next((one for one in materials.behind(h) if one.pk == material), None)
    if wanted is None:
        raise Http404
    return handed_out(wanted.file, name=wanted.name)
