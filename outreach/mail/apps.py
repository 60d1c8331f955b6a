from datetime import timedelta

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "outreach.mail"
    label = "mail"

    def ready(self):
        from outreach.queue import periodic

        from . import tasks

        periodic.register("mail.drain_outbox", timedelta(minutes=1), tasks.drain_when_due)
