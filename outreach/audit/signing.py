"""The key that signs checkpoints: Ed25519. The private half signs; whoever has the public half verifies."""

import errno
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)


class NoKey(Exception):
    """There is no such key where it should be; says so in a sentence."""


def make_key(private: Path, public: Path) -> None:
    """Write a new pair as PEM files, the private one for its owner alone. Raises FileExistsError for either."""
    key = Ed25519PrivateKey.generate()
    if public.exists():
        raise FileExistsError(errno.EEXIST, "There is such a file.", str(public))
    _write(private, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), mode=0o600)
    _write(public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), mode=0o644)


def _write(path: Path, content: bytes, *, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)


def private_key(path: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(_content(path), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(f"{path.name} holds another kind of key than Ed25519.")
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    key = load_pem_public_key(_content(path))
    if not isinstance(key, Ed25519PublicKey):
        raise NoKey(f"{path.name} holds another kind of key than Ed25519.")
    return key


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NoKey(f"The key file {path.name} cannot be read: make one with manage.py audit key.") from error
