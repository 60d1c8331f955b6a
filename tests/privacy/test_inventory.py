from pathlib import Path

import pytest
from django.apps import apps

from outreach.privacy.inventory import INVENTORY, NOT_PERSONAL

ROOT = Path(__file__).resolve().parents[2]
OURS = {
    model._meta.label
    for config in apps.get_app_configs()
    if Path(config.path).is_relative_to(ROOT) and "site-packages" not in config.path
    for model in config.get_models()
}


def test_every_model_of_the_project_is_classified():
    assert OURS - set(INVENTORY) - NOT_PERSONAL == set()


def test_no_model_is_classified_twice_or_gone():
    assert set(INVENTORY) & NOT_PERSONAL == set()
    assert OURS >= NOT_PERSONAL
    assert set(INVENTORY) - {model._meta.label for model in apps.get_models()} == set()


@pytest.mark.parametrize("label", INVENTORY)
def test_a_row_says_why_for_whom_how_long_and_what_then(label):
    assert all(len(text) > 2 for text in INVENTORY[label])


def test_a_model_about_people_is_not_taken_for_another_one():
    """A field that names a person or holds an address, in a model said to be about no one."""
    telling = {"email", "phone", "address", "to", "actor_id"}
    found = {
        label for label in NOT_PERSONAL if telling & {field.name for field in apps.get_model(label)._meta.get_fields()}
    }

    assert found == set()
