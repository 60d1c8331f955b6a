"""What editors do not need is not there. What could do harm is refused by address too (accounts/urls/shadow.py)."""

from wagtail import hooks
from wagtail.admin.forms.pages import CopyForm

from content.models.publicpage import PublicPage
from outreach.accounts.models import Role

# Reports that tell an administrator how the work goes, and an editor nothing the front page does not.
FOR_ADMINISTRATORS = {"locked-pages", "workflows", "workflow-tasks", "page-types-usage"}


@hooks.register("construct_reports_menu")
def reports_one_reads(request, menu_items):
    if request.user.role != Role.ADMINISTRATOR:
        menu_items[:] = [item for item in menu_items if item.name not in FOR_ADMINISTRATORS]


@hooks.register("construct_help_menu")
def help_in_the_house(request, menu_items):
    """Nothing that leads to another host, in English."""
    menu_items[:] = [item for item in menu_items if item.url == "#"]


class DraftCopyForm(CopyForm):
    """A copy is a draft, and a page of its own: it does not offer what the review would refuse."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)


PublicPage.copy_form_class = DraftCopyForm
