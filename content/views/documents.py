"""The files that editors publish, and how any file is handed out."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve

CAGE = "default-src 'none'; sandbox"


@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponse:
    """One file, to download. A browser that shows it all the same runs nothing in it (security.md, 16)."""
    response = serve(request, document_id, document_filename)
    response["Content-Security-Policy"] = CAGE
    return response


def handed_out(file: FieldFile, *, name: str) -> FileResponse:
    """A file to download, never to show. Raises Http404 when it is gone.

    A browser that shows it all the same runs nothing in it (security.md, 16).
    """
    try:
        opened = file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(opened, as_attachment=True, filename=name)
    response["Content-Security-Policy"] = CAGE
    response["X-Content-Type-Options"] = "nosniff"
    return response
