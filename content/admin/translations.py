"""Telling editors which translations may be behind, and hearing from them that one is still right."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from content.services.translations import STILL_RIGHT, find_still_right, outdated

MOST = 20  # as many as one reads on a front page; the list of pages marks every one


@require_POST
def still_right(request: HttpRequest, page_id: int) -> HttpResponse:
    """The button under "the Danish page is newer": from now on the translation counts as fitting."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    find_still_right(page, user=request.user)
    messages.success(request, _("The translation “%(title)s” is still right.") % {"title": page.draft_title})
    return redirect("wagtailadmin_pages:edit", page_id)


class OutdatedTranslations(Component):
    """On the front page of the admin: the translations to look at, the newest change first."""

    name = "outdated_translations"
    template_name = "content/admin/outdated_translations.html"
    order = 150

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        pages = list(outdated().select_related("locale")[: MOST + 1])
        return {"pages": pages[:MOST], "more": len(pages) > MOST}


@hooks.register("construct_homepage_panels")
def outdated_translations(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(OutdatedTranslations())


@hooks.register("register_admin_urls")
def urls() -> list:
    return [path("translations/<int:page_id>/still-right/", still_right, name="content_translation_still_right")]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        STILL_RIGHT, gettext_lazy("Find the translation right"), gettext_lazy("Found the translation still right")
    )
