import pytest
from cryptography.fernet import Fernet

from outreach.sealing.key_files import REGISTERS


@pytest.fixture
def keys(settings, tmp_path):
    """``keys(register, *lines)`` writes the file of its keys, the newest first; each register begins with one."""

    def write(register: str, *lines: bytes) -> None:
        path = tmp_path / f"{register}.key"
        path.touch(mode=0o600)
        path.write_bytes(b"\n".join(lines) + b"\n")
        settings.SEALING_KEY_FILES = {**settings.SEALING_KEY_FILES, register: path}

    for register in REGISTERS:
        write(register, Fernet.generate_key())
    return write


@pytest.fixture
def another():
    """Makes a key that was never used."""
    return Fernet.generate_key
