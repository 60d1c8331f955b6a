from django.apps import AppConfig


class QueueConfig(AppConfig):
    name = "outreach.queue"
    label = "queue"
