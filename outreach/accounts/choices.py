"""What a colleague chooses for themselves in an app above: a page of it, linked from the page about the account."""

from dataclasses import dataclass

from django.utils.functional import Promise

from .models import Role, User


@dataclass(frozen=True)
class Choice:
    """``address`` names the page; whoever has none of ``roles`` is not offered it."""

    name: str | Promise
    link: str | Promise
    address: str
    roles: frozenset[Role]


CHOICES: list[Choice] = []


def register(choice: Choice) -> None:
    """For ``apps.ready``."""
    CHOICES.append(choice)


def offered(user: User) -> list[Choice]:
    return [choice for choice in CHOICES if user.role in choice.roles]
