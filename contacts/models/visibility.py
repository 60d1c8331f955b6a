"""Who may see a contact, and how a contact is found: the two rules people and organisations share."""

from functools import lru_cache

from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.utils import timezone

from contacts.finding import door
from contacts.finding.asked import asked
from outreach.accounts.models import Role, User

from .days import DaysBetween

# Officers and their leads work with contacts; nobody else's role opens them.
READERS = frozenset({Role.OFFICER, Role.TEAM_LEAD})

UNTALKED = Q(rhythm_weeks__isnull=False, last_dialogue_on__isnull=True)  # a rhythm was agreed, nobody has talked yet
UNTOLD = Q(informed_on__isnull=True)  # nobody has told them that we keep them


def may_read(user) -> bool:
    """Whether ``user``'s role opens contacts at all; which ones is the querysets' answer."""
    return bool(user.is_active and user.role in READERS)


@lru_cache(maxsize=256)
def _granted(model, user, today):
    """The keys of the contacts a grant opens to ``user`` today: a query never run by itself, so kept for the next."""
    grants = model._meta.get_field("grants")
    live = grants.related_model.objects.live(today).filter(user=user)
    return live.filter(**{f"{grants.field.name}__isnull": False}).values(grants.field.attname)


class ReadQuerySet(models.QuerySet):
    """Rows that remember whom ``visible_to`` was asked for: on PostgreSQL a search is theirs (finding.door)."""

    reader = None  # the key of a user; None: nobody's in particular

    def _clone(self):
        clone = super()._clone()
        clone.reader = self.reader
        return clone

    def read_by(self, user):
        self.reader = user.pk
        return self


class ContactQuerySet(ReadQuerySet):
    def visible_to(self, user):
        """Those ``user`` may know of: every unrestricted one, and a restricted one by ownership or a live grant."""
        if not may_read(user):
            return self.none()
        return self.filter(self.seen_at("", user)).read_by(user)

    def seen_at(self, path, user):
        """The same rule as a condition on the contact behind ``path``, the name of a foreign key; "": on itself.

        By a join, for a query that starts elsewhere: asked whether they are among the visible ones, SQLite would first
        list all of those. Only for a ``user`` whose role reads contacts; where ``path`` is NULL it does not hold.
        """
        granted = _granted(self.model, user.pk, timezone.localdate())
        at = f"{path}__" if path else ""
        return Q(**{f"{at}restricted": False}) | Q(**{f"{at}owner": user}) | Q(**{f"{path or 'pk'}__in": granted})

    def owned_by(self, user):
        return self.filter(owner=user)

    def answered_for_by(self, user):
        """Those ``user`` owns, or leads the team of: the contact's, or one its owner is in."""
        if user.role != Role.TEAM_LEAD:
            return self.owned_by(user)
        led = user.teams.values("pk")
        members = User.teams.through.objects.filter(team__in=led).values("user")
        return self.filter(Q(owner=user) | Q(team__in=led) | Q(owner__in=members))

    def of_teams_of(self, user):
        """Those of a team ``user`` is in."""
        return self.filter(team__in=user.teams.values("pk"))

    def found_by(self, text):
        """Those whose name, address, number or place has every word of ``text``, or a part of one; all for no words.

        Where there is none: those that come close.
        """
        return door.all_of(self, text)

    def best_found(self, text, most):
        """The best ``most`` as a list: those meant by ``text``, where there is none those that come close."""
        found = door.best(self, asked(text), most)
        return [contact for contact in found if not contact.similar] or found

    def quiet(self, today):
        """Those we agreed to talk with by ``today`` and have not, the longest past the rhythm first.

        Those that rest or have ended have no such day.
        """
        return self.filter(talk_by__lte=today).order_by("talk_by", "name", "pk")

    def most_past_first(self, today):
        """The quiet ones, the furthest past their own rhythm first: four weeks of four before eight of fifty-two."""
        past = DaysBetween("last_dialogue_on", Value(today, models.DateField())) * Value(1.0) / F("rhythm_weeks")
        share = ExpressionWrapper(past, models.FloatField())
        return self.quiet(today).alias(share=share).order_by("-share", "name", "pk")

    def due_within(self, today, until):
        """Those whose next talk falls after ``today`` and no later than ``until``."""
        return self.filter(talk_by__gt=today, talk_by__lte=until)

    def lasting(self):
        """Without those that have ended."""
        return self.exclude(status="ended")

    def never_talked(self):
        """Those with an agreed rhythm that has not begun; without those that rest or have ended."""
        return self.filter(UNTALKED, status="active")

    def not_informed(self):
        """Those we keep without having told them, the longest kept first."""
        return self.filter(UNTOLD).order_by("created_at", "pk")

    def without_rhythm(self):
        return self.filter(rhythm_weeks=None)
