"""The words dialogues and relationships are sorted by: kept by those who answer for the register."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from contacts.forms.vocabulary import InitiativeForm, RelationshipKindForm, TopicForm
from contacts.menu import KEEPERS
from contacts.models import Initiative, RelationshipKind, Topic
from contacts.services.kinds import tree
from contacts.services.wording import keep_word
from contacts.views.access import form_status, known, meanwhile, posted
from outreach.accounts.access import for_roles
from outreach.privacy.workspace import note_passing

keepers_only = for_roles(KEEPERS)


@keepers_only
def vocabulary(request: HttpRequest) -> HttpResponse:
    context = {
        "topics": Topic.objects.order_by("-on_offer", "name_da"),
        "initiatives": Initiative.objects.order_by("priority", "number"),
        "relationship_kinds": RelationshipKind.objects.prefetch_related("branches").order_by("ends", "label_da"),
        "kinds": tree(in_use=False),
        "nav_current": "workspace:vocabulary",
    }
    return render(request, "contacts/vocabulary.html", context)


@keepers_only
def new_topic(request: HttpRequest) -> HttpResponse:
    return _form(request, TopicForm, Topic(), _("New topic"))


@keepers_only
def topic(request: HttpRequest, pk) -> HttpResponse:
    return _form(request, TopicForm, known(Topic.objects.all(), pk), _("Topic"))


@keepers_only
def new_initiative(request: HttpRequest) -> HttpResponse:
    return _form(request, InitiativeForm, Initiative(), _("New initiative"))


@keepers_only
def initiative(request: HttpRequest, pk) -> HttpResponse:
    return _form(request, InitiativeForm, known(Initiative.objects.all(), pk), _("Initiative"))


@keepers_only
def new_relationship_kind(request: HttpRequest) -> HttpResponse:
    return _form(request, RelationshipKindForm, RelationshipKind(), _("New kind of relationship"))


@keepers_only
def relationship_kind(request: HttpRequest, pk) -> HttpResponse:
    kind = known(RelationshipKind.objects.all(), pk)
    return _form(request, RelationshipKindForm, kind, _("Kind of relationship"))


def _form(request, make, word, heading):
    form = make(posted(request), instance=word)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        return redirect("workspace:vocabulary")
    context = {"form": form, "heading": heading, "nav_current": "workspace:vocabulary"}
    return render(request, "contacts/vocabulary_form.html", context, status=form_status(form))


def _saved(request, form):
    with meanwhile(form):
        branches = form.cleaned_data.get("branches", ())
        word = keep_word(form.save(commit=False), actor=request.user, branches=branches)
        note_passing(request, form, word)
        messages.success(request, _("“%(word)s” is saved.") % {"word": word})
        return True
    return False
