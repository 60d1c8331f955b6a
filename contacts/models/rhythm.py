"""How often we agreed to talk, held against how long ago we did: the states and the words."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON = 0.8  # of the agreed time: from here on the time to talk again is near


@dataclass(frozen=True)
class Rhythm:
    weeks: int | None  # None: nothing agreed
    last_on: date | None  # None: never talked
    today: date
    runs: bool = True  # not for a contact that rests or has ended

    @cached_property
    def state(self) -> str:
        """One of none, never, fresh, soon, due (within the week) and over: from the agreed day on."""
        if not (self.weeks and self.runs):
            return "none"
        if self.last_on is None:
            return "never"
        if self.days_over >= 0:
            return "over"
        if self.days_over > -7:
            return "due"
        return "soon" if self.days_since >= self.agreed_days * SOON else "fresh"

    @cached_property
    def talk_by(self) -> date | None:
        if not (self.weeks and self.last_on and self.runs):
            return None
        return self.last_on + timedelta(weeks=self.weeks)

    @cached_property
    def days_since(self) -> int | None:
        """Days since the last dialogue; None: never talked."""
        return (self.today - self.last_on).days if self.last_on else None

    @cached_property
    def days_over(self) -> int:
        """Days past the agreed day; negative while there is time."""
        return (self.today - self.talk_by).days if self.talk_by else 0

    @property
    def agreed_days(self) -> int:
        return (self.weeks or 0) * 7

    @property
    def agreed(self) -> str:
        """What was agreed: "every 8 weeks"."""
        match self.weeks:
            case None | 0:
                return ""
            case 1:
                return _("every week")
            case 26:
                return _("every six months")
            case 52:
                return _("once a year")
            case weeks:
                return _("every %(weeks)s weeks") % {"weeks": weeks}

    @property
    def left(self) -> str:
        """How long until we should talk, or how long past it is."""
        match self.state:
            case "none":
                return ""
            case "never":
                return _("not begun")
            case "due":
                return _("within a week")
            case "over" if self.days_over == 0:
                return _("today")
            case "over" if self.days_over < 7:
                return ngettext("%(n)s day past", "%(n)s days past", self.days_over) % {"n": self.days_over}
            case "over":
                return ngettext("%(n)s week past", "%(n)s weeks past", self.days_over // 7) % {
                    "n": self.days_over // 7
                }
        weeks = -self.days_over // 7
        return ngettext("in %(n)s week", "in %(n)s weeks", weeks) % {"n": weeks}

    @property
    def since(self) -> str:
        """How long ago we talked."""
        days = self.days_since
        if days is None:
            return _("never talked")
        if days < 1:
            return _("today")
        if days < 14:
            return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
        if days < 7 * 20:
            return _("%(n)s weeks ago") % {"n": days // 7}
        return _("%(n)s months ago") % {"n": days * 12 // 365}
