"""Files of an event: handed in by those who run it, taken back, taken along by a copy."""

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction

from events.models import Event, Material
from outreach.accounts.models import User
from outreach.audit.trail import record

MOST = 30  # of one event


class Enough(Exception):
    """The event has as many files as one may have."""


def add(material: Material, upload: UploadedFile, *, officer: User) -> Material:
    """Keep an accepted file with its event. Raises Enough, and IntegrityError when this one is kept already.

    A file whose row does not come to stand is thrown away again.
    """
    material.name, material.size = upload.name or "", upload.size or 0
    material.file.save(material.name, upload, save=False)
    try:
        with transaction.atomic():
            Event.objects.select_for_update(no_key=True).get(pk=material.event_id)
            if Material.objects.filter(event=material.event_id).count() >= MOST:
                raise Enough(material.event_id)
            material.save(force_insert=True)
            record("create", material, actor=officer)
    except BaseException:
        material.file.delete(save=False)
        raise
    return material


@transaction.atomic
def remove(material: Material, *, officer: User) -> None:
    """The file is gone when this is committed."""
    record("delete", material, actor=officer)
    material.delete()


def hand_on(event: Event, made: Event, *, officer: User) -> None:
    """Give ``made`` a copy of every file of ``event``."""
    for material in event.materials.all():
        like = Material(event=made, title=material.title, readers=material.readers, after_event=material.after_event)
        with material.file.open("rb") as kept:
            add(like, SimpleUploadedFile(material.name, kept.read()), officer=officer)
