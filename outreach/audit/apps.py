from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created


class AuditConfig(AppConfig):
    name = "outreach.audit"
    label = "audit"

    def ready(self) -> None:
        from outreach.queue import periodic

        from . import chain, logs, tasks

        logs.configure(production=settings.FACE in ("public", "internal", "worker"))
        connection_created.connect(chain.lend_hash, dispatch_uid="outreach.audit.chain")
        periodic.register("audit.watch", timedelta(days=1), tasks.watch_at_night)
