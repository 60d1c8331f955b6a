"""The form behind a link in a mail: the one that would stand on the site, for the address the link was sent to."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from events.door import form as door
from events.models import FormLink
from events.services.tokens import digest
from events.views import dialogue, registering
from events.views.links import unusable
from outreach.privacy.forms import public_form


@never_cache
@public_form
def form(request: HttpRequest, token: str) -> HttpResponse:
    """A GET only shows; the same link opens its form again for a day."""
    h, now = digest(token), timezone.now()
    behind = door.behind(h)
    if behind is None:
        return unusable(request)
    if behind.form == FormLink.Form.REGISTER:
        return registering.through_mail(request, behind, h, now=now)
    return dialogue.through_mail(request, behind, h, now=now)
