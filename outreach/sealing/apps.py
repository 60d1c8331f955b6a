from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "outreach.sealing"
    label = "sealing"
