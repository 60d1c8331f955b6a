"""Files of a dialogue: downloaded by those who may, removed by those who may correct the dialogue."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.models import Attachment
from contacts.services.attaching import remove
from contacts.views.access import known, officers_only
from content.views.documents import CAGE
from outreach.audit.trail import reading


@officers_only
@require_safe
def attachment(request: HttpRequest, pk) -> HttpResponseBase:
    """The file, to download. A browser that shows it all the same runs nothing in it (security.md, 16)."""
    wanted = known(Attachment.objects.visible_to(request.user), pk)
    try:
        opened = wanted.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    reading(request, "export", wanted)
    response = FileResponse(opened, as_attachment=True, filename=wanted.name)
    response["Content-Security-Policy"] = CAGE
    response["X-Content-Type-Options"] = "nosniff"
    return response


@officers_only
def remove_attachment(request: HttpRequest, pk) -> HttpResponse:
    """Asked first: a file that is removed does not come back."""
    rows = Attachment.objects.visible_to(request.user).exclude(dialogue=None).select_related("dialogue")
    wanted = known(rows, pk)
    dialogue = wanted.dialogue
    if not dialogue.can_be_changed_by(request.user):
        raise Http404
    if request.method == "POST":
        remove(wanted, actor=request.user)
        messages.success(request, _("The file is removed."))
        return redirect("workspace:dialogue", dialogue.pk)
    reading(request, "view", wanted)
    context = {"attachment": wanted, "dialogue": dialogue, "nav_current": "workspace:dialogues"}
    return render(request, "contacts/remove_attachment.html", context)
