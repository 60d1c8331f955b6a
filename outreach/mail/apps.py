from datetime import timedelta

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "outreach.mail"
    label = "mail"

    def ready(self) -> None:
        from outreach.privacy import retention as retention_rules
        from outreach.queue import periodic

        from . import retention, tasks

        periodic.register("mail.drain_outbox", timedelta(minutes=1), tasks.drain_when_due)
        for rule in retention.RULES:
            retention_rules.register(rule)
