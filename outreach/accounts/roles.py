"""What a role brings along in the Wagtail admin. The role is the source; nobody hands out permissions one by one."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.snippets.models import get_snippet_models

from .models import EDITING_ROLES, Role, User

EDITORS = "Editors"
ON_PAGES = ["add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"]
ON_FILES = ["add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"]
ON_SNIPPETS = ["add", "change", "delete", "view", "publish", "lock", "unlock"]
BESIDES = ["wagtailadmin.access_admin", "simple_translation.submit_translation"]
# Old addresses lead anywhere an administrator says, also to other hosts.
ADMINISTRATORS_ONLY = frozenset(
    f"wagtailredirects.{action}_redirect" for action in ["add", "change", "delete", "view"]
)


@cache
def editing_permissions() -> frozenset[str]:
    """The admin itself, translating a page, and public reference data: everything registered as a snippet."""
    names = {
        f"{model._meta.app_label}.{action}_{model._meta.model_name}"
        for model in get_snippet_models()
        for action in ON_SNIPPETS
    }
    return frozenset(names.union(BESIDES))


def permissions_of(role: str) -> frozenset[str]:
    """What the role may do in the Wagtail admin, besides pages and files (``editors``).

    Publishing a page is no permission of anyone: a second person does it (content/models/secondperson.py).
    """
    if role not in EDITING_ROLES:
        return frozenset()
    return editing_permissions() | (ADMINISTRATORS_ONLY if role == Role.ADMINISTRATOR else frozenset())


class RoleBackend(AuthenticationBackend):
    """Signs in by e-mail and password, and answers for the permissions a role implies."""

    def has_perm(self, user_obj, perm, obj=None):
        if user_obj.is_active and perm in permissions_of(user_obj.role):
            return True
        return super().has_perm(user_obj, perm, obj=obj)


def editors() -> Group:
    """The group through which Wagtail opens every page and every file to an editor; made when missing."""
    group, _ = Group.objects.get_or_create(name=EDITORS)
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=ON_PAGES):
        GroupPagePermission.objects.get_or_create(group=group, page=Page.get_first_root_node(), permission=permission)
    for permission in Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=ON_FILES
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    return group


@receiver(post_save, sender=User)
def follow_role(instance: User, update_fields=None, raw=False, **signal) -> None:
    """Let the groups be those of the role after every change of it, no more and no less."""
    if raw or (update_fields is not None and "role" not in update_fields):
        return
    instance.groups.set([editors()] if instance.role in EDITING_ROLES else [])
