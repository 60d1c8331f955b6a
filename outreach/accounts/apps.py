from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "outreach.accounts"
    label = "accounts"
