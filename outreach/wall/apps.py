from django.apps import AppConfig


class WallConfig(AppConfig):
    name = "outreach.wall"
    label = "wall"
