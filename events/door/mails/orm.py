"""The door to the mails of an address on SQLite: the rules of functions.sql, in Python."""

from django.utils import timezone

from events.models import RegistrationToken
from outreach.mail.models import Mailbox, normal

from .answers import CHOOSING, Purpose, View


def view(h: str) -> View | None:
    now = timezone.now()
    boxes = Mailbox.objects.filter(links_until__gt=now)
    if box := boxes.filter(choose_hash=h).first():
        return View(Purpose.CHOOSE, box.address, box.unwanted)
    if box := boxes.filter(stop_hash=h).first():
        return View(Purpose.STOP, box.address, box.unwanted)
    tokens = RegistrationToken.objects.filter(hash=h, purpose=Purpose.MANAGE, expires_at__gt=now)
    address = normal(tokens.values_list("registration__email", flat=True).first() or "")
    if not address:
        return None
    box = Mailbox.objects.of(address).first()
    return View(Purpose.MANAGE, address, box.unwanted if box else [])


def choose(h: str, unwanted: list[str]) -> bool:
    found = view(h)
    if found is None or found.purpose not in CHOOSING:
        return False
    chosen = {"unwanted": sorted(set(unwanted)), "chosen_at": timezone.now()}
    Mailbox.objects.update_or_create(address=found.address, defaults=chosen)
    return True


def stop(h: str, group: str) -> bool:
    box = Mailbox.objects.filter(stop_hash=h, links_until__gt=timezone.now()).first()
    if box is None:
        return False
    box.unwanted, box.chosen_at = sorted({*box.unwanted, group}), timezone.now()
    box.save(update_fields=["unwanted", "chosen_at"])
    return True
