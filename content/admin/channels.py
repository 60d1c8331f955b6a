"""The screens of contact channels: what is typed there becomes a proposal, whichever screen it comes from."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import Panel
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import CreateView, EditView

from content.models import ChannelProposal, ContactChannel
from content.services.approval import WAITS_ALREADY, Refused, propose
from content.services.channel_uses import uses_of


class ChannelForm(WagtailAdminModelForm):
    """Saves what one colleague may change alone, and proposes the rest."""

    proposal: ChannelProposal | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].disabled = self.instance.pk is not None  # pages and the frame know the channel by it

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.instance.proposals.waiting().exists():
            self.add_error(None, WAITS_ALREADY)
        return cleaned

    def save(self, commit: bool = True) -> ContactChannel:
        channel = super().save(commit=False)
        if commit:
            self.proposal = propose(channel, self.for_user, now=timezone.now())
        return channel


class Proposing:
    """A screen that says what becomes of what was typed."""

    def save_instance(self) -> ContactChannel:
        channel = self.form.save()
        if self.form.proposal is None:
            log(instance=channel, action="wagtail.edit", content_changed=self.form.has_changed())
        return channel

    def form_valid(self, form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
            return self.form_invalid(form)

    def get_success_message(self, *args) -> str:
        if self.form.proposal:
            return _("Your change waits. Readers see it when a colleague has approved it.")
        return super().get_success_message(*args)

    def get_success_buttons(self) -> list:
        return [] if self.form.proposal else super().get_success_buttons()

    def get_success_url(self) -> str:
        if self.form.proposal:
            return reverse("content_approvals:proposal", args=[self.form.proposal.pk])
        return super().get_success_url()


class ChannelAddView(Proposing, CreateView):
    pass


class ChannelEditView(Proposing, EditView):
    pass


class ApprovalPanel(Panel):
    """Before the fields: who has to look at a change, what waits already, and where readers meet the channel."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/admin/approval_panel.html"

        def get_context_data(self, parent_context=None):
            channel = self.instance
            there = channel.pk is not None
            waiting = channel.proposals.waiting().with_names().first() if there else None
            uses = uses_of(channel, timezone.localdate()) if there else None
            return {**super().get_context_data(parent_context), "proposal": waiting, "uses": uses}
