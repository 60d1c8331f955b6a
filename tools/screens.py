"""Every kind of screen, in one list: the tests look at each, ``make shots`` takes a picture of each.

A screen is an address among the starting content and the demonstration, and what somebody does there before one looks.
Needs Django; addresses and links belong to the database it reads.
"""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from contacts.models import (
    Affiliation,
    Attachment,
    Dialogue,
    Draft,
    FollowUp,
    Initiative,
    Organisation,
    Person,
    Relationship,
    Topic,
)
from events.models import Correction, DialogueRequest, Event, Registration
from tools import leading
from tools.leading import write_of_somebody
from tools.public_screens import PUBLIC
from tools.samples import Samples
from tools.screen import Address, Screen, press, unfold

LANGUAGES = ("da", "en")
WIDTHS = (320, 768, 1280)


def inside(name: str, find: Callable[[Samples], Any] | None = None, query: str = "") -> Address:
    """A page of the workspace; ``find`` says whose."""

    def address(samples: Samples, language: str) -> str:
        return reverse(name, args=[find(samples).pk] if find else [], urlconf="outreach.urls.internal") + query

    return address


def mine(model: Any, **wanted: Any) -> Callable[[Samples], Any]:
    """A row the officer may change."""
    return lambda samples: model.objects.visible_to(samples.officer).filter(**wanted).order_by("pk")[0]


def first_topic(samples: Samples) -> Topic:
    return Topic.objects.order_by("pk")[0]


def an_initiative(samples: Samples) -> Initiative:
    """The demonstration has none: they are the plan's."""
    names = {"name_da": "Dialog med foreninger", "name_en": "Dialogue with associations"}
    wanted = {"priority": Initiative.Priority.CIVIL_SOCIETY, **names}
    return Initiative.objects.first() or Initiative.objects.create(number=1, **wanted)


def own_promise(samples: Samples) -> FollowUp:
    return FollowUp.objects.visible_to(samples.officer).owned_by(samples.officer).open()[0]


def save_from_long_ago(page: Any) -> None:
    """As if a colleague had saved since the page was made. No draft is kept: nobody typed."""
    with page.expect_navigation():
        page.evaluate(
            "const form = document.querySelector('.logform'); form.version.value = 0;"
            "form.summary.value = 'Vi aftalte et nyt møde i april.'; form.place.value = 'Biblioteket'; form.submit();"
        )


def look_for_somebody(page: Any) -> None:
    """Whom the log form does not offer yet."""
    unfold(page)
    page.locator("[name=find]").fill("aarhus")
    with page.expect_navigation():
        page.locator("[name=find]").press("Enter")


def type_a_name(page: Any) -> None:
    """Whom the field suggests while one types."""
    unfold(page)
    page.locator("[name=find]").press_sequentially("aarhus")
    page.locator(".suggestions:not([hidden])").wait_for()
    page.locator("[name=find]").press("ArrowDown")


def begin_a_draft(page: Any) -> None:
    """Write something, and open the form anew."""
    page.locator("[name=summary]").fill("Aftalte en forældreaften i februar.")
    page.locator("[data-draft-state]:not(:empty)").wait_for()
    page.reload()
    Draft.objects.all().delete()  # no other screen is to show it


def run_out_of_the_session(page: Any) -> None:
    """Write on after the sign-in has run out."""
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.locator("[name=summary]").fill("Aftalte en forældreaften i februar.")
    page.locator("[data-draft-out]").wait_for()
    page.context.add_cookies(cookies)


def send_without_a_session(page: Any) -> None:
    """The form as it goes where no script runs."""
    cookies = page.context.cookies()
    page.locator("[name=summary]").fill("Aftalte en forældreaften i februar.")
    page.context.clear_cookies(name="sessionid")
    with page.expect_navigation():
        page.evaluate("document.querySelector('.logform').submit()")
    page.context.add_cookies(cookies)


def own_person(samples: Samples) -> Person:
    """Somebody whose relationship is the officer's."""
    return Person.objects.visible_to(samples.officer).owned_by(samples.officer).order_by("pk")[0]


def own_organisation(samples: Samples) -> Organisation:
    return Organisation.objects.visible_to(samples.officer).owned_by(samples.officer).order_by("pk")[0]


def own_file(samples: Samples) -> Attachment:
    """Of a dialogue the officer may correct."""
    files = Attachment.objects.visible_to(samples.officer).exclude(dialogue=None).order_by("pk")
    return next(file for file in files if file.dialogue.can_be_changed_by(samples.officer))


def attach_what_is_refused(page: Any) -> None:
    """A program that calls itself a document."""
    unfold(page)
    program = {"name": "referat.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + bytes(100)}
    page.locator("input[type=file]").set_input_files(program)
    with page.expect_navigation():
        page.locator(".savebar button.button-primary").click()


def role_taken(samples: Samples, language: str) -> str:
    """The form of a role in an organisation where somebody has it."""
    held = Affiliation.objects.visible_to(samples.officer).current().order_by("pk")[0]
    other = Person.objects.visible_to(samples.officer).exclude(affiliations__organisation=held.organisation)[0]
    address = reverse("workspace:new_role", args=[other.pk], urlconf="outreach.urls.internal")
    return f"{address}?organisation={held.organisation_id}"


def give_role_again(page: Any) -> None:
    page.locator("[name=role]").fill("formand")
    press(page)


def new_relationship(samples: Samples, language: str) -> str:
    here, there = Organisation.objects.visible_to(samples.officer).order_by("pk")[:2]
    address = reverse("workspace:new_organisation_relationship", args=[here.pk], urlconf="outreach.urls.internal")
    return f"{address}?other=organisation:{there.pk}"


def own_event(samples: Samples) -> Event:
    return samples.planned(Event.Status.PUBLISHED)


def registration(samples: Samples) -> Registration:
    return Registration.objects.visible_to(samples.officer).live().filter(event__starts_at__gt=samples.now)[0]


def correction(samples: Samples) -> Correction:
    """From somebody registered for the officer's event, who may be a person they see."""
    row, person = registration(samples), samples.person
    told = {"name": person.name, "email": "ny.adresse@example.org", "phone": "00 00 00 12", "role": "kasserer"}
    found = Correction.objects.waiting().filter(registration=row).first()
    return found or Correction.objects.create(registration=row, created_at=samples.now, **told)


def comparing(name: str, find: Callable[[Samples], Any]) -> Address:
    """Against the person who is looked at elsewhere."""
    return lambda samples, language: inside(name, find, f"?person={samples.person.pk}")(samples, language)


def as_lead(address: Address) -> Address:
    """As a team lead opens it; ``leading.end`` makes them an officer again."""

    def led(samples: Samples, language: str) -> str:
        leading.begin(samples.officer)
        return address(samples, language)

    return led


def free_invitation(samples: Samples) -> DialogueRequest:
    return DialogueRequest.objects.visible_to(samples.officer).waiting().filter(handler=None)[0]


def say_yes(page: Any) -> None:
    """Without saying what kind of organisation it is."""
    page.locator("main form[method=post] button.button-primary").click()
    page.wait_for_load_state()


def _cancelling(samples: Samples, language: str) -> str:
    row = registration(samples)
    return reverse(
        "events_workspace:cancel_registration", args=[row.event_id, row.pk], urlconf="outreach.urls.internal"
    )


SIGN_IN = [
    Screen("sign-in", inside("account_login")),
    Screen("sign-in-mistakes", inside("account_login"), press),
    Screen("password-reset", inside("account_reset_password")),
]
WORKSPACE = [
    Screen(name, address, act, signed_in=True)
    for name, address, act in [
        ("today", inside("workspace:today"), None),
        ("people", inside("workspace:people"), None),
        ("people-filtered", inside("workspace:people", query="?rhythm=quiet"), None),
        ("people-narrowed", inside("workspace:people", query="?last=within-365&language=da"), None),
        ("people-sheet", inside("workspace:export_people", query="?rhythm=quiet"), None),
        ("people-view", inside("workspace:save_people_view", query="?rhythm=quiet&sort=-last"), None),
        ("people-sheet-mistakes", inside("workspace:export_people"), press),
        ("people-view-mistakes", inside("workspace:save_people_view", query="?rhythm=quiet"), press),
        ("people-none", inside("workspace:people", query="?q=zzz"), None),
        ("person", inside("workspace:person", lambda samples: samples.person), None),
        ("person-edit", inside("workspace:edit_person", lambda samples: samples.person), None),
        ("person-new", inside("workspace:new_person"), None),
        ("person-mistakes", inside("workspace:new_person"), press),
        ("person-access", inside("workspace:person_access", own_person), None),
        ("person-readers", inside("workspace:person_readers", own_person), None),
        ("role-new", inside("workspace:new_role", mine(Person)), None),
        ("role-edit", inside("workspace:edit_role", mine(Affiliation)), None),
        ("role-end", inside("workspace:end_role", mine(Affiliation, ended_on=None)), None),
        ("role-taken", role_taken, give_role_again),
        ("quiet", inside("workspace:quiet", query="?whose=all"), None),
        ("not-informed", inside("workspace:uninformed", query="?whose=all"), None),
        ("not-informed-mistakes", inside("workspace:uninformed", query="?whose=all"), press),
        ("channels", inside("workspace:person_channels", mine(Person, refusals__channel="email")), None),
        ("relationship-find", inside("workspace:new_person_relationship", own_person, query="?q=foreningen"), None),
        ("relationship-new", new_relationship, press),
        ("relationship-edit", inside("workspace:edit_relationship", mine(Relationship)), None),
        ("organisations", inside("workspace:organisations"), None),
        ("organisation", inside("workspace:organisation", lambda samples: samples.organisation), None),
        ("organisation-access", inside("workspace:organisation_access", own_organisation), None),
        ("organisation-readers", inside("workspace:organisation_readers", own_organisation), None),
        ("organisation-channels", inside("workspace:organisation_channels", own_organisation), None),
        ("organisation-sheet", inside("workspace:export_organisations"), None),
        ("organisation-view", inside("workspace:save_organisations_view"), None),
        ("organisation-followup", inside("workspace:new_organisation_followup", own_organisation), None),
        ("organisation-new", inside("workspace:new_organisation"), None),
        ("organisation-edit", inside("workspace:edit_organisation", mine(Organisation)), None),
        ("log", inside("workspace:log"), None),
        ("log-unfolded", inside("workspace:log"), unfold),
        ("log-found", inside("workspace:log"), look_for_somebody),
        ("log-suggested", inside("workspace:log"), type_a_name),
        ("log-mistakes", inside("workspace:log"), press),
        ("log-file-refused", inside("workspace:log"), attach_what_is_refused),
        ("log-asks", inside("workspace:log"), write_of_somebody),
        ("log-draft", inside("workspace:log"), begin_a_draft),
        ("log-signed-out", inside("workspace:log"), run_out_of_the_session),
        ("log-sent-again", inside("workspace:log"), send_without_a_session),
        ("log-signed-in-again", inside("account_signed_in"), None),
        ("dialogues", inside("workspace:dialogues"), None),
        ("dialogue", inside("workspace:dialogue", mine(Dialogue, version__gt=1)), None),
        ("dialogue-edit", inside("workspace:edit_dialogue", mine(Dialogue, version__gt=1)), unfold),
        ("dialogue-conflict", inside("workspace:edit_dialogue", mine(Dialogue, version__gt=1)), save_from_long_ago),
        ("dialogue-versions", inside("workspace:dialogue_versions", mine(Dialogue, version__gt=1)), None),
        ("file-remove", inside("workspace:remove_attachment", own_file), None),
        ("dialogue-followup", inside("workspace:new_dialogue_followup", mine(Dialogue)), None),
        ("followups", inside("workspace:followups"), None),
        ("followup", inside("workspace:followup", mine(FollowUp, done_at=None)), None),
        ("followup-put-off", inside("workspace:followup_put_off", own_promise), None),
        ("followup-outcome", inside("workspace:followup_outcome", own_promise), None),
        ("followup-new", inside("workspace:new_person_followup", lambda samples: samples.person), None),
        ("proposals", inside("workspace:proposals"), None),
        ("proposal", inside("workspace:proposal", registration), None),
        ("proposal-compare", comparing("workspace:compare_proposal", registration), None),
        ("correction", inside("workspace:correction", correction), None),
        ("correction-compare", comparing("workspace:compare_correction", correction), None),
        ("correction-refuse", inside("workspace:refuse_correction", correction), None),
        ("proposals-corrections", inside("workspace:proposals"), None),
        ("words", as_lead(inside("workspace:words")), leading.end),
        ("vocabulary", as_lead(inside("workspace:vocabulary")), leading.end),
        ("vocabulary-kind", as_lead(inside("workspace:new_relationship_kind")), leading.end),
        ("topic-new", as_lead(inside("workspace:new_topic")), leading.end),
        ("topic", as_lead(inside("workspace:topic", first_topic)), leading.end),
        ("initiative-new", as_lead(inside("workspace:new_initiative")), leading.end),
        ("initiative", as_lead(inside("workspace:initiative", an_initiative)), leading.end),
        ("invitation", inside("workspace:invitation", free_invitation), None),
        ("invitation-mistakes", inside("workspace:invitation", free_invitation), say_yes),
        ("invitation-decline", inside("workspace:decline_invitation", free_invitation), None),
        ("search", inside("workspace:search", query="?q=aarhus"), None),
        ("search-nothing", inside("workspace:search", query="?q=zzz"), None),
        ("desk-events", inside("events_workspace:list"), None),
        ("desk-plan", inside("events_workspace:plan"), None),
        ("desk-plan-mistakes", inside("events_workspace:plan"), press),
        ("desk-event", inside("events_workspace:event", own_event), None),
        ("desk-edit", inside("events_workspace:edit", own_event), None),
        ("desk-cancel", inside("events_workspace:cancel", own_event), None),
        ("desk-register", inside("events_workspace:register", own_event), None),
        ("desk-register-mistakes", inside("events_workspace:register", own_event), press),
        ("desk-cancel-registration", _cancelling, None),
        ("account", inside("mfa_index"), None),
        ("account-daily-mail", inside("workspace:daily_mail"), None),
        ("password-change", inside("account_change_password"), None),
        ("sign-out", inside("account_logout"), None),
    ]
]
SCREENS = [*PUBLIC, *SIGN_IN, *WORKSPACE]
