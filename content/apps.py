from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings


class ContentConfig(AppConfig):
    name = "content"
    label = "content"

    def ready(self):
        from django.db.models.signals import post_migrate
        from wagtail.signals import page_published, task_submitted, workflow_approved, workflow_rejected

        from content import caching, front, mail, navigation, notices, tree, version
        from content.door import sql
        from content.retention import RULES
        from content.services import (
            first_version,
            pictures,
            review,
            scheduling,
            search_index,
            search_sources,
            still_correct,
        )
        from outreach.mail import kinds
        from outreach.privacy import retention
        from outreach.queue import periodic
        from outreach.wall import functions

        caching.register_change(still_correct.next_overdue)
        periodic.register("content.ask_owners", still_correct.EVERY, still_correct.ask_owners)
        functions.SOURCES.append(sql.FUNCTIONS)
        for rule in RULES:
            retention.register(rule)
        for kind in mail.KINDS:
            kinds.register(kind)
        first_version.connect()
        navigation.register()
        front.register()
        periodic.register("content.keep_time", timedelta(minutes=1), scheduling.keep_time)
        post_migrate.connect(review.establish, sender=self)
        page_published.connect(pictures.with_publishing)
        task_submitted.connect(review.ask)
        for ended in (workflow_approved, workflow_rejected):
            ended.connect(review.answer)
        caching.register_change(tree.next_expiry)
        caching.register_change(notices.next_change)
        if settings.FACE != "public":  # which writes none of it
            version.watch(self)
        search_sources.register_all()
        periodic.register("content.forget_what_is_over", timedelta(minutes=5), search_index.forget)
