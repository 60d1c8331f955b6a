"""A page of a form that somebody writes in: what it begins with, and what else they have begun of the same form.

A view asks for ``writing(request, "log")``, fills its form with ``.data``, saves inside ``with .done():`` and gives it
to the template as ``writing``.
"""

from contextlib import AbstractContextManager
from typing import NamedTuple
from uuid import UUID, uuid4

from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property

from contacts.forms.drafts import words
from contacts.models import Contact, Draft
from contacts.services.drafting import Continued, Page, about, latest_drafts, used_up
from outreach.once import KEY

SHOWN = 5
PAGE_KEY, CONTINUES = "draft", "continues"


class Begun(NamedTuple):
    """A draft as the list of drafts tells of it."""

    draft: Draft
    contact: Contact | None
    words: str


class Writing:
    """``data`` is what the form holds: what was sent, the draft one goes on with, or None for a form still empty."""

    def __init__(self, request: HttpRequest, form: str):
        self.kind, self.sends = form.partition(":")[0], request.method == "POST"
        self.page = page_sent(request, form) if self.sends else Page(request.user, form)
        self.data: QueryDict | None = request.POST if self.sends else None
        self.files = request.FILES if self.sends else None
        self.based_on: int | None = None  # the version a draft was begun on; None: no draft, or of something new
        if draft := self._draft(request.GET.get(PAGE_KEY, "")):
            self.page = Page(request.user, form, continued=Continued(draft.pk, draft.sequence))
            self.data, self.based_on = draft.typed, draft.based_on
            self.data[KEY] = str(uuid4())  # type: ignore[assignment]

    def _draft(self, key: str) -> Draft | None:
        """The one the link names; gone by now, not theirs, or not readable: the form opens empty, the draft stays."""
        try:
            draft = None if self.sends else self.page.drafts().filter(pk=UUID(key)).first()
        except ValueError:
            return None
        return draft if draft and draft.is_readable else None

    @property
    def continues(self) -> bool:
        """Whether the form shows a draft that nobody has tried to save."""
        return not self.sends and self.data is not None

    def get(self, name: str) -> str:
        return self.data.get(name, "") if self.data else ""

    def getlist(self, name: str) -> list[str]:
        return self.data.getlist(name) if self.data else []

    def done(self, *, savepoint: bool = True) -> AbstractContextManager[None]:
        """What is saved inside has its draft no longer."""
        return used_up(self.page, savepoint=savepoint)

    @cached_property
    def begun(self) -> list[Begun]:
        """Other drafts of this form, the newest first."""
        own = self.page.continued.pk if self.page.continued else None
        latest = latest_drafts(self.page.user, form=self.page.form, most=SHOWN + 2)
        drafts = [one for one in latest if one.pk != own and one.key != self.page.key][:SHOWN]
        contacts = about(self.page.user, drafts)
        return [Begun(draft, contacts.get(draft.pk), self._first_words(draft)) for draft in drafts]

    def _first_words(self, draft: Draft) -> str:
        data = draft.data
        return " ".join(words(self.kind, data)[:1]) if draft.is_readable else str(data)

    def named(self) -> list[Contact]:
        """Whom the list of drafts names."""
        return [one.contact for one in self.begun if one.contact]


def page_sent(request: HttpRequest, form: str) -> Page:
    """The page of ``form`` that this came from; a mangled key makes it a new one."""
    try:
        key = UUID(request.POST.get(PAGE_KEY, ""))
    except ValueError:
        key = uuid4()
    return Page(request.user, form, key, Continued.read(request.POST.get(CONTINUES, "")))
