from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    name = "contacts"
    label = "contacts"

    def ready(self):
        from contacts import menu
        from contacts.services.linking import contact_links
        from events.seams import register_contact_links
        from outreach.accounts.models import WORKSPACE_ROLES
        from outreach.design.menu import MenuItem, register

        officers = menu.READERS
        register(MenuItem(10, _("Today"), "workspace:today", "home", roles=WORKSPACE_ROLES))
        register(MenuItem(20, _("People"), "workspace:people", "persons", roles=officers))
        register(MenuItem(30, _("Organisations"), "workspace:organisations", "business", roles=officers))
        register(MenuItem(40, _("Dialogues"), "workspace:dialogues", "forum", roles=officers))
        register(MenuItem(50, _("Follow-ups"), "workspace:followups", "list-check", menu.due_now, officers))
        register(MenuItem(70, _("Proposals"), "workspace:proposals", "how-to-reg", menu.proposed, officers))
        register_contact_links(contact_links)
