from datetime import timedelta

from django.apps import AppConfig
from django.core.checks import register


class PrivacyConfig(AppConfig):
    name = "outreach.privacy"
    label = "privacy"

    def ready(self) -> None:
        from outreach.queue import periodic

        from . import checks, limits, retention

        periodic.register("privacy.retention", timedelta(hours=1), retention.run)
        periodic.register("privacy.forget_hits", timedelta(hours=1), limits.forget)
        register(checks.periods_name_rules)
