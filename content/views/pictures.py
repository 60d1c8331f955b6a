"""The pictures on pages, in the sizes that were made of them. Their names cannot be guessed and never come twice."""

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from content.views.documents import CAGE


@require_safe
def picture(request: HttpRequest, file_name: str) -> FileResponse:
    """One file of the folder of sizes; the uploaded originals are not served."""
    try:
        file = default_storage.open(f"images/{file_name}")
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise Http404 from error
    return FileResponse(
        file,
        headers={"Content-Security-Policy": CAGE, "Cache-Control": "public, max-age=31536000, immutable"},
    )
