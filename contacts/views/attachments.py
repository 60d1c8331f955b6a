"""Files of a dialogue: downloaded by those who may, removed by those who may correct the dialogue."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.models import Attachment
from contacts.services.attaching import remove
from contacts.views.access import known, officers_only
from content.views.documents import handed_out
from outreach.audit.trail import reading


@officers_only
@require_safe
def attachment(request: HttpRequest, pk) -> HttpResponseBase:
    """The file, to download."""
    wanted = known(Attachment.objects.visible_to(request.user), pk)
    response = handed_out(wanted.file, name=wanted.name)
    reading(request, "export", wanted)
    return response


@officers_only
def remove_attachment(request: HttpRequest, pk) -> HttpResponse:
    """Asked first: a file that is removed does not come back."""
    rows = Attachment.objects.visible_to(request.user).removable_by(request.user).select_related("dialogue")
    wanted = known(rows, pk)
    dialogue = wanted.dialogue
    if request.method == "POST":
        remove(wanted, actor=request.user)
        messages.success(request, _("The file is removed."))
        return redirect("workspace:dialogue", dialogue.pk)
    reading(request, "view", wanted)
    context = {"attachment": wanted, "dialogue": dialogue, "nav_current": "workspace:dialogues"}
    return render(request, "contacts/remove_attachment.html", context)
