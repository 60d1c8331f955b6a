from pathlib import Path

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContactsConfig(AppConfig):
    name = "contacts"
    label = "contacts"

    def ready(self):
        self.offer_in_the_menu()
        self.answer_other_rooms()
        self.send_mail()
        self.prepare_the_database()

    def offer_in_the_menu(self):
        from contacts import menu
        from outreach.design.menu import MenuItem, register

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

    def answer_other_rooms(self):
        """What the events and the ground floor ask of contacts, which they may not import."""
        from contacts import retention
        from contacts.forms.subjects import subject_fields
        from contacts.services import invitees, subjects
        from contacts.services.choosing import log_link
        from contacts.services.duties import contacts_of, follow_ups_of
        from contacts.services.linking import contact_links
        from events.inviting_seams import register_contacts
        from events.seams import PlanningPart, register_contact_links, register_event_links, register_planning_part
        from outreach.accounts import duties
        from outreach.privacy import retention as retention_rules

        duties.register(duties.Duty(_("Contacts"), contacts_of))
        duties.register(duties.Duty(_("Open follow-ups"), follow_ups_of))
        register_contact_links(contact_links)
        register_contacts(invitees)
        register_event_links(log_link)
        register_planning_part(PlanningPart(subject_fields, subjects.keep, subjects.told, subjects.copy))
        for rule in retention.RULES:
            retention_rules.register(rule)

    def send_mail(self):
        from contacts import mail, mail_wording, menu
        from contacts.services import daily_mail
        from contacts.services.channels import wants_no_mail
        from outreach.accounts import choices
        from outreach.mail import gate, kinds
        from outreach.queue import periodic

        gate.register_rule(wants_no_mail)
        gate.register_rule(daily_mail.too_late)
        for kind in mail.KINDS:
            kinds.register(kind)
        mail_wording.register()
        periodic.register("contacts.daily_mail", daily_mail.EVERY, daily_mail.begin)
        in_the_morning = _("Daily mail about what waits for you")
        choices.register(choices.Choice(in_the_morning, _("Choose yes or no"), "workspace:daily_mail", menu.READERS))

    def prepare_the_database(self):
        from contacts import days_of_talks
        from contacts.finding import index
        from outreach.wall import functions

        functions.SOURCES += [Path(__file__).parent / "sight.sql", index.FUNCTIONS]
        post_migrate.connect(index.renew, sender=self)
        pre_migrate.connect(days_of_talks.rest, sender=self)
        post_migrate.connect(days_of_talks.renew, sender=self)
