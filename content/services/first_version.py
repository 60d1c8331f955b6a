"""The first version of a page that was loaded and not written in the admin.

Such a page has no version in its history. Before its first is saved, what it says is kept, so that an editor can
compare with it and go back to it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import pre_save
from wagtail.models import Page, Revision


def connect() -> None:
    pre_save.connect(_before_a_version, sender=Revision, dispatch_uid="content.first_version")


def _before_a_version(instance: Revision, raw: bool = False, **signal: Any) -> None:
    if raw or not instance._state.adding or instance.base_content_type != ContentType.objects.get_for_model(Page):
        return
    if Revision.page_revisions.filter(object_id=instance.object_id).exists():
        return
    if page := Page.objects.live().filter(pk=instance.object_id).first():
        Revision.objects.bulk_create([_version(page.specific, instance.created_at - timedelta(milliseconds=1))])


def _version(page: Page, created_at: datetime) -> Revision:
    return Revision(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        created_at=created_at,
        object_str=str(page),
        content=page.serializable_data(),
    )
