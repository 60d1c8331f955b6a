from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    label = "content"

    def ready(self):
        from django.db.models.signals import post_migrate
        from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

        from content import front, mail, navigation
        from content.services import review
        from outreach.mail import kinds

        for kind in mail.KINDS:
            kinds.register(kind)
        navigation.register()
        front.register()
        post_migrate.connect(review.establish, sender=self)
        task_submitted.connect(review.ask)
        for ended in (workflow_approved, workflow_rejected):
            ended.connect(review.answer)
