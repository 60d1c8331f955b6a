"""Wagtail's admin and the files, address by address as each role: the areas of the matrix."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import get_resolver, resolve, reverse

from outreach.accounts.models import User
from tests.matrix import AREAS, GROUPS, INSIDE, ROLES, area_of
from tests.routes import routes, sample_path

pytestmark = pytest.mark.once  # what opens for a role is decided before the database is asked
URLCONF = "outreach.urls.internal"


def addresses(*, of_group=None):
    """The addresses outside the pages, each with the group its area is for."""
    for path in (sample_path(route) for route in routes(get_resolver(URLCONF))):
        if not path[1:].startswith(INSIDE):
            group = AREAS[area_of(path[1:])]["for"]
            if of_group in (None, group):
                yield path, group


def refusal(path, user):
    """How an address refuses somebody: the kind of error; None where it goes on to answer."""
    request = RequestFactory().get(path)
    request.user = user
    view, args, kwargs = resolve(path, URLCONF)
    try:
        view(request, *args, **kwargs)
    except (PermissionDenied, Http404) as refused:
        return type(refused)
    return None


@pytest.mark.parametrize("role", ROLES)
def test_an_area_refuses_every_role_it_is_not_for_at_each_of_its_addresses(db, role):
    user = User.objects.create_user("kim@example.org", name="Kim", role=ROLES[role])
    editing = role in GROUPS["those who edit the public site"]
    shut = [path for path, group in addresses() if group not in ("anyone", "nobody") and role not in GROUPS[group]]

    # An editor is led back to the front of the admin, by Wagtail's own check of the permission.
    wrong = [path for path in shut if not editing and refusal(path, user) is not PermissionDenied]

    assert wrong == []
    assert bool(shut) == (role != "administrator")


def test_what_is_closed_is_not_there_for_anybody(db):
    administrator = User.objects.create_user("kim@example.org", name="Kim", role="administrator", is_superuser=True)
    closed = [path for path, _group in addresses(of_group="nobody")]

    assert len(closed) > 40
    assert [path for path in closed if refusal(path, administrator) is not Http404] == []
    assert [path for path in closed if refusal(path, AnonymousUser()) is not Http404] == []


@pytest.mark.parametrize(("role", "opens"), [("editor", False), ("administrator", True)])
def test_old_addresses_are_for_administrators_alone(client, db, role, opens):
    client.force_login(User.objects.create_user("kim@example.org", name="Kim", role=role))

    for path in ("/admin/redirects/", "/admin/redirects/add/"):
        answer = client.get(path)
        led_back = answer.status_code == 302 and answer.url == reverse("wagtailadmin_home")
        assert (answer.status_code == 200, led_back) == (opens, not opens)
