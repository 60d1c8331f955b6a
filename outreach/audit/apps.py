from django.apps import AppConfig
from django.db.backends.signals import connection_created


class AuditConfig(AppConfig):
    name = "outreach.audit"
    label = "audit"

    def ready(self) -> None:
        from . import chain

        connection_created.connect(chain.lend_hash, dispatch_uid="outreach.audit.chain")
