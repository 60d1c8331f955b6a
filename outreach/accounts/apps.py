from datetime import timedelta

from django.apps import AppConfig, apps


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

            from . import devices, ending, forgetting, mail, retention, roles, trail  # noqa: F401
            from .checks import second_factor_demanded

            checks.register(second_factor_demanded)
            for kind in mail.KINDS:
                kinds.register(kind)
            for rule in retention.RULES:
                retention_rules.register(rule)

            periodic.register("accounts.forget", timedelta(hours=1), forgetting.forget)
