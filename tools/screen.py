"""What a screen is, and what is done on many of them before one looks."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tools.samples import Samples

Address = Callable[[Samples, str], str]


class Screen(NamedTuple):
    """``act`` is done to the Playwright page after it has loaded; ``signed_in`` screens belong to the workspace."""

    name: str
    address: Address
    act: Callable[[Any], None] | None = None
    signed_in: bool = False


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
