"""The public process takes a POST only where a view was made for it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from .forms import SAFE_METHODS


class PostsOnlyToPublicForms:
    """Answers 405 to an unsafe method on any view that is not wrapped in ``public_form``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple, kwargs: dict) -> HttpResponse | None:
        if request.method in SAFE_METHODS or getattr(view, "is_public_form", False):
            return None
        return HttpResponseNotAllowed(SAFE_METHODS)
