"""The Wagtail admin: whom it opens for, and what of it is closed to all."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.admin.menu import help_menu, reports_menu, settings_menu
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from outreach.accounts.models import EDITING_ROLES, Role, User
from outreach.design.models import Demonstration

PRIVATE = {"restriction_type": "login"}


@pytest.mark.parametrize("role", Role)
def test_it_opens_for_editors_and_administrators_only(colleague, role):
    kim = colleague(role)
    kim.sign_in()

    assert kim.client.get("/admin/").status_code == (200 if role in EDITING_ROLES else 403)


def test_the_groups_of_an_editor_go_with_the_role(colleague):
    kim = colleague(Role.EDITOR)
    kim.sign_in()
    kim.user.role = Role.OFFICER
    kim.user.save()

    assert kim.client.get("/admin/").status_code == 403
    assert not User.objects.get().groups.exists()
    assert not User.objects.get().is_staff


def test_a_forgotten_permission_does_not_open_it(colleague):
    """A role speaks louder than a flag somebody set."""
    kim = colleague(Role.OFFICER)
    User.objects.update(is_superuser=True, is_staff=True)
    kim.sign_in()

    assert kim.client.get("/admin/").status_code == 403


def test_an_editor_works_on_pages_without_further_rights(colleague):
    kim = colleague(Role.EDITOR)

    may = Page.get_first_root_node().permissions_for_user(kim.user)
    assert may.can_reorder_children()
    assert kim.user.has_perm("wagtailadmin.access_admin")
    assert not kim.user.has_perm("accounts.change_user")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/admin/login/?next=/admin/", "account_login"),
        ("/admin/password_reset/", "account_reset_password"),
        ("/admin/password_reset/confirm/MQ/abc-def/", "account_reset_password"),
        ("/admin/account/", "mfa_index"),
    ],
)
def test_wagtails_own_sign_in_pages_lead_to_ours(db, client, path, name):
    assert client.get(path).url.partition("?")[0] == reverse(name)
    assert client.post(path, {"username": "x", "password": "y"}).url.partition("?")[0] == reverse(name)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/users/",
        "/admin/users/new/",
        "/admin/groups/",
        "/admin/bulk/accounts/user/delete/",
        "/admin/pages/1/privacy/",
        "/admin/collections/1/privacy/",
        "/admin/collections/",
        "/admin/sites/",
        "/admin/workflows/list/",
        "/admin/workflows/tasks/index/",
        "/admin/embeds/chooser/",
        "/admin/embeds/chooser/upload/",
        "/admin/images/1/generate_url/",
        "/admin/images/1/preview/original/",
        "/admin/redirects/import/",
        "/admin/api/main/pages/1/action/publish/",
    ],
)
def test_what_this_project_does_not_offer_is_not_there(colleague, path):
    kim = colleague(Role.ADMINISTRATOR, is_superuser=True)
    kim.sign_in()

    assert kim.client.get(path).status_code == 404
    assert kim.client.post(path, PRIVATE).status_code == 404


@pytest.mark.once
@pytest.mark.parametrize(
    ("role", "menu"),
    [
        (Role.EDITOR, {"aging-pages", "site-history"}),
        (
            Role.ADMINISTRATOR,
            {
                "aging-pages",
                "locked-pages",
                "page-types-usage",
                "redirects",
                "site-history",
                "workflow-tasks",
                "workflows",
            },
        ),
    ],
)
def test_each_role_finds_what_it_needs_and_no_more(colleague, role, menu, rf):
    request = rf.get("/admin/")
    request.user = colleague(role).user

    shown = {item.name for menu in (settings_menu, reports_menu) for item in menu.menu_items_for_request(request)}

    assert shown == menu
    assert [item.url for item in help_menu.menu_items_for_request(request)] == ["#"]


@pytest.mark.parametrize("role", Role)
def test_only_an_administrator_says_where_old_addresses_lead(colleague, role):
    kim = colleague(role)
    kim.sign_in()

    assert (kim.client.get("/admin/redirects/").status_code == 200) == (role == Role.ADMINISTRATOR)


def test_no_page_and_no_collection_can_be_made_private(db):
    with pytest.raises(PermissionDenied):
        PageViewRestriction.objects.create(page=Page.get_first_root_node(), **PRIVATE)
    with pytest.raises(PermissionDenied):
        CollectionViewRestriction.objects.create(collection=Collection.get_first_root_node(), **PRIVATE)


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.ADMINISTRATOR, "wagtailadmin_home"),
        (Role.EDITOR, "wagtailadmin_home"),
        (Role.OFFICER, "workspace:today"),
        (Role.TEAM_LEAD, "workspace:today"),
        (Role.AUDITOR, "mfa_index"),
        (Role.DATA_PROTECTION_OFFICER, "registers:list"),
    ],
)
def test_the_start_page_is_that_of_the_role(colleague, role, name):
    kim = colleague(role)
    kim.sign_in()

    assert kim.client.get(reverse("account_start")).url == reverse(name)
    assert kim.client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    ("name", "danish", "english"),
    [
        ("wagtailadmin_home", "Overblik", "Dashboard"),
        ("wagtailadmin_explore_root", "Sider i", "Exploring"),
    ],
)
def test_what_editors_see_daily_is_in_danish(colleague, name, danish, english):
    kim = colleague(Role.EDITOR)
    kim.sign_in()

    text = kim.client.get(reverse(name)).content.decode()
    title = text.partition("<title>")[2].partition("</title>")[0]
    assert danish in title
    assert english not in title


def test_the_line_of_the_demonstration_stands_there_too(colleague):
    kim = colleague(Role.EDITOR)
    kim.sign_in()
    line = "Demonstration. Ikke en myndigheds hjemmeside."

    assert line not in kim.client.get("/admin/").content.decode()
    Demonstration.objects.create(pk=1)
    assert line in kim.client.get("/admin/").content.decode()
