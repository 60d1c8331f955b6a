from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings


class ContentConfig(AppConfig):
    name = "content"
    label = "content"

    def ready(self):
        self._fill_seams()
        self._keep_time()
        self._follow_pages()

    def _fill_seams(self):
        """What the ground floor is told of this app."""
        from content import front, mail, mail_wording, navigation
        from content.door import sql
        from content.retention import RULES
        from content.services import pictures, search_sources
        from outreach.mail import kinds
        from outreach.privacy import retention
        from outreach.wall import functions, policies

        functions.SOURCES.append(sql.FUNCTIONS)
        policies.SHOWN_SIZES.update(pictures.FILTERS)
        for rule in RULES:
            retention.register(rule)
        for group in mail.GROUPS:
            kinds.register_group(group)
        for kind in mail.KINDS:
            kinds.register(kind)
        mail_wording.register()
        navigation.register()
        front.register()
        search_sources.register_all()

    def _keep_time(self):
        """What is done, and what is read differently, by the clock alone."""
        from content import caching, notices, tree
        from content.services import scheduling, search_index, still_correct
        from outreach.queue import periodic

        for change in (still_correct.next_overdue, tree.next_expiry, notices.next_change):
            caching.register_change(change)
        periodic.register("content.ask_owners", still_correct.EVERY, still_correct.ask_owners)
        periodic.register("content.keep_time", timedelta(minutes=1), scheduling.keep_time)
        periodic.register("content.forget_what_is_over", timedelta(minutes=5), search_index.forget)

    def _follow_pages(self):
        """What happens when a page is written, reviewed or published."""
        from django.db.models.signals import post_migrate
        from wagtail.signals import page_published, task_submitted, workflow_approved, workflow_rejected

        from content import version
        from content.services import first_version, pictures, review

        first_version.connect()
        post_migrate.connect(review.establish, sender=self)
        page_published.connect(pictures.with_publishing)
        task_submitted.connect(review.ask)
        for ended in (workflow_approved, workflow_rejected):
            ended.connect(review.answer)
        if settings.FACE != "public":  # which writes none of it
            version.watch(self)
