"""What somebody sent after the sign-in had run out, or from a page whose token is no longer good: nothing is lost.

The answer is a page that holds what was sent, to be sent once more after signing in in another tab. Nothing of it is
stored. Only what a page of ours sent is shown again, so that no other site puts words into anybody's form.
"""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views import csrf

KEPT_PATHS = "/workspace/"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105
PROOF = "proof"  # fields with this prefix hold a code or a password, which no page repeats (proof.py)
REFUSED = 403


def sign_in_first(request: HttpRequest, login_url: str | None = None) -> HttpResponseBase:
    """To the page that signs in; with text in hand, stay and show it."""
    if _is_text_of_ours(request):
        return _page(request, signed_in=False)
    return redirect_to_login(request.get_full_path(), login_url)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """The token is that of an earlier session, or none: show the text with a new one."""
    if _is_text_of_ours(request):
        return _page(request, signed_in=True)
    return csrf.csrf_failure(request, reason)


def _is_text_of_ours(request: HttpRequest) -> bool:
    return bool(
        request.method == "POST"
        and request.path_info.startswith(KEPT_PATHS)
        and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        and _from_our_own_page(request)
        and any(value.strip() for _name, value in fields_of(request))
    )


def _from_our_own_page(request: HttpRequest) -> bool:
    """As the browser says it. One that says nothing is not believed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, without the token and without what proved who sent it."""
    told = [(name, values) for name, values in request.POST.lists() if name != TOKEN and not is_proof(name)]
    return [(name, value) for name, values in told for value in values]


def is_proof(name: str) -> bool:
    return name.startswith(f"{PROOF}-")


def _page(request: HttpRequest, *, signed_in: bool) -> HttpResponse:
    fields = fields_of(request)
    context = {
        "fields": fields,
        "words": [value for _name, value in fields if len(value.split()) > 1],
        "files": bool(request.FILES),
        "address": request.get_full_path(),
        "signed_in": signed_in,
    }
    return render(request, "account/sent_again.html", context, status=REFUSED)
