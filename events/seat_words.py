"""How seats are told wherever they are told: how many are left, or how many wait."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FEW = 5  # from here on a visitor is told how many are left; above, that there are some


def seat_words(left: int, waiting: int) -> tuple[str, str]:
    """The kind of badge and its words for an event, or a way to take part in it, that is open."""
    if left > FEW:
        return "ok", _("Seats left")
    if left:
        return "ok", ngettext("%(count)d seat left", "%(count)d seats left", left) % {"count": left}
    if waiting:
        return "waiting", ngettext("Full · %(count)d waiting", "Full · %(count)d waiting", waiting) % {
            "count": waiting
        }
    return "waiting", _("Full · waiting list")
