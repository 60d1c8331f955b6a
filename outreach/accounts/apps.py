from datetime import timedelta

from django.apps import AppConfig, apps


class AccountsConfig(AppConfig):
    name = "outreach.accounts"
    label = "accounts"

    def ready(self):
        """Where people sign in (nowhere on the public face), let rights follow roles and old sessions go."""
        if apps.is_installed("allauth.mfa"):
            from outreach.mail import kinds
            from outreach.queue import periodic

            from . import devices, ending, forgetting, mail, roles, trail  # noqa: F401

            for kind in mail.KINDS:
                kinds.register(kind)

            periodic.register("accounts.forget", timedelta(hours=1), forgetting.forget)
