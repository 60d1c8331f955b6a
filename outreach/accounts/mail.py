"""The mails about a colleague's own account."""

from django.utils.translation import gettext_lazy as _

from outreach.mail.kinds import MailKind
from outreach.mail.models import OutboxMessage

from .models import User
from .password_links import password_link

WHY = _("You get this mail because you have an account with us.")


def links(message: OutboxMessage) -> dict[str, str]:
    return {"password": password_link(User.objects.get(pk=message.about_pk))}


KINDS = [
    MailKind(name="accounts.password", links=links, why=WHY, asked_for=True, to_colleagues=True),
    MailKind(name="accounts.welcome", links=links, why=WHY, asked_for=True, to_colleagues=True),
    MailKind(name="accounts.notice", why=WHY, capped=False, asked_for=True, to_colleagues=True),
]
