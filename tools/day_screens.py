"""The screens of the day: what waits, what we promised, what visitors propose, the search, and our own words."""

from typing import Any

from contacts.models import Dialogue, FollowUp, Initiative, OrganisationKind, RelationshipKind, Topic
from events.models import Correction, DialogueRequest, Registration
from outreach.accounts.models import User
from tools import leading
from tools.contact_screens import the_person
from tools.samples import Samples
from tools.screen import Inside, as_lead, mine, press, workspace


def own_promise(samples: Samples) -> FollowUp:
    return FollowUp.objects.visible_to(samples.officer).owned_by(samples.officer).open()[0]


def kept_promise(samples: Samples) -> FollowUp:
    return FollowUp.objects.visible_to(samples.officer).owned_by(samples.officer).done()[0]


def registration(samples: Samples) -> Registration:
    return Registration.objects.visible_to(samples.officer).live().filter(event__starts_at__gt=samples.now)[0]


def correction(samples: Samples) -> Correction:
    """From somebody registered for the officer's event, who may be a person they see."""
    row, person = registration(samples), samples.person
    told = {"name": person.name, "email": "ny.adresse@example.org", "phone": "00 00 00 12", "role": "kasserer"}
    found = Correction.objects.waiting().filter(registration=row).first()
    return found or Correction.objects.create(registration=row, created_at=samples.now, **told)


def against_the_person(samples: Samples) -> str:
    """Who is looked at elsewhere."""
    return f"?person={samples.person.pk}"


def free_invitation(samples: Samples) -> DialogueRequest:
    return DialogueRequest.objects.visible_to(samples.officer).waiting().filter(handler=None)[0]


def say_yes(page: Any) -> None:
    """Without saying what kind of organisation it is."""
    page.locator("main form[method=post] button.button-primary").click()
    page.wait_for_load_state()


def hand_it_over_meanwhile(page: Any) -> None:
    """As if somebody had given the follow-up to a colleague since the page was made; afterwards it is as before."""
    row = FollowUp.objects.get(pk=page.url.split("/")[-3])
    owner, colleague = row.owner_id, User.objects.exclude(pk=row.owner_id).filter(role=row.owner.role)[0]
    page.locator("main [name=reason]").fill("Foreningen vil hellere have det på papir.")
    FollowUp.objects.filter(pk=row.pk).update(owner=colleague)
    press(page)
    FollowUp.objects.filter(pk=row.pk).update(owner=owner)


def first(model: Any) -> Any:
    return lambda samples: model.objects.order_by("pk")[0]


def an_initiative(samples: Samples) -> Initiative:
    """The demonstration has none: they are the plan's."""
    names = {"name_da": "Dialog med foreninger", "name_en": "Dialogue with associations"}
    wanted = {"priority": Initiative.Priority.CIVIL_SOCIETY, **names}
    return Initiative.objects.first() or Initiative.objects.create(number=1, **wanted)


DAY = workspace(
    ("today", Inside("workspace:today")),
    ("search-inside", Inside("workspace:search", query="?q=aarhus")),
    ("search-inside-nothing", Inside("workspace:search", query="?q=zzz")),
    ("followups", Inside("workspace:followups")),
    ("followups-day", Inside("workspace:followups", query="?whose=day")),
    ("followups-team", Inside("workspace:followups", query="?whose=team")),
    ("followups-done", Inside("workspace:followups", query="?whose=done")),
    ("followup", Inside("workspace:followup", own_promise)),
    ("followup-done", Inside("workspace:followup", kept_promise)),
    ("followup-put-off", Inside("workspace:followup_put_off", own_promise)),
    ("followup-outcome", Inside("workspace:followup_outcome", own_promise)),
    ("followup-handed-over", Inside("workspace:followup_put_off", own_promise), hand_it_over_meanwhile),
    ("followup-new", Inside("workspace:new_person_followup", the_person)),
    ("dialogue-followup", Inside("workspace:new_dialogue_followup", mine(Dialogue))),
    ("proposals", Inside("workspace:proposals")),
    ("proposal", Inside("workspace:proposal", registration)),
    ("proposal-compare", Inside("workspace:compare_proposal", registration, against_the_person)),
    ("correction", Inside("workspace:correction", correction)),
    ("correction-compare", Inside("workspace:compare_correction", correction, against_the_person)),
    ("correction-refuse", Inside("workspace:refuse_correction", correction)),
    ("proposals-corrections", Inside("workspace:proposals")),
    ("invitation", Inside("workspace:invitation", free_invitation)),
    ("invitation-mistakes", Inside("workspace:invitation", free_invitation), say_yes),
    ("invitation-decline", Inside("workspace:decline_invitation", free_invitation)),
    ("words", as_lead("workspace:words"), leading.end),
    ("vocabulary", as_lead("workspace:vocabulary"), leading.end),
    ("topic-new", as_lead("workspace:new_topic"), leading.end),
    ("topic", as_lead("workspace:topic", first(Topic)), leading.end),
    ("initiative-new", as_lead("workspace:new_initiative"), leading.end),
    ("initiative", as_lead("workspace:initiative", an_initiative), leading.end),
    ("relationship-kind-new", as_lead("workspace:new_relationship_kind"), leading.end),
    ("relationship-kind", as_lead("workspace:relationship_kind", first(RelationshipKind)), leading.end),
    ("organisation-kind-new", as_lead("workspace:new_organisation_kind"), leading.end),
    ("organisation-kind", as_lead("workspace:organisation_kind", first(OrganisationKind)), leading.end),
)
