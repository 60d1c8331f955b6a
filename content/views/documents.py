"""The files that editors publish."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve

CAGE = "default-src 'none'; sandbox"


@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponse:
    """One file, to download. A browser that shows it all the same runs nothing in it (security.md, 16)."""
    response = serve(request, document_id, document_filename)
    response["Content-Security-Policy"] = CAGE
    return response
