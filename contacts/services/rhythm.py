"""The rhythm of contact: when we last talked, and who has gone quiet."""

from collections.abc import Iterable

from django.db.models import Max

from contacts.models import Organisation, Person


def keep_rhythm(contacts: Iterable[Person | Organisation]) -> None:
    """Hold each contact's last talk, and the day to talk next, against the dialogues that count.

    An organisation's are those it stands in itself: a talk with its chair counts when it is shown with it.
    """
    for contact in contacts:
        contact.last_dialogue_on = contact.dialogues.talks().aggregate(last=Max("date"))["last"]
        contact.talk_by = contact.next_talk()
        type(contact)._base_manager.filter(pk=contact.pk).update(
            last_dialogue_on=contact.last_dialogue_on, talk_by=contact.talk_by
        )
