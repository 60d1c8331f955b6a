from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    label = "content"

    def ready(self):
        from content import front, navigation

        navigation.register()
        front.register()
