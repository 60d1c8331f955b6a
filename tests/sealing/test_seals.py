"""Sealing and opening by the keys of a register, and what a file of keys must be."""

import pytest

from outreach.sealing import key_files, seals
from outreach.sealing.key_files import REGISTERS, SPECIAL_NEEDS, BadKeyFile, development_key, key_of
from outreach.sealing.seals import CannotOpen, is_newest, is_sealed, renewed, seal, unseal

pytestmark = pytest.mark.once
TEXT = "Kørestol, og \u0627\u0644\u0633\u0644\u0627\u0645 🌱\r\nglutenfri"


def test_a_sealed_text_opens_where_it_belongs_and_says_nothing_elsewhere(keys):
    sealed = seal(SPECIAL_NEEDS, TEXT, about="row:1")

    assert unseal(SPECIAL_NEEDS, sealed, about="row:1") == TEXT
    assert is_sealed(sealed)
    assert "glutenfri" not in sealed
    with pytest.raises(CannotOpen):
        unseal(SPECIAL_NEEDS, sealed, about="row:2")
    with pytest.raises(CannotOpen):
        unseal(SPECIAL_NEEDS, sealed[:-4] + "AAA=", about="row:1")


def test_no_register_opens_what_another_sealed(keys):
    for own in REGISTERS:
        sealed = seal(own, TEXT, about="row")
        for other in set(REGISTERS) - {own}:
            with pytest.raises(CannotOpen):
                unseal(other, sealed, about="row")


def test_a_new_key_seals_at_once_and_the_old_one_still_opens(keys, another):
    old, new = another(), another()
    keys(SPECIAL_NEEDS, old)
    sealed = seal(SPECIAL_NEEDS, TEXT, about="row")

    keys(SPECIAL_NEEDS, new, old)

    assert unseal(SPECIAL_NEEDS, sealed, about="row") == TEXT
    assert not is_newest(SPECIAL_NEEDS, sealed)
    assert is_newest(SPECIAL_NEEDS, renewed(SPECIAL_NEEDS, sealed))
    assert is_newest(SPECIAL_NEEDS, seal(SPECIAL_NEEDS, TEXT, about="row"))


def test_a_file_that_goes_or_breaks_leaves_a_running_process_its_keys(keys, settings):
    sealed = seal(SPECIAL_NEEDS, TEXT, about="row")
    path = settings.SEALING_KEY_FILES[SPECIAL_NEEDS]

    path.write_text("not a key\n")
    assert unseal(SPECIAL_NEEDS, sealed, about="row") == TEXT

    path.unlink()
    assert unseal(SPECIAL_NEEDS, sealed, about="row") == TEXT


def test_a_process_without_the_key_can_neither_read_nor_write(keys, settings):
    sealed = seal(SPECIAL_NEEDS, TEXT, about="row")
    settings.SEALING_KEY_FILES = {}

    for attempt in (lambda: unseal(SPECIAL_NEEDS, sealed, about="row"), lambda: seal(SPECIAL_NEEDS, "x", about="row")):
        with pytest.raises(CannotOpen):
            attempt()


GOOD = key_of("some text that nobody else has")


@pytest.mark.parametrize(
    ("text", "mode", "fault"),
    [
        (None, 0o600, "cannot be read"),
        ("", 0o600, "no key"),
        ("# only a remark\n", 0o600, "no key"),
        ("short\n", 0o600, "number 1 is not 32 bytes"),
        (f"{GOOD.decode()}\nÆØÅ\n", 0o600, "number 2 is not 32 bytes"),
        (f"{GOOD.decode()}\n{'A' * 43}=\n", 0o600, "number 2 is weak"),
        (f"{development_key(SPECIAL_NEEDS).decode()}\n", 0o600, "development"),
        (f"{GOOD.decode()}\n{GOOD.decode()}\n", 0o600, "twice"),
        (f"{GOOD.decode()}\n", 0o604, "others may read"),
        (f"{GOOD.decode()}\n", 0o660, "others may read"),
    ],
)
def test_production_takes_no_bad_file_of_keys(tmp_path, text, mode, fault):
    path = tmp_path / "a.key"
    if text is not None:
        path.write_text(text)
        path.chmod(mode)

    with pytest.raises(BadKeyFile, match=fault) as refused:
        key_files.sound_keys_in(path)

    assert GOOD.decode() not in str(refused.value)


def test_a_file_of_keys_may_have_remarks_and_a_group_that_reads(tmp_path):
    path = tmp_path / "a.key"
    path.write_text(f"# made in spring\n\n{GOOD.decode()}  # the newest\n")
    path.chmod(0o640)

    assert key_files.sound_keys_in(path) == [GOOD]
    assert seals.Ring.of([GOOD]).newest.decrypt(seals.Ring.of([GOOD]).newest.encrypt(b"x")) == b"x"
