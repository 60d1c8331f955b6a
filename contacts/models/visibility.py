"""Who may see a contact, and how a contact is found: the two rules people and organisations share."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from outreach.accounts.models import Role
from outreach.places.folding import fold

# Officers and their leads work with contacts; nobody else's role opens them.
READERS = frozenset({Role.OFFICER, Role.TEAM_LEAD})


def keyed(*parts: str) -> str:
    """The folded text a contact is found by; phone numbers also as bare digits."""
    words = [fold(part) for part in parts if part]
    digits = ["".join(char for char in part if char.isdigit()) for part in parts if part]
    return " ".join([*words, *(number for number in digits if len(number) >= 4)])[:400]


class ContactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those ``user`` may know of: every unrestricted one, and a restricted one by ownership or a live grant."""
        if not user.is_active or user.role not in READERS:
            return self.none()
        grants = self.model._meta.get_field("grants")
        own = {grants.field.name: OuterRef("pk")}
        granted = grants.related_model.objects.live(timezone.localdate()).filter(user=user, **own)
        return self.filter(Q(restricted=False) | Q(owner=user) | Exists(granted))

    def found_by(self, text):
        """Those whose folded name, address or number contains every word of ``text``."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_key__contains=word)
        return found
