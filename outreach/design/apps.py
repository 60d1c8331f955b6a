from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "outreach.design"
    label = "design"
