from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "outreach.mail"
    label = "mail"

    def ready(self) -> None:
        from outreach.accounts.models import WORDING_ROLES
        from outreach.design import menu
        from outreach.privacy import retention as retention_rules
        from outreach.queue import periodic

        from . import bounces, incoming, retention, tasks

        periodic.register("mail.drain_outbox", timedelta(minutes=1), tasks.drain_when_due)
        periodic.register("mail.read_mailbox", timedelta(minutes=5), tasks.read_when_due)
        incoming.register(bounces.READER)
        for rule in retention.RULES:
            retention_rules.register(rule)
        words, sheet = _("The words of our mails"), frozenset({"sheet"})
        menu.register(menu.MenuItem(92, words, "wordings:list", "info", roles=WORDING_ROLES, places=sheet))
