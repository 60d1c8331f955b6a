"""How every contact screen opens: for officers and team leads, and only on rows the reader may know of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme

from contacts.models import Contact
from contacts.models.versioned import Versioned
from contacts.models.visibility import READERS
from contacts.services.meanwhile import ChangedMeanwhile
from outreach.accounts.access import View, for_roles
from outreach.accounts.proof import is_fresh, proof_first
from outreach.audit.trail import reading_list
from outreach.meanwhile import A_MOMENT_AGO, VersionField

Row = TypeVar("Row", bound=Model)
Changing = TypeVar("Changing", bound=Versioned)
Opened = TypeVar("Opened", bound=Contact)

OPENED_WITHIN = timedelta(minutes=15)  # of its latest proof, a session opens restricted contacts without another


class ProofFirst(Exception):
    """A restricted contact is to be opened by a session that has not shown lately who it is."""


def officers_only(view: View) -> View:
    """For officers and team leads. Where the view is ``opening`` a restricted contact, a proof is asked for first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ProofFirst:
            return proof_first(request, within=OPENED_WITHIN) or view(request, *args, **kwargs)

    return for_roles(READERS)(guarded)


def opening(contact: Opened) -> Opened:
    """A contact the reader may know of, for a page about it; call it before anything is shown, noted or changed."""
    if contact.restricted and not is_fresh(within=OPENED_WITHIN):
        raise ProofFirst
    return contact


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, be it nothing; None where the form is only shown."""
    return request.POST if request.method == "POST" else None


def form_status(*forms: BaseForm) -> int:
    """The page of a form that could not be taken says so to machines too."""
    return 422 if any(form.errors for form in forms) else 200


def known(rows: QuerySet[Row], pk: UUID | int | str | None) -> Row:
    """The row among those the reader may know of; not theirs, not there and no key at all are the same 404."""
    try:
        return get_object_or_404(rows, pk=pk)
    except ValidationError as no_key:
        raise Http404 from no_key


def as_shown(request: HttpRequest, row: Changing) -> Changing:
    """``row`` as of the version that the page with the button showed, so that a service refuses what was changed
    since; without a word of it as it is."""
    shown = VersionField(required=False).clean(request.POST.get("version"))
    row.version = row.version if shown is None else shown
    return row


@contextmanager
def meanwhile(form: BaseForm) -> Iterator[None]:
    """Say at ``form`` that a colleague saved the row a moment before; the service inside has changed nothing."""
    try:
        yield
    except ChangedMeanwhile:
        form.add_error(None, A_MOMENT_AGO)


def reading_contacts(request: HttpRequest, contacts: Iterable[Contact], *, verb: str = "list") -> None:
    """Note which people and which organisations a page named: an entry for each kind, nobody twice."""
    ids = defaultdict(list)
    for contact in dict.fromkeys(contacts):
        ids[contact._meta.label].append(contact.pk)
    for label, shown in ids.items():
        reading_list(request, label, shown, verb=verb)


def back(request: HttpRequest, otherwise: Callable[[], str]) -> str:
    """Where the page that posted wants to return to: a path of ours, never another host."""
    target = request.POST.get("next", "")
    ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if ours else otherwise()
