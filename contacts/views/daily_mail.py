"""A colleague's own choice of the daily mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from contacts.forms.daily_mail import DailyMailForm
from contacts.models import DailyMail
from contacts.services.daily_mail import choose
from contacts.views.access import form_status, officers_only, posted


@officers_only
def daily_mail(request: HttpRequest) -> HttpResponse:
    """When it comes and what stands in it, and yes or no."""
    chosen = DailyMail.objects.visible_to(request.user).exists()
    form = DailyMailForm(posted(request), initial={"wanted": "yes" if chosen else "no"})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["wanted"]
        choose(request.user, wanted=wanted)
        messages.success(request, _("The daily mail comes from now on.") if wanted else _("No daily mail comes."))
        return redirect("mfa_index")
    return render(request, "contacts/daily_mail.html", {"form": form}, status=form_status(form))
