"""The pages where a passkey, or a code, is shown: to sign in, to show it once more, and to add the first."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _

from outreach.privacy.limits import Use, allow, source

from .forms import CodeAgainForm, PasskeyAgainForm
from .models import User
from .passkeys import owns_passkey, question, question_for_new
from .second_factor import owns_codes, owns_second_factor

QUESTIONS = 1000  # from one place in an hour, with their answers: a large house signs in


def ways_of(user: User) -> dict:
    """What the page offers: a question to passkeys where there is one, and whether a code could be written."""
    return {"question": question(user) if owns_passkey(user) else None, "codes": owns_codes(user)}


class ShowView(AuthenticateView):
    """After the password: a code, or a passkey."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | ways_of(self.stage.login.user)


class ShowAgainView(ReauthenticateView):
    """In the midst of work: a code, or a passkey."""

    def get_form_class(self):
        return PasskeyAgainForm if "credential" in self.request.POST else super().get_form_class()

    def get_context_data(self, **kwargs):
        told = super().get_context_data(**kwargs)
        if isinstance(told["form"], PasskeyAgainForm):
            told |= {"passkey_form": told["form"], "form": CodeAgainForm(user=self.request.user)}
        return told | ways_of(self.request.user)


class PasskeyAloneView(LoginWebAuthnView):
    """Signing in without a password. The question goes to any passkey: nobody says beforehand who they are.

    There is nothing to guess, but each question is a session, and each answer that fails an entry of the trail.
    """

    def dispatch(self, request, *args, **kwargs):
        if not allow(Use("passkey", source(request), QUESTIONS), now=timezone.now()):
            messages.error(request, _("Too many tries came from here. Use your password, or try again in an hour."))
            return redirect("account_login")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return HttpResponse(question(None), content_type="application/json")

    def form_valid(self, form):
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        return perform_passwordless_login(self.request, authenticator, login)


class AddPasskeyView(AddWebAuthnView):
    """Whoever has just made a passkey has shown it: do not ask for it at once."""

    def get_context_data(self, **kwargs):
        told = super().get_context_data(**kwargs)
        user = self.request.user
        return told | {"question": question_for_new(user), "second_factor_owned": owns_second_factor(user)}

    def form_valid(self, form):
        response = super().form_valid(form)
        made = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN).latest("pk")
        record_authentication(self.request, self.request.user, "mfa", id=made.pk, type=made.type)
        return response


class RemovePasskeyView(RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def dispatch(self, request, *args, **kwargs):
        """One of somebody else's is not there, and that is said before anything is asked for."""
        if request.user.is_authenticated:
            get_object_or_404(self.get_queryset(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        others = Authenticator.objects.filter(user=self.request.user).exclude(pk=self.object.pk)
        last = not others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return super().get_context_data(**kwargs) | {"last": last}
