"""Where a colleague lands after signing in, and the page about one's own account."""

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from . import choices
from .access import desk_required
from .codes import keep_hashes, use_up
from .ending import end_session, end_sessions_of
from .forms import LanguageForm
from .models import Role, Session
from .second_factor import owns_second_factor
from .sessions import digest

FRONT_PAGES = {
    Role.ADMINISTRATOR: "wagtailadmin_home",
    Role.EDITOR: "wagtailadmin_home",
    Role.OFFICER: "workspace:today",
    Role.TEAM_LEAD: "workspace:today",
    Role.DATA_PROTECTION_OFFICER: "registers:list",
    Role.EVENT_HOST: "events_workspace:list",
    Role.CHECK_IN_HELPER: "events_workspace:doors",
}


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Each role's own front page."""
    return redirect(FRONT_PAGES.get(request.user.role, "mfa_index"))


class AccountView(IndexView):
    """Password, second factor, recovery codes, language and further choices of the one who asks."""

    def get_context_data(self, **kwargs):
        user = self.request.user
        own = {"language_form": LanguageForm(instance=user), "choices": choices.offered(user)}
        return super().get_context_data(**own, **kwargs)


class AddPhoneView(ActivateTOTPView):
    """Whoever has just typed the first code of the new app has shown it: do not ask for the next one at once, nor take
    the same one again."""

    def get_context_data(self, **kwargs):
        owned = owns_second_factor(self.request.user)
        return super().get_context_data(**kwargs) | {"second_factor_owned": owned}

    def form_valid(self, form):
        response = super().form_valid(form)
        phone = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        use_up(phone)
        record_authentication(self.request, self.request.user, "mfa", id=phone.pk, type=phone.type)
        return response


class RecoveryCodesView(ViewRecoveryCodesView):
    """What is shown this once is kept as hashes from now on."""

    def get_context_data(self, **kwargs):
        told = super().get_context_data(**kwargs)
        keep_hashes(self.request.user)
        return told


@login_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(request.POST, instance=request.user)
    if form.is_valid():
        form.save()
        with translation.override(request.user.language):
            messages.success(request, _("The language has been changed."))
    return redirect("mfa_index")


@desk_required
@require_GET
def token(request: HttpRequest) -> HttpResponse:
    """For a page that was open while its sign-in ran out: who is signed in now, and a token that works again."""
    return JsonResponse({"token": get_token(request), "writer": str(request.user.pk)})


@desk_required
@require_GET
def signed_in(request: HttpRequest) -> HttpResponse:
    """Where signing in leads when text waits in another tab."""
    return render(request, "account/signed_in.html")


@login_required
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in: every browser, the one used last first."""
    rows = Session.objects.of(request.user).live(timezone.now())
    return render(request, "account/sessions.html", {"rows": rows, "own": digest(request.session.session_key)})


@login_required
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Sign out in one other browser, or in all others. A session of somebody else's is not there."""
    user, request_id = request.user, getattr(request, "request_id", "")
    if "others" in request.POST:
        end_sessions_of(
            user, actor=user, reason="all others", besides=request.session.session_key, request_id=request_id
        )
        messages.success(request, _("You are signed out everywhere else."))
    else:
        row = get_object_or_404(Session.objects.of(user), pk=request.POST.get("session", ""))
        end_session(row, actor=user, request_id=request_id)
        messages.success(request, _("You are signed out there."))
    return redirect("account_sessions")


def password_by_link(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """Choosing a password by the link in a mail. In the browser of another colleague that one is signed out first:
    the database lets nobody who is signed in change the password of somebody else (outreach/wall/accounts.py)."""
    if request.user.is_authenticated and request.user.pk.hex != uidb36:
        logout(request)
        return redirect(request.get_full_path())
    return account.password_reset_from_key(request, uidb36=uidb36, key=key)


def closed(request: HttpRequest, **kwargs) -> HttpResponse:
    """A page of another application that this project does not offer."""
    raise Http404
