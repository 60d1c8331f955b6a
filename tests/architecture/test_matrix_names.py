"""Every address of the workspace stands in the matrix of roles, every model about contacts in the second lock."""

import pytest
from django.urls import get_resolver

from outreach.privacy.inventory import INVENTORY
from outreach.wall.inside import INSIDE
from outreach.wall.tables import concrete_models
from tests.matrix import (
    AREAS,
    FILE,
    GROUPS,
    KEYS,
    KEYS_OF_AREA,
    PAGES,
    READ,
    ROLES,
    SIGNED_OUT,
    SITUATIONS,
    addresses,
    area_of,
    wanted,
)
from tests.matrix import INSIDE as INSIDE_OF_PAGES
from tests.routes import routes, sample_path


def test_every_address_has_a_row():
    rows = "\n".join(wanted(name, path) for name, path in addresses() if name not in PAGES)

    assert not rows, f"Add to {FILE.name}, under the heading where it belongs, and say who may open it:\n{rows}"


def test_no_row_outlives_its_address():
    assert PAGES.keys() - {name for name, _path in addresses()} == set()


def test_the_groups_are_made_of_roles():
    assert {role for group in GROUPS.values() for role in group} <= {*ROLES, SIGNED_OUT}


def test_every_role_is_described_in_words():
    assert READ["roles"].keys() == ROLES.keys()


def test_every_other_address_lies_in_an_area():
    paths = [sample_path(route)[1:] for route in routes(get_resolver("outreach.urls.internal"))]
    others = [path for path in paths if not path.startswith(INSIDE_OF_PAGES)]

    assert len(others) > 200
    assert [path for path in others if not area_of(path)] == []
    assert AREAS.keys() - {area_of(path) for path in others} == set()
    assert all(row.keys() == KEYS_OF_AREA and row["for"] in GROUPS for row in AREAS.values())


@pytest.mark.parametrize("name", PAGES)
def test_a_row_says_what_the_page_is_whom_it_opens_for_and_whose_rows(name):
    row = PAGES[name]
    path = dict(addresses())[name]

    assert row.keys() <= KEYS
    assert row["for"] in GROUPS
    assert row["page"]
    if "about" in row:
        assert {row[situation] for situation in SITUATIONS} <= {"opens", "not there"}
    assert ("about" in row) == ("<" in path and not name.startswith("account")), "an address with a key is about a row"


def about_contacts(model):
    """Whether the model, or the one whose relation it joins, has a row in the data inventory."""
    owner = model._meta.auto_created or model
    return model._meta.app_label == "contacts" and owner._meta.label in INVENTORY


def test_every_model_about_contacts_has_a_rule_in_the_second_lock():
    missing = {label for label, model in concrete_models().items() if about_contacts(model)} - INSIDE.keys()

    assert not missing, f"Say in outreach/wall/inside.py which rows a colleague meets: {', '.join(sorted(missing))}"


def test_no_rule_of_the_second_lock_outlives_its_model():
    assert INSIDE.keys() - concrete_models().keys() == set()
