"""Screens of another role, which the officer has for a moment; and a text that the forms ask about."""

from typing import Any

from outreach.accounts.models import Role, User
from outreach.privacy.models import CaseWord

WORDS = ("bekymret for", "mistænkt", "radikaliseret", "suspected of")
lent: list[Any] = []


def begin(officer: User, role: Role = Role.TEAM_LEAD) -> None:
    for word in WORDS if role == Role.TEAM_LEAD else ():
        CaseWord.objects.get_or_create(stem=word)
    lent.append(officer.pk)
    User.objects.filter(pk=officer.pk).update(role=role)


def end(page: Any) -> None:
    """The page is there: they are an officer again."""
    User.objects.filter(pk__in=lent).update(role=Role.OFFICER)


def write_of_somebody(page: Any) -> None:
    """A text that sounds like a case and holds what looks like a number."""
    CaseWord.objects.get_or_create(stem=WORDS[0])
    page.locator("[name=summary]").fill("Formanden er bekymret for en nabo. Se faktura 010290-1234.")
    with page.expect_navigation():
        page.locator(".savebar button.button-primary").click()
