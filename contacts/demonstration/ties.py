"""Demonstration relationships, and channels not to use."""

from datetime import date, timedelta

from contacts.demonstration.contacts import MONTH, Loaded
from contacts.demonstration.files import key, read
from contacts.models import Organisation, Person, Refusal, Relationship, RelationshipKind


def load_ties(loaded: Loaded) -> None:
    ties = read("ties")
    kinds = {kind.label_da: kind for kind in RelationshipKind.objects.all()}
    for facts in ties["relationships"]:
        relationship = Relationship(
            id=key("relationship", facts["first"], facts["kind"], facts["second"]),
            kind=kinds[facts["kind"]],
            started_on=_month(loaded, facts["months"]),
            ended_on=_month(loaded, facts["ended"]) if "ended" in facts else None,
            note=facts.get("note", ""),
        )
        relationship.put_ends(_contact(loaded, facts["first"]), _contact(loaded, facts["second"]))
        relationship.save()
    for facts in ties["refusals"]:
        contact = _contact(loaded, facts["contact"])
        Refusal.objects.create(
            **{contact._meta.model_name: contact},
            channel=facts["channel"],
            since=loaded.today - timedelta(days=facts["since"]),
            why=facts.get("why", ""),
        )


def _contact(loaded: Loaded, name: str) -> Person | Organisation:
    return loaded.people.get(name) or loaded.organisations[name]


def _month(loaded: Loaded, ago: int) -> date:
    return (loaded.today - ago * MONTH).replace(day=1)
