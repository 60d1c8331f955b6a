"""Four eyes: the list of what waits, one change with old and new side by side, and the way to remove a channel."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from content.forms.deciding import RejectForm
from content.models import ChannelProposal, ContactChannel
from content.services import approval
from content.services.channel_uses import uses_of
from outreach.audit.trail import record

from .side_by_side import lines

SHOWN_AFTERWARDS = 20  # decided ones, on the list


class Screen(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "tasks"

    def get_breadcrumbs_items(self) -> list[dict]:
        above = [{"url": reverse("content_approvals:list"), "label": _("Changes of contact channels")}]
        here = [{"url": "", "label": self.get_page_title()}]
        return [
            *super().get_breadcrumbs_items(),
            *(above if self.get_page_title() != above[0]["label"] else []),
            *here,
        ]


class ApprovalsView(Screen):
    page_title = gettext_lazy("Changes of contact channels")
    template_name = "content/admin/approvals.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        proposals = ChannelProposal.objects.with_names()
        decided = proposals.exclude(decided_at=None).order_by("-decided_at")[:SHOWN_AFTERWARDS]
        return {**super().get_context_data(**kwargs), "waiting": proposals.waiting(), "decided": decided}


class ProposalView(Screen):
    """What was proposed, as it will be applied; the buttons are those this colleague may press."""

    template_name = "content/admin/proposal.html"

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.proposal = get_object_or_404(ChannelProposal.objects.with_names(), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.proposal)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        proposal, user = self.proposal, self.request.user
        rows = lines(proposal)
        return {
            **super().get_context_data(**kwargs),
            "proposal": proposal,
            "differing": [line for line in rows if line.differs],
            "same": [line for line in rows if not line.differs],
            "may_decide": proposal.may_be_decided_by(user),
            "may_withdraw": proposal.may_be_withdrawn_by(user),
            "reject_form": kwargs.get("reject_form") or RejectForm(auto_id="%s"),
            "stale": proposal.waits and approval.stale(proposal),
            "uses": uses_of(proposal.channel, timezone.localdate()) if proposal.waits and proposal.channel else None,
        }

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        action, form = request.POST.get("action", ""), RejectForm(request.POST, auto_id="%s")
        if action == "reject" and self.proposal.may_be_decided_by(request.user) and not form.is_valid():
            return self.render_to_response(self.get_context_data(reject_form=form, **kwargs), status=422)
        try:
            reason = form.cleaned_data["reason"] if form.is_valid() else ""
            messages.success(request, self._do(action, reason=reason))
        except approval.Refused as refused:
            record("refuse", self.proposal, actor=request.user, request_id=request.request_id)
            messages.error(request, str(refused.sentence))
            return redirect(request.path)
        return redirect("content_approvals:list")

    def _do(self, action: str, *, reason: str) -> str:
        """Do what the button says, and say that it is done."""
        by, now = self.request.user, timezone.now()
        match action:
            case "approve":
                approval.approve(self.proposal, by, now=now)
                return _("Approved. Readers see it now.")
            case "reject":
                approval.reject(self.proposal, by, reason=reason, now=now)
                return _("Rejected. Nothing has changed for readers.")
            case "withdraw":
                approval.withdraw(self.proposal, by, now=now)
                return _("Withdrawn. Nothing has changed for readers.")
        raise approval.Refused(_("Choose what to do with the change."))


class RemovalView(Screen):
    """The only way to remove a channel: by asking a colleague to look."""

    page_title = gettext_lazy("Remove a contact channel")
    template_name = "content/admin/removal.html"

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.channel = get_object_or_404(ContactChannel, pk=kwargs["pk"])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        uses = uses_of(self.channel, timezone.localdate())
        return {**super().get_context_data(**kwargs), "channel": self.channel, "uses": uses}

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            proposal = approval.propose_removal(self.channel, request.user, now=timezone.now())
        except approval.Refused as refused:
            messages.error(request, str(refused.sentence))
            return redirect(request.path)
        messages.success(request, _("Your change waits. Readers see it when a colleague has approved it."))
        return redirect("content_approvals:proposal", proposal.pk)


ADDRESSES = [
    path("", ApprovalsView.as_view(), name="list"),
    path("<uuid:pk>/", ProposalView.as_view(), name="proposal"),
    path("remove/<int:pk>/", RemovalView.as_view(), name="removal"),
]


@hooks.register("register_admin_urls")
def addresses():
    return [path("approvals/", include((ADDRESSES, "content_approvals")))]


@hooks.register("register_admin_menu_item")
def menu_item():
    return MenuItem(gettext_lazy("Approvals"), reverse("content_approvals:list"), icon_name="tasks", order=252)


@hooks.register("before_delete_snippet")
def removal_is_proposed(request: HttpRequest, instances: list) -> HttpResponse | None:
    """Whichever of Wagtail's screens deletes, one row or many at once, leads to our own instead."""
    channels = [instance for instance in instances if isinstance(instance, ContactChannel)]
    if not channels:
        return None
    if len(channels) > 1:
        messages.error(request, _("Remove one channel at a time: a colleague has to look at each."))
        return redirect("wagtailsnippets_content_contactchannel:list")
    return redirect("content_approvals:removal", channels[0].pk)


class WaitingPanel(Component):
    """On the editors' front page: what waits for me, and what of mine waits for others."""

    order = 110
    template_name = "content/admin/waiting_panel.html"

    def get_context_data(self, parent_context) -> dict[str, Any]:
        user = parent_context["request"].user
        waiting = list(ChannelProposal.objects.waiting().with_names())
        return {
            "to_decide": [proposal for proposal in waiting if proposal.may_be_decided_by(user)],
            "own": [proposal for proposal in waiting if proposal.may_be_withdrawn_by(user)],
        }


@hooks.register("construct_homepage_panels")
def front_page(request: HttpRequest, panels: list) -> None:
    panels.append(WaitingPanel())
