from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "outreach.mail"
    label = "mail"
