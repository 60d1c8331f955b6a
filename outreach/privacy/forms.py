"""What guards a form on a site without cookies: where it was sent from, when its page was made, and a trap for robots.

Every public view that takes a POST is wrapped in ``public_form``, or in ``by_token_alone`` where mail programs say no
to mails; the public process refuses a POST to any other (middleware.py). Behind ``public_form`` a form's own signed
token decides, or the secret of a personal link. A browser that hides where it sends from (``Origin: null``) brings no
token: the form keeps the text and asks for it once more.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

SAFE_METHODS = ("GET", "HEAD")
TOKEN_AGE = 12 * 60 * 60  # seconds: a form opened in the morning can be sent in the evening
TOKEN = "form_token"  # noqa: S105
TRAP = "homepage"

View = Callable[..., HttpResponse]

UNPROVEN = _(
    "We could not see that this was sent from our own page. Your text is still here: send it again. "
    "If it happens once more, open the page in another browser."
)
EXPIRED = _("This page had been open for too long. Your text is still here: look it over and send it again.")
TRAPPED = _("A hidden field that must be empty was filled in. We have emptied it: please send the form again.")


def public_form(view: View) -> View:
    """Let a public view take POSTs from our own pages. Without a CSRF cookie: there is no session to ride on."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in (*SAFE_METHODS, "POST"):
            return HttpResponseNotAllowed((*SAFE_METHODS, "POST"))
        if request.method == "POST" and not same_origin(request):
            if request.headers.get("Origin") != "null":
                return TemplateResponse(request, "privacy/sent_from_elsewhere.html", status=403)
            request.POST = _without_tokens(request.POST)  # type: ignore[assignment]
        return view(request, *args, **kwargs)

    guarded.is_public_form = True  # type: ignore[attr-defined]
    return guarded


def by_token_alone(view: View) -> View:
    """Let a public view take POSTs from anywhere: those a mail program sends (RFC 8058 §3.1) name no page of ours.

    For a view that asks nothing but the secret in its address, and whose second POST changes nothing.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in (*SAFE_METHODS, "POST"):
            return HttpResponseNotAllowed((*SAFE_METHODS, "POST"))
        return view(request, *args, **kwargs)

    guarded.is_public_form = True  # type: ignore[attr-defined]
    return guarded


def same_origin(request: HttpRequest) -> bool:
    """Whether the browser says the form came from us. An old one that says nothing is believed: its token decides."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")  # none: the visitor, by reloading
    origin = request.headers.get("Origin")
    return origin is None or origin in _our_origins(request)


def _our_origins(request: HttpRequest) -> set[str]:
    base = urlsplit(settings.PUBLIC_BASE_URL)
    return {f"{base.scheme}://{base.netloc}", f"{request.scheme}://{request.get_host()}"}


def _without_tokens(sent: QueryDict) -> QueryDict:
    kept = sent.copy()
    for name in sent:
        if name.endswith(TOKEN):  # with the prefix of its form
            del kept[name]
    return kept


class TrapInput(forms.TextInput):
    """A field nobody sees or reaches with the keyboard; robots fill in whatever they find."""

    is_hidden = True  # for form renderers: no label, no group around it

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        attrs = {**(attrs or {}), "tabindex": "-1", "autocomplete": "off"}
        field = super().render(name, value, attrs, renderer)
        label = _("Leave this empty")
        return format_html('<span class="sr" aria-hidden="true"><label>{} {}</label></span>', label, field)


class PublicFormHelper(FormHelper):
    """Renders the token and the trap whatever the layout names, and no CSRF token."""

    disable_csrf = True
    render_hidden_fields = True


class FormTokenMixin(forms.BaseForm):
    """A signed, dated token and a trap for a public form; stands before the form among the bases.

    A form whose token is missing, forged or too old is not valid: it says so, keeps what was typed and carries a new
    token. Token and trap are not in ``cleaned_data``.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Plain fields: they are not text that somebody wrote.
        self.fields[TOKEN] = forms.Field(required=False, initial=self.new_token, widget=forms.HiddenInput)
        self.fields[TRAP] = forms.Field(required=False, widget=TrapInput)

    @classmethod
    def _signer(cls) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=f"public_form:{cls.__module__}.{cls.__qualname__}")

    @classmethod
    def new_token(cls) -> str:
        """What a page with this form carries from now on for twelve hours."""
        return cls._signer().sign("")

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        token, trap = self.cleaned_data.pop(TOKEN, None), self.cleaned_data.pop(TRAP, None)
        if not self._is_fresh(token):
            reason = (
                forms.ValidationError(EXPIRED, "expired") if token else forms.ValidationError(UNPROVEN, "unproven")
            )
            self.add_error(None, reason)
            self._put(TOKEN, self.new_token())
        if trap:
            self.add_error(None, forms.ValidationError(TRAPPED, code="trapped"))
            self._put(TRAP, "")

    def _is_fresh(self, token: Any) -> bool:
        try:
            self._signer().unsign(token or "", max_age=TOKEN_AGE)
        except signing.BadSignature:
            return False
        return True

    def _put(self, name: str, value: str) -> None:
        """Set what the form shows when it is rendered again."""
        data: Any = self.data.copy()  # a QueryDict cannot be changed
        data[self.add_prefix(name)] = value
        self.data = data
