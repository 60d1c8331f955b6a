from datetime import timedelta

from django.apps import AppConfig
from django.core.checks import register


class PrivacyConfig(AppConfig):
    name = "outreach.privacy"
    label = "privacy"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from outreach.accounts.models import Role
        from outreach.design.menu import MenuItem
        from outreach.design.menu import register as register_page
        from outreach.queue import periodic

        from . import checks, limits, retention

        for role, place in ((Role.DATA_PROTECTION_OFFICER, "tabs"), (Role.ADMINISTRATOR, "sheet")):
            roles, places = frozenset({role}), frozenset({place})
            what = _("What we keep, and for how long")
            register_page(MenuItem(95, what, "registers:list", "list-check", roles=roles, places=places))
        periodic.register("privacy.retention", timedelta(hours=1), retention.run)
        periodic.register("privacy.forget_hits", timedelta(hours=1), limits.forget)
        register(checks.periods_name_rules)
