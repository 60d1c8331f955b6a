from django.apps import AppConfig, apps


class AccountsConfig(AppConfig):
    name = "outreach.accounts"
    label = "accounts"

    def ready(self):
        """Where people sign in (nowhere on the public face), let rights follow roles."""
        if apps.is_installed("allauth.mfa"):
            from . import roles, signals  # noqa: F401
