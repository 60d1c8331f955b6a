"""What the worker does after a change. Every task can run twice: it acts on the state it finds."""

from contacts.models import Dialogue
from contacts.services.rhythm import keep_rhythm
from outreach.queue.tasks import task


@task()
def dialogue_corrected(dialogue_id: str) -> None:
    """Keep the rhythm of everybody who was there, also of those whose rows the one who corrected it never met."""
    if dialogue := Dialogue.objects.filter(pk=dialogue_id).first():
        keep_rhythm([*dialogue.people.all(), *dialogue.organisations.all()])
