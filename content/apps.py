from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    label = "content"

    def ready(self):
        from content import front, mail, navigation
        from outreach.mail import kinds

        for kind in mail.KINDS:
            kinds.register(kind)
        navigation.register()
        front.register()
