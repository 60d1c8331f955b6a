from pathlib import Path

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContactsConfig(AppConfig):
    name = "contacts"
    label = "contacts"

    def ready(self):
        from contacts import mail, menu, retention
        from contacts.finding import index
        from contacts.services import daily_mail
        from contacts.services.channels import wants_no_mail
        from contacts.services.choosing import log_link
        from contacts.services.linking import contact_links
        from events.seams import register_contact_links, register_event_links
        from outreach.accounts import choices
        from outreach.design.menu import MenuItem, register
        from outreach.mail import gate, kinds
        from outreach.privacy import retention as retention_rules
        from outreach.queue import periodic
        from outreach.wall import functions

        functions.SOURCES.append(Path(__file__).parent / "sight.sql")
        officers, thumb, both = menu.READERS, frozenset({"tabbar"}), frozenset({"tabs", "tabbar"})
        register(MenuItem(10, _("Today"), "workspace:today", "home", roles=officers, places=both))
        register(MenuItem(20, _("People"), "workspace:people", "persons", roles=officers, places=both))
        register(MenuItem(30, _("Organisations"), "workspace:organisations", "business", roles=officers))
        register(MenuItem(40, _("Dialogues"), "workspace:dialogues", "forum", roles=officers))
        register(MenuItem(45, pgettext_lazy("verb", "Log"), "workspace:log", "plus", roles=officers, places=thumb))
        register(MenuItem(50, _("Follow-ups"), "workspace:followups", "list-check", menu.due_now, officers, both))
        register(MenuItem(70, _("Proposals"), "workspace:proposals", "how-to-reg", menu.proposed, officers))
        register(MenuItem(80, _("Search"), "workspace:search", "search", roles=officers, places=thumb | {"search"}))
        keepers, menu_only = menu.KEEPERS, frozenset({"sheet"})
        register(
            MenuItem(90, _("Words the forms ask about"), "workspace:words", "info", roles=keepers, places=menu_only)
        )
        words = MenuItem(91, _("Vocabulary"), "workspace:vocabulary", "list-check", roles=keepers, places=menu_only)
        register(words)
        register_contact_links(contact_links)
        register_event_links(log_link)
        gate.register_rule(wants_no_mail)
        gate.register_rule(daily_mail.too_late)
        for kind in mail.KINDS:
            kinds.register(kind)
        periodic.register("contacts.daily_mail", daily_mail.EVERY, daily_mail.begin)
        in_the_morning = _("Daily mail about what waits for you")
        choices.register(choices.Choice(in_the_morning, _("Choose yes or no"), "workspace:daily_mail", officers))
        functions.SOURCES.append(index.FUNCTIONS)
        post_migrate.connect(index.renew, sender=self)
        for rule in retention.RULES:
            retention_rules.register(rule)
