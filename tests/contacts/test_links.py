"""Addresses of rows that a page leads to by the hundred."""

from uuid import uuid4

import pytest
from django.test.utils import override_script_prefix
from django.urls import reverse

from outreach.links import path_of


@pytest.mark.parametrize("name", ["workspace:person", "workspace:followup_done", "events_workspace:event"])
def test_the_page_of_a_row_is_where_django_says_it_is(name):
    keys = [uuid4(), uuid4()]

    assert [path_of(name, key) for key in keys] == [reverse(name, args=[key]) for key in keys]


def test_a_workspace_that_moves_under_a_prefix_takes_its_addresses_with_it():
    key = uuid4()
    path_of("workspace:person", key)

    with override_script_prefix("/inside/"):
        assert path_of("workspace:person", key) == reverse("workspace:person", args=[key])
