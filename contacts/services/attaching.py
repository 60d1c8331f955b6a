"""Files of a dialogue: where they wait until the form they came with is saved, and what they belong to then."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from contacts.models import Attachment, Dialogue
from outreach.accounts.models import User
from outreach.audit.trail import record

MOST_FILES = 10  # of one dialogue


def keep_waiting(upload: UploadedFile, *, actor: User) -> Attachment:
    """Keep an accepted file for a form that is not saved yet; it is its owner's alone."""
    waiting = Attachment(name=upload.name or "", size=upload.size or 0, added_by=actor)
    waiting.file.save(waiting.name, upload, save=False)
    try:
        with transaction.atomic():
            waiting.save()
            record("create", waiting, actor=actor)
    except BaseException:
        waiting.file.delete(save=False)
        raise
    return waiting


def waiting_for(user: User, keys: Iterable[str]) -> list[Attachment]:
    """Those of ``user``'s files that wait and are among ``keys``."""
    named = list(keys)
    waiting = Attachment.objects.visible_to(user).waiting().filter(added_by=user, pk__in=named) if named else ()
    return list(waiting)


@transaction.atomic(savepoint=False)
def attach(files: Iterable[Attachment], dialogue: Dialogue, *, part: str) -> None:
    """The files that waited belong to ``dialogue`` from now on."""
    for file in files:
        file.dialogue, file.part = dialogue, part
        file.save(update_fields=["dialogue", "part"])


@transaction.atomic
def remove(attachment: Attachment, *, actor: User) -> None:
    """The file is gone when this is committed."""
    record("delete", attachment, actor=actor)
    attachment.delete()
