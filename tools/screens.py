"""Every kind of screen, in one list: the tests look at each, ``make shots`` takes a picture of each.

A screen is an address among the starting content and the demonstration, and what somebody does there before one looks.
Needs Django; addresses and links belong to the database it reads.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from django.urls import reverse
from wagtail.models import Page

from contacts.models import Affiliation, Dialogue, Draft, FollowUp, Organisation, Person, Relationship
from content.models import Notice, Showing
from events.models import Correction, DialogueRequest, Event, Registration
from outreach.links import public_path
from outreach.places.models import Municipality, PoliceDistrict, Region
from tools import leading
from tools.leading import write_of_somebody
from tools.samples import Purpose, Samples

LANGUAGES = ("da", "en")
WIDTHS = (320, 768, 1280)

Address = Callable[[Samples, str], str]


class Screen(NamedTuple):
    """``act`` is done to the Playwright page after it has loaded; ``signed_in`` screens belong to the workspace."""

    name: str
    address: Address
    act: Callable[[Any], None] | None = None
    signed_in: bool = False


def page(stem: str) -> Address:
    return lambda samples, language: samples.page(stem, language)


def page_with(stem: str, query: str) -> Address:
    return lambda samples, language: samples.page(stem, language) + query


def public(name: str, *args: str, query: str = "") -> Address:
    return lambda samples, language: public_path(name, *args, language=language) + query


def event(which: str, name: str = "event") -> Address:
    return lambda samples, language: samples.event(getattr(samples, which), name, language)


def link(name: str, state: str = "", which: str = "open") -> Address:
    """The page behind a personal link; ``change`` and ``cancel`` stand behind the one to manage."""
    purpose = name if name in Purpose.values else Purpose.MANAGE

    def address(samples: Samples, language: str) -> str:
        managed = samples.link(purpose, language, state=state, event=getattr(samples, which))
        if purpose == name:
            return managed
        token = managed.rstrip("/").rsplit("/", 1)[1]
        return public_path(f"events:{name}", token, language=language)

    return address


def invitation(purpose: str) -> Address:
    return lambda samples, language: samples.invitation_link(purpose, language)


def place(model: Any, name: str) -> Address:
    def address(samples: Samples, language: str) -> str:
        return public_path(
            f"content:{name}", model.objects.on(samples.now.date()).order_by("name")[0].slug, language=language
        )

    return address


def inside(name: str, find: Callable[[Samples], Any] | None = None, query: str = "") -> Address:
    """A page of the workspace; ``find`` says whose."""

    def address(samples: Samples, language: str) -> str:
        return reverse(name, args=[find(samples).pk] if find else [], urlconf="outreach.urls.internal") + query

    return address


def mine(model: Any, **wanted: Any) -> Callable[[Samples], Any]:
    """A row the officer may change."""
    return lambda samples: model.objects.visible_to(samples.officer).filter(**wanted).order_by("pk")[0]


def own_promise(samples: Samples) -> FollowUp:
    return FollowUp.objects.visible_to(samples.officer).owned_by(samples.officer).open()[0]


def press(page: Any) -> None:
    """The button of the form in the main part, as it stands."""
    page.locator("main form button.button-primary").first.click()
    page.wait_for_load_state()


def press_last(page: Any) -> None:
    """The button of the last form, with nothing written."""
    page.locator("main form input[type=submit], main form button").last.click()
    page.wait_for_load_state()


def unfold(page: Any) -> None:
    """Everything that is folded away, but for the menus."""
    page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")


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


def as_a_team_lead(address: Any) -> Any:
    def opened(samples: Samples, language: str) -> str:
        leading.begin(samples.officer)
        return address(samples, language)

    return opened


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


def noticed(samples: Samples, language: str) -> str:
    """The front page while two notices show."""
    for level in (Notice.Level.DANGER, Notice.Level.IMPORTANT):
        words = {"heading_da": "Hotlinen svarer ikke lige nu", "heading_en": "The hotline does not answer right now"}
        words |= {"text_da": "Ring 114, hvis det ikke kan vente.", "text_en": "Call 114 if it cannot wait."}
        times = {"shows_from": samples.now - timedelta(days=1), "shows_until": samples.now + timedelta(days=1)}
        Notice.objects.create(level=level, page=Page.objects.live().filter(depth__gt=2).first(), **words, **times)
    return public_path("wagtail_serve", "", language=language)


def end_notices(page: Any) -> None:
    """No other screen is to show them."""
    Showing.objects.all().delete()


PUBLIC = [
    Screen("front", public("wagtail_serve", "")),
    Screen("notices", noticed, end_notices),
    Screen("section", page("worried")),
    Screen("guide", page("signs")),
    Screen("guide-parent", page("as-a-parent")),
    Screen("content-note", page("travel-to-armed-conflict")),
    Screen("contact", page("where-to-turn")),
    Screen("who-does-what", page("who-does-what")),
    Screen("directory-narrowed", page_with("who-does-what", "?audience=teacher&task=training")),
    Screen("directory-nothing", page_with("who-does-what", "?level=regional&task=abroad")),
    Screen("directory-entry", public("content:directory_entry", "infohuse")),
    Screen("directory-past", public("content:directory_entry", "hedayah")),
    Screen("still-correct", Samples.owner),
    Screen("still-correct-mistakes", Samples.owner, press_last),
    Screen("still-correct-answered", Samples.owner, press),
    Screen("still-correct-unusable", public("content:still_correct", "x")),
    Screen("standard", page("privacy")),
    Screen("accessibility", page("accessibility")),
    Screen("danish-model", page("the-danish-model")),
    Screen("pyramid", page("prevention-pyramid")),
    Screen("action-plan", page("plan-2014-tools")),
    Screen("practices", page("practices")),
    Screen("practices-narrowed", page_with("practices", "?audience=youth&theme=conflict")),
    Screen("practices-nothing", page_with("practices", "?audience=authorities&theme=prison")),
    Screen("practice", page("practice-aftercare")),
    Screen("materials", page("resources")),
    Screen("material", page("resource-sources")),
    Screen("news-list", page("news")),
    Screen("news-beyond", page_with("news", "?page=99999")),
    Screen("news", page("news-regions")),
    Screen("reader", public("content:for_relatives")),
    Screen("search", public("content:search")),
    Screen("search-found", public("content:search", query="?q=aarhus")),
    Screen("search-narrowed", public("content:search", query="?q=exit&audience=relative"), unfold),
    Screen("search-nothing", public("content:search", query="?q=radikalisring")),
    Screen("guide-who", public("content:guide")),
    Screen("guide-where", public("content:guide_step", "a/c/c")),
    Screen("guide-where-several", public("content:guide_step", "a/c/c", query="?q=s")),
    Screen("guide-where-nothing", public("content:guide_step", "a/c/c", query="?q=zzz")),
    Screen("guide-danger", public("content:guide_step", "a/a/a")),
    Screen("guide-hotline", public("content:guide_step", "b/d/b")),
    Screen("guide-info-house", public("content:guide_step", "a/c/c/aarhus")),
    Screen("guide-unknown", public("content:guide_step", "x")),
    Screen("local-help", public("content:local_help")),
    Screen("local-help-several", public("content:local_help", query="?q=s")),
    Screen("local-help-misspelt", public("content:local_help", query="?q=Hoje+Tastrop")),
    Screen("local-help-nothing", public("content:local_help", query="?q=zzz")),
    Screen("municipality", place(Municipality, "municipality")),
    Screen("police-district", place(PoliceDistrict, "police_district")),
    Screen("region", place(Region, "region")),
    Screen("not-found", public("events:event", "findes-ikke")),
    Screen("events", public("events:list")),
    Screen("event", event("open")),
    Screen("event-full", event("full")),
    Screen("event-cancelled", event("cancelled")),
    Screen("event-past", event("past")),
    Screen("register", event("open", "register")),
    Screen("register-mistakes", event("open", "register"), press),
    Screen("register-full", event("full", "register")),
    Screen("register-closed", event("past", "register")),
    Screen("registered", event("open", "registered")),
    Screen("confirm", link("confirm")),
    Screen("confirmed", link("confirm"), press),
    Screen("confirmed-waiting", link("confirm", which="full"), press),
    Screen("manage", link("manage", "confirmed")),
    Screen("manage-waiting", link("manage", "confirmed", which="full")),
    Screen("change", link("change", "confirmed")),
    Screen("correct", link("correct", "confirmed")),
    Screen("correct-mistakes", link("correct", "confirmed"), press),
    Screen("corrected", link("corrected", "confirmed")),
    Screen("cancel", link("cancel", "confirmed")),
    Screen("cancelled", link("cancel", "confirmed"), press),
    Screen("offer", link("offer", "offered", which="full")),
    Screen("offer-taken", link("offer", "offered", which="full"), press),
    Screen("link-unusable", public("events:confirm", "x")),
    Screen("invite", public("dialogue:ask")),
    Screen("invite-mistakes", public("dialogue:ask"), press),
    Screen("invited", public("dialogue:asked")),
    Screen("invite-confirm", invitation("confirm")),
    Screen("invite-confirmed", invitation("confirm"), press),
    Screen("invite-manage", invitation("manage")),
]
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
        ("people-none", inside("workspace:people", query="?q=zzz"), None),
        ("person", inside("workspace:person", lambda samples: samples.person), None),
        ("person-edit", inside("workspace:edit_person", lambda samples: samples.person), None),
        ("person-new", inside("workspace:new_person"), None),
        ("person-mistakes", inside("workspace:new_person"), press),
        ("person-access", inside("workspace:person_access", own_person), None),
        ("person-readers", inside("workspace:person_readers", own_person), None),
        ("role-new", inside("workspace:new_role", mine(Person)), None),
        ("role-edit", inside("workspace:edit_role", mine(Affiliation)), None),
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
        ("organisation-new", inside("workspace:new_organisation"), None),
        ("organisation-edit", inside("workspace:edit_organisation", mine(Organisation)), None),
        ("log", inside("workspace:log"), None),
        ("log-unfolded", inside("workspace:log"), unfold),
        ("log-found", inside("workspace:log"), look_for_somebody),
        ("log-suggested", inside("workspace:log"), type_a_name),
        ("log-mistakes", inside("workspace:log"), press),
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
        ("words", as_a_team_lead(inside("workspace:words")), leading.end),
        ("vocabulary", as_a_team_lead(inside("workspace:vocabulary")), leading.end),
        ("vocabulary-kind", as_a_team_lead(inside("workspace:new_relationship_kind")), leading.end),
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
    ]
]
SCREENS = [*PUBLIC, *SIGN_IN, *WORKSPACE]
