from datetime import timedelta

from django.apps import AppConfig


class QueueConfig(AppConfig):
    name = "outreach.queue"
    label = "queue"

    def ready(self) -> None:
        from django_tasks_db.compat import task_finished

        from . import periodic, reaper

        task_finished.connect(reaper.retry_failed, dispatch_uid="outreach.queue.retry")
        periodic.register("queue.reap", timedelta(minutes=1), reaper.reap)
        periodic.register("queue.prune", timedelta(hours=1), reaper.prune)
