"""The data inventory as the data-protection officer reads it: register by register, about nobody."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .inventory import INVENTORY, Row
from .retention import RULES, Rule

PARTS: dict[str, Promise] = {
    "contacts": _("Contacts"),
    "events": _("Events and what visitors send us"),
    "mail": _("Mails"),
    "audit": _("The trail"),
    "accounts": _("Colleagues and how they sign in"),
    "account": _("Colleagues and how they sign in"),
    "mfa": _("Colleagues and how they sign in"),
    "content": _("The public site"),
    "wagtailcore": _("The public site"),
}
BEHIND = _("Work in the background")  # of what lies in no part


class Part(NamedTuple):
    """What belongs together on the page, with a short name for its address there."""

    key: str
    name: Promise
    rows: list[Row]


def parts() -> list[Part]:
    """Every row of the inventory, in the parts as they first come up above."""
    found: dict[str, Part] = {}
    for name in [*PARTS.values(), BEHIND]:
        found.setdefault(str(name), Part(f"part-{len(found)}", name, []))
    for label, row in INVENTORY.items():
        found[str(PARTS.get(label.partition(".")[0], BEHIND))].rows.append(row)
    return list(found.values())


def rules() -> list[Rule]:
    """The periods as they are set here, by name."""
    return [RULES[name] for name in sorted(RULES)]
