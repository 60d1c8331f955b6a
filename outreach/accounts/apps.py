from datetime import timedelta

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "outreach.accounts"
    label = "accounts"

    def ready(self):
        """Where people sign in (nowhere on the public face), let rights follow roles and old sessions go."""
        if apps.is_installed("allauth.mfa"):
            from django.core import checks

            from outreach.mail import kinds
            from outreach.privacy import retention as retention_rules
            from outreach.queue import periodic
            from outreach.sealing import places

            from . import devices, ending, forgetting, mail, retention, roles, seeds, trail  # noqa: F401
            from .checks import second_factor_demanded

            checks.register(second_factor_demanded)
            places.register(seeds.Seeds())
            for kind in mail.KINDS:
                kinds.register(kind)
            for rule in retention.RULES:
                retention_rules.register(rule)

            self._lead_to_colleagues()
            periodic.register("accounts.forget", timedelta(hours=1), forgetting.forget)

    def _lead_to_colleagues(self):
        from outreach.design.menu import MenuItem, register

        from .desk import lost
        from .models import ADMINISTERING_ROLES

        register(MenuItem(75, _("Colleagues"), "colleagues:list", "persons", lost.waiting, ADMINISTERING_ROLES))
