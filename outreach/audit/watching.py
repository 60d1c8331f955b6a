"""Looking after the trail: walking the chain, noting what was found, signing how far it goes."""

from collections.abc import Callable
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from . import checkpoints, signing
from .models import Verification
from .verifying import Progress, Walk


class Kept(NamedTuple):
    """What was found of checkpoints: those that are as they were signed, and the names of other files."""

    checkpoints: list[checkpoints.Checkpoint]
    unsigned: list[str]


def kept_in(folder: Path, key: Ed25519PublicKey) -> Kept:
    kept = Kept([], [])
    for path in checkpoints.files(folder):
        try:
            kept.checkpoints.append(checkpoints.load(path, key))
        except checkpoints.NotSigned:
            kept.unsigned.append(path.name)
    return kept


def verify(
    kept: Kept, *, now: datetime, tell: Callable[[str], object], progress: Progress = lambda walked: None
) -> Verification:
    """Walk the whole chain, ``tell`` a sentence for each fault there is, and note it for the auditor's screen."""
    walk, faults = Walk(kept.checkpoints, progress), 0
    told = (f"The checkpoint {name} is not as it was signed with this key." for name in kept.unsigned)
    for fault in chain(told, walk):
        faults += 1
        tell(fault)
    newest = max((one.seq for one in kept.checkpoints), default=None)
    return Verification.objects.create(at=now, last=walk.last, walked=walk.walked, faults=faults, checkpoint=newest)


def is_kept() -> bool:
    """Whether this installation signs checkpoints: it names a key and a folder."""
    return bool(settings.AUDIT_SIGNING_KEY_FILE and settings.AUDIT_CHECKPOINT_FOLDER)


def kept_here() -> Kept:
    """What this installation signed itself; nothing where it signs none."""
    if not is_kept():
        return Kept([], [])
    key = signing.private_key(Path(settings.AUDIT_SIGNING_KEY_FILE)).public_key()
    return kept_in(Path(settings.AUDIT_CHECKPOINT_FOLDER), key)


def sign(now: datetime) -> Path | None:
    """Sign how far the trail goes, as the settings say; None when nothing came since the newest checkpoint."""
    key = signing.private_key(Path(settings.AUDIT_SIGNING_KEY_FILE))
    return checkpoints.sign(now, Path(settings.AUDIT_CHECKPOINT_FOLDER), key)
