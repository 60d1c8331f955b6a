"""The screens of people and organisations: lists, pages, forms, roles, relationships, who may see them."""

from typing import Any

from contacts.models import Affiliation, Organisation, Person, Relationship
from tools.samples import Samples
from tools.screen import Inside, mine, owned, press, workspace


def the_person(samples: Samples) -> Person:
    return samples.person


def the_organisation(samples: Samples) -> Organisation:
    return samples.organisation


def held_role(samples: Samples) -> Affiliation:
    return Affiliation.objects.visible_to(samples.officer).current().order_by("pk")[0]


def somebody_else(samples: Samples) -> Person:
    """Without a role where somebody else has one."""
    there = held_role(samples).organisation
    return Person.objects.visible_to(samples.officer).exclude(affiliations__organisation=there)[0]


def where_it_is_held(samples: Samples) -> str:
    return f"?organisation={held_role(samples).organisation_id}"


def give_role_again(page: Any) -> None:
    page.locator("[name=role]").fill("formand")
    press(page)


def two_organisations(samples: Samples) -> list[Organisation]:
    return list(Organisation.objects.visible_to(samples.officer).order_by("pk")[:2])


def first_organisation(samples: Samples) -> Organisation:
    return two_organisations(samples)[0]


def to_the_second(samples: Samples) -> str:
    return f"?other=organisation:{two_organisations(samples)[1].pk}"


CONTACTS = workspace(
    ("people", Inside("workspace:people")),
    ("people-filtered", Inside("workspace:people", query="?rhythm=quiet")),
    ("people-narrowed", Inside("workspace:people", query="?last=within-365&language=da")),
    ("people-none", Inside("workspace:people", query="?q=zzz")),
    ("people-sheet", Inside("workspace:export_people", query="?rhythm=quiet")),
    ("people-sheet-mistakes", Inside("workspace:export_people"), press),
    ("people-view", Inside("workspace:save_people_view", query="?rhythm=quiet&sort=-last")),
    ("people-view-mistakes", Inside("workspace:save_people_view", query="?rhythm=quiet"), press),
    ("person", Inside("workspace:person", the_person)),
    ("person-timeline", Inside("workspace:person", the_person, query="?kind=dialogue&from=2026-01-01")),
    ("person-edit", Inside("workspace:edit_person", the_person)),
    ("person-new", Inside("workspace:new_person")),
    ("person-mistakes", Inside("workspace:new_person"), press),
    ("person-access", Inside("workspace:person_access", owned(Person))),
    ("person-access-restricted", Inside("workspace:person_access", the_person)),
    ("person-readers", Inside("workspace:person_readers", owned(Person))),
    ("role-new", Inside("workspace:new_role", mine(Person))),
    ("role-edit", Inside("workspace:edit_role", mine(Affiliation))),
    ("role-end", Inside("workspace:end_role", mine(Affiliation, ended_on=None))),
    ("role-taken", Inside("workspace:new_role", somebody_else, where_it_is_held), give_role_again),
    ("quiet", Inside("workspace:quiet", query="?whose=all")),
    ("not-informed", Inside("workspace:uninformed", query="?whose=all")),
    ("not-informed-mistakes", Inside("workspace:uninformed", query="?whose=all"), press),
    ("channels", Inside("workspace:person_channels", mine(Person, refusals__channel="email"))),
    ("relationship-find", Inside("workspace:new_person_relationship", owned(Person), "?q=foreningen")),
    ("relationship-new", Inside("workspace:new_organisation_relationship", first_organisation, to_the_second), press),
    ("relationship-edit", Inside("workspace:edit_relationship", mine(Relationship))),
    ("organisations", Inside("workspace:organisations")),
    ("organisation", Inside("workspace:organisation", the_organisation)),
    ("organisation-access", Inside("workspace:organisation_access", owned(Organisation))),
    ("organisation-readers", Inside("workspace:organisation_readers", owned(Organisation))),
    ("organisation-channels", Inside("workspace:organisation_channels", owned(Organisation))),
    ("organisation-sheet", Inside("workspace:export_organisations")),
    ("organisation-view", Inside("workspace:save_organisations_view")),
    ("organisation-followup", Inside("workspace:new_organisation_followup", owned(Organisation))),
    ("organisation-new", Inside("workspace:new_organisation")),
    ("organisation-edit", Inside("workspace:edit_organisation", mine(Organisation))),
)
