from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    label = "events"

    def ready(self):
        from events import doctor, invitation_mail, mail, mail_wording, navigation, searching
        from events.door import sql
        from events.door.dialogue import sql as dialogue_sql
        from events.door.form import sql as form_sql
        from events.door.invited import sql as invited_sql
        from events.door.mails import sql as mails_sql
        from events.door.materials import sql as materials_sql
        from events.door.own import sql as own_sql
        from events.retention import RULES
        from events.services import coming, planning, reminders, replies, swapping, waiting_list
        from outreach.accounts import duties
        from outreach.doctor import registry
        from outreach.mail import gate, incoming, kinds, mailboxes
        from outreach.privacy import retention
        from outreach.queue import periodic
        from outreach.wall import functions

        registry.register(doctor.of_seats)
        duties.register(duties.Duty(_("Coming events"), planning.to_come_of))
        for group in mail.GROUPS:
            kinds.register_group(group)
        mailboxes.serve(mailboxes.Pages(choose="mails:choose", stop="mails:stop"))
        for kind in [*mail.KINDS, *invitation_mail.KINDS, *mail.DIALOGUE_KINDS, *mail.MAILBOX_KINDS, *mail.FORM_KINDS]:
            kinds.register(kind)
        gate.register_rule(mail.no_longer_so, when_sent=True)
        periodic.register("events.expire_offers", timedelta(minutes=5), waiting_list.expire_offers)
        periodic.register("events.expire_swaps", timedelta(minutes=5), swapping.expire)
        periodic.register("events.release_held_seats", timedelta(minutes=5), waiting_list.release_held_seats)
        periodic.register("events.ask_who_comes", timedelta(minutes=15), coming.ask_where_it_is_time)
        periodic.register("events.send_reminders", timedelta(minutes=15), reminders.send_due)
        periodic.register("events.release_silent", timedelta(minutes=15), coming.release_silent)
        periodic.register("events.offer_forgotten_seats", timedelta(hours=1), waiting_list.offer_forgotten_seats)
        mail_wording.register()
        incoming.register(replies.READER)
        for rule in RULES:
            retention.register(rule)
        doors = (sql, dialogue_sql, mails_sql, invited_sql, own_sql, materials_sql, form_sql)
        functions.SOURCES.extend(door.FUNCTIONS for door in doors)
        navigation.register()
        searching.register()
