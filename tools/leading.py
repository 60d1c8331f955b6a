"""Screens about the words the forms ask about: who keeps the list for a moment, and a text that is asked about."""

from typing import Any

from outreach.accounts.models import Role, User
from outreach.privacy.models import CaseWord

WORDS = ("bekymret for", "mistænkt", "radikaliseret", "suspected of")
lent: list[Any] = []


def begin(officer: User) -> None:
    for word in WORDS:
        CaseWord.objects.get_or_create(stem=word)
    lent.append(officer.pk)
    User.objects.filter(pk=officer.pk).update(role=Role.TEAM_LEAD)


def end(page: Any) -> None:
    """The page is there: they are an officer again."""
    User.objects.filter(pk__in=lent).update(role=Role.OFFICER)


def write_of_somebody(page: Any) -> None:
    """A text that sounds like a case and holds what looks like a number."""
    CaseWord.objects.get_or_create(stem=WORDS[0])
    page.locator("[name=summary]").fill("Formanden er bekymret for en nabo. Se faktura 010290-1234.")
    with page.expect_navigation():
        page.locator(".savebar button.button-primary").click()
