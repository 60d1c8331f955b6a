"""The mail to officers who asked to be told each working day what waits."""

from dataclasses import asdict
from datetime import date

from django.utils.translation import gettext_lazy as _

from contacts.models import DailyMail
from contacts.services.daily_mail import KIND, Waiting
from outreach.links import internal_url
from outreach.mail.kinds import MailKind
from outreach.mail.models import OutboxMessage
from outreach.mail.sending import send

WHY = _("You get this mail because you chose it on the page about your account. You can choose otherwise there.")


def links(message: OutboxMessage) -> dict[str, str]:
    return {"workspace": internal_url("workspace:today")}


KINDS = [MailKind(KIND, links=links, why=WHY, asked_for=True, to_colleagues=True)]


def tell_what_waits(choice: DailyMail, waiting: Waiting, *, day: date) -> None:
    """Once a day. Numbers stand in it, no name and no title: whoever signs in sees them."""
    send(
        KIND,
        to=choice.user.email,
        language=choice.user.language,
        about=choice,
        context=asdict(waiting),
        dedupe=f"{KIND}:{choice.pk}:{day}",
    )
