"""A form while the forms are flooded: the address is asked for here, and the rest behind a link in the mail."""

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from content.context import translations_to
from events.forms.by_mail import BY_MAIL, ByMailForm
from events.models import Event, FormLink
from events.services import form_links
from outreach.languages import written_in
from outreach.links import public_href
from outreach.privacy import limits
from outreach.privacy.forms import TOKEN

Form = FormLink.Form
TOO_MANY = _("Many links have been asked for within an hour. Try again later.")
PER_LINK = 10  # an hour
FORMS = {Form.REGISTER: "events", Form.DIALOGUE: "dialogue"}


def asks(request: HttpRequest) -> bool:
    """Whether what was sent is the address alone. It is taken too when the flood has ended meanwhile."""
    return BY_MAIL in request.POST


def ask(request: HttpRequest, form: str, *, event: Event | None, whole: forms.BaseForm, now: datetime) -> HttpResponse:
    """Take the address; what follows is the same for all of them. Who had begun the whole form keeps the text."""
    if not asks(request):
        wish = ByMailForm(initial={"email": request.POST.get("email", "")})
        return shown(request, form, wish, event=event, written=written(whole), status=409)
    wish = ByMailForm(request.POST)
    if not wish.is_valid():
        return shown(request, form, wish, event=event, status=422)
    email = wish.cleaned_data["email"]
    if not limits.allow(*limits.mailed(request, email), now=now):
        wish.add_error(None, TOO_MANY)
        return shown(request, form, wish, event=event, status=429)
    form_links.ask(email, form, event=event, language=written_in(), now=now)
    return HttpResponseRedirect(public_href("events:form_sent"))


def blank(request: HttpRequest, form: str, *, event: Event | None, token: str) -> HttpResponse:
    """Nobody has written in it yet."""
    return shown(request, form, ByMailForm(initial={TOKEN: token}), event=event)


def shown(
    request: HttpRequest, form: str, wish: ByMailForm, *, event: Event | None, written=(), status: int = 200
) -> HttpResponse:
    context = {"form": wish, "event": event, "written": written, "nav_current": FORMS[Form(form)]}
    if form == Form.DIALOGUE:
        context["translations"] = translations_to(request, "dialogue:ask")
    return render(request, f"events/by_mail_{form}.html", context, status=status)


def written(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What somebody has typed into the form that is closed now, to be copied from the page."""
    fields = [*form.visible_fields(), *getattr(form, "shown_besides", ())]
    texts = [field for field in fields if isinstance(field.field, (forms.CharField, forms.IntegerField))]
    return [(field.label, str(field.value())) for field in texts if field.value() and field.html_name != "email"]


def uses(h: str) -> tuple[limits.Use, ...]:
    """What sending a form uses besides: one of all the forms, or one of those behind a link in a mail."""
    return (limits.Use("form by", h, PER_LINK) if h else limits.in_all(),)


@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """The same for everyone: the truth goes to the mailbox."""
    context = {"nav_current": "events", "translations": translations_to(request, "events:form_sent")}
    return render(request, "events/form_sent.html", context)
