"""Editors at their browsers, and what their forms send."""

from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, Site, TaskState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from content.models import HomePage
from outreach.accounts.models import Role, User

BODY = [
    ("heading", "En overskrift"),
    ("text", rich_text("<p>Det, redaktøren skrev.</p>", features=["bold", "link"])),
]


def typed(**fields):
    """What the editor's form sends for a guidance page."""
    audiences = fields.pop("audiences", ["relative", "teacher"])
    form = nested_form_data(
        {
            "title": "Ny titel",
            "slug": "ny",
            "lead": "Ny indledning.",
            "search_description": "Kort.",
            "danger": "on",
            "checked_on": "2026-11-03",
            "body": streamfield(fields.pop("body", BODY)),
            "sources": streamfield([("source", {"title": "PET", "date": "2016", "url": ""})]),
            **fields,
        }
    )
    return {**form, "audiences": audiences, "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}


def front_page(language="da"):
    """The front page of the site with nothing below it."""
    home = HomePage(title="Forside", slug=f"home-{language}", headline="Hvem?", lead="Du kan ringe.")
    home.locale = Locale.objects.get(language_code=language)
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.update(root_page=home)
    Site.clear_site_root_paths_cache()
    return home


class Editor:
    """Somebody with a role, signed in at a browser of their own."""

    def __init__(self, name, role=Role.EDITOR):
        self.user = User.objects.create_user(f"{name.lower()}@example.dk", name=name, role=role)
        self.client = Client()
        self.client.force_login(self.user, backend="outreach.accounts.roles.RoleBackend")

    def edit(self, page, **fields):
        """Send the form of a page; ``action_publish=1`` presses that button."""
        fields = {name.replace("action_", "action-"): value for name, value in fields.items()}
        return self.client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed(**fields))

    def ask(self, page, **fields):
        """Save the page and ask a colleague to review it."""
        return self.edit(page, action_submit="1", **fields)

    def answer(self, page, action="approve", **data):
        """Answer the review from the list of what waits, without opening the form."""
        state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id=str(page.pk))
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
        return self.client.post(address, data)

    def sees(self, page):
        return self.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
