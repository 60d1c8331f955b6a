from django.apps import AppConfig


class WallConfig(AppConfig):
    name = "outreach.wall"
    label = "wall"

    def ready(self):
        from . import openness

        openness.hold()
