"""Screens that ask once more before anything is saved, or say that something is not theirs to choose.

Each needs two things that happen to meet: what the demonstration has none of is made.
"""

from typing import Any

from contacts.models import Affiliation, Dialogue, Organisation, Person
from events.models import Correction, DialogueRequest, Registration
from outreach.accounts.models import Role, User
from tools.day_screens import free_invitation, registration
from tools.samples import Samples
from tools.screen import Inside, press, unfold, workspace

NAMESAKE = "Foreningen Åben Dør"


def member_among_namesakes(samples: Samples) -> Organisation:
    """An organisation, where two others have one name."""
    member = Organisation.objects.visible_to(samples.officer).order_by("pk")[0]
    kept = {"kind": member.kind, "source": member.source, "purpose": member.purpose}
    for owner in User.objects.filter(role=Role.OFFICER).order_by("pk")[:2]:
        Organisation.objects.get_or_create(name=NAMESAKE, owner=owner, defaults=kept)
    return member


def name_both(page: Any) -> None:
    """As the umbrella, without saying which of them."""
    page.locator("[name=umbrella_name]").fill(NAMESAKE)
    press(page)


def taken(samples: Samples) -> Affiliation:
    """A role that somebody else than the person at hand holds."""
    held = Affiliation.objects.visible_to(samples.officer).current().exclude(person=samples.person)
    return held.exclude(organisation__affiliations__person=samples.person).order_by("pk")[0]


def wants_a_role(samples: Samples) -> Registration:
    """Somebody registered who writes that they hold it."""
    row, role = registration(samples), taken(samples)
    written = {"organisation": role.organisation.name, "role": role.role, "folded_key": "wants-a-role"}
    told = {"event": row.event, "name": samples.person.name, "email": "ny@example.org", "status": row.status}
    return Registration.objects.get_or_create(**told, defaults=written | {"created_at": samples.now})[0]


def corrects_to_a_role(samples: Samples) -> Correction:
    told = {"name": samples.person.name, "role": taken(samples).role, "email": "ny@example.org"}
    defaults = told | {"created_at": samples.now}
    return Correction.objects.get_or_create(registration=wants_a_role(samples), defaults=defaults)[0]


def against_the_person(samples: Samples) -> str:
    return f"?person={samples.person.pk}"


def invitation_of_somebody_known(samples: Samples) -> DialogueRequest:
    """From the mailbox of a person, with another number."""
    found, person = free_invitation(samples), known_by_mail(samples)
    DialogueRequest.objects.filter(pk=found.pk).update(name=person.name, email=person.email, phone="+45 00 00 00 99")
    return found


def known_by_mail(samples: Samples) -> Person:
    return Person.objects.visible_to(samples.officer).exclude(email="").order_by("pk")[0]


def choose_the_person(page: Any) -> None:
    """Say yes: what they wrote is asked about, beside what we hold."""
    page.locator("main form[method=post] button.button-primary").click()
    page.wait_for_load_state()


def anothers_note(samples: Samples) -> Dialogue:
    """A dialogue the officer may correct, with a note a colleague wrote."""
    own = Dialogue.objects.visible_to(samples.officer).with_officer(samples.officer).written_by(samples.officer)
    found, colleague = own.order_by("pk")[0], User.objects.filter(role=Role.OFFICER).exclude(pk=samples.officer.pk)[0]
    found.note, found.note_by, found.note_readers = "Ring først til formanden.", colleague, "named"
    found.save(update_fields=["note", "note_by", "note_readers"])
    found.note_named.set([samples.officer])
    return found


ASKING = workspace(
    ("organisation-namesakes", Inside("workspace:edit_organisation", member_among_namesakes), name_both),
    ("proposal-gives-way", Inside("workspace:compare_proposal", wants_a_role, against_the_person)),
    ("correction-gives-way", Inside("workspace:compare_correction", corrects_to_a_role, against_the_person)),
    ("invitation-compare", Inside("workspace:invitation", invitation_of_somebody_known), choose_the_person),
    ("dialogue-anothers-note", Inside("workspace:edit_dialogue", anothers_note), unfold),
)
