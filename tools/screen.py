"""What a screen is, where pages of the workspace are, and what is done on many screens before one looks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse

from outreach.accounts.models import Role
from tools import leading
from tools.samples import Samples

Address = Callable[[Samples, str], str]


class Screen(NamedTuple):
    """``act`` is done to the Playwright page after it has loaded; ``signed_in`` screens belong to the workspace."""

    name: str
    address: Address
    act: Callable[[Any], None] | None = None
    signed_in: bool = False


@dataclass(frozen=True)
class Inside:
    """The address of a page of the workspace, by the name it has in the matrix of roles.

    ``find`` says whose it is: a row, or the keys in the address. ``role``: as whom the officer opens it, until
    ``leading.end`` makes them an officer again.
    """

    page: str
    find: Callable[[Samples], Any] | None = None
    query: str | Callable[[Samples], str] = ""
    role: Role | None = None

    def __call__(self, samples: Samples, language: str) -> str:
        found = self.find(samples) if self.find else ()
        if self.role:
            leading.begin(samples.officer, self.role)
        keys = found if isinstance(found, tuple) else (found.pk,)
        query = self.query if isinstance(self.query, str) else self.query(samples)
        return reverse(self.page, args=keys, urlconf="outreach.urls.internal") + query


def workspace(*rows: tuple) -> list[Screen]:
    """Screens of somebody who has signed in: name, address and, where something is done there, what."""
    return [Screen(*row)._replace(signed_in=True) for row in rows]


def mine(model: Any, **wanted: Any) -> Callable[[Samples], Any]:
    """A row the officer may change."""
    return lambda samples: model.objects.visible_to(samples.officer).filter(**wanted).order_by("pk")[0]


def owned(model: Any) -> Callable[[Samples], Any]:
    """A contact whose relationship is the officer's."""
    return lambda samples: model.objects.visible_to(samples.officer).owned_by(samples.officer).order_by("pk")[0]


def as_lead(page: str, find: Callable[[Samples], Any] | None = None) -> Inside:
    return Inside(page, find, role=Role.TEAM_LEAD)


def administering(page: str, find: Callable[[Samples], Any] | None = None) -> Inside:
    return Inside(page, find, role=Role.ADMINISTRATOR)


def press(page: Any) -> None:
    """The button of the form in the main part, as it stands."""
    page.locator("main form button.button-primary").first.click()
    page.wait_for_load_state()


def press_last(page: Any) -> None:
    """The button of the last form, with nothing written."""
    page.locator("main form input[type=submit], main form button").last.click()
    page.wait_for_load_state()


def unfold(page: Any) -> None:
    """Everything that is folded away, but for the menus."""
    page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
