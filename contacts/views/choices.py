"""Whom a field may mean while somebody types in it. Without script the field is a search as before."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from contacts.services import choosing
from contacts.views.access import officers_only, reading_contacts

SHORTEST, LONGEST = 2, 100  # characters


@officers_only
@require_GET
def choices(request: HttpRequest) -> JsonResponse:
    """The best people and organisations for ``?q=``, with ``?kind=`` one of the two; ``said`` is to be read aloud."""
    text, kind = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("kind", "")
    found = choosing.found(request.user, text) if len(text) >= SHORTEST else []
    offered = [who for who in found if who.value.startswith(kind)]
    reading_contacts(request, [one for who in offered for one in (*who.people, *who.organisations)], verb="search")
    said = ngettext("%(n)s suggestion", "%(n)s suggestions", len(offered)) % {"n": len(offered)}
    return JsonResponse(
        {
            "choices": [{"value": who.value, "title": who.title, "detail": who.detail} for who in offered],
            "said": said if offered else _("No suggestions"),
        }
    )
