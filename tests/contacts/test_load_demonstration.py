"""Loading the demonstration into an empty system: what the command prints, where it refuses, and a second time."""

import re

import pytest
from django.core.management import CommandError, call_command

from contacts.models import Affiliation
from outreach.accounts.models import Role, User
from outreach.design.models import Demonstration
from tests.contacts.test_demonstration import MODELS


def rows():
    return {model: set(model.objects.values_list("pk", flat=True)) for model in MODELS if model is not Affiliation}


def test_every_role_has_an_account_that_the_command_prints(capsys, db):
    call_command("load_demonstration")

    printed = capsys.readouterr().out
    assert {user.role for user in User.objects.all()} == set(Role)
    assert all(user.email in printed and user.role.replace("_", " ") in printed for user in User.objects.all())
    password = re.search(r"password (\S+)", printed)[1]
    assert len(password) >= 15
    assert all(user.check_password(password) for user in User.objects.all())


@pytest.mark.once
def test_loading_again_changes_nothing_and_prints_the_accounts_again(capsys, db):
    call_command("load_demonstration")
    before, first = rows(), capsys.readouterr().out

    call_command("load_demonstration")

    assert rows() == before
    assert capsys.readouterr().out == first


@pytest.mark.parametrize("face", ["public", "internal"])
def test_it_is_never_loaded_through_a_face_that_serves_people(db, settings, face):
    settings.FACE = face

    with pytest.raises(CommandError):
        call_command("load_demonstration", here=True)


@pytest.mark.once
def test_outside_development_somebody_has_to_say_here(db, settings):
    settings.FACE = "worker"
    with pytest.raises(CommandError):
        call_command("load_demonstration")

    call_command("load_demonstration", here=True)

    assert Demonstration.objects.loaded()
