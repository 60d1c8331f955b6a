"""The screens of the public site. Needs Django, as tools/screens.py does."""

from datetime import timedelta
from typing import Any

from wagtail.models import Page

from content.models import Notice, Showing
from outreach.links import public_path
from outreach.places.models import Municipality, PoliceDistrict, Region
from tools.samples import Purpose, Samples
from tools.screen import Address, Screen, press, press_last, unfold


def page(stem: str) -> Address:
    return lambda samples, language: samples.page(stem, language)


def page_with(stem: str, query: str) -> Address:
    return lambda samples, language: samples.page(stem, language) + query


def public(name: str, *args: str, query: str = "") -> Address:
    return lambda samples, language: public_path(name, *args, language=language) + query


def event(which: str, name: str = "event") -> Address:
    return lambda samples, language: samples.event(getattr(samples, which), name, language)


def link(name: str, state: str = "", which: str = "open", **facts: str) -> Address:
    """The page behind a personal link; ``change`` and ``cancel`` stand behind the one to manage."""
    purpose = name if name in Purpose.values else Purpose.MANAGE

    def address(samples: Samples, language: str) -> str:
        managed = samples.link(purpose, language, state=state, event=getattr(samples, which), **facts)
        if purpose == name:
            return managed
        token = managed.rstrip("/").rsplit("/", 1)[1]
        return public_path(f"events:{name}", token, language=language)

    return address


def invitation(purpose: str) -> Address:
    return lambda samples, language: samples.invitation_link(purpose, language)


def mails(name: str, *group: str) -> Address:
    """The pages behind the links in the foot of a mail."""
    return lambda samples, language: samples.mails_link(name, language, *group)


def place(model: Any, name: str) -> Address:
    def address(samples: Samples, language: str) -> str:
        return public_path(
            f"content:{name}", model.objects.on(samples.now.date()).order_by("name")[0].slug, language=language
        )

    return address


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
    Screen("events-narrowed", public("events:list", query="?language=da"), unfold),
    Screen("events-narrowed-nothing", public("events:list", query="?kind=conference&language=en"), unfold),
    Screen("event", event("open")),
    Screen("event-choice", event("choice")),
    Screen("event-full", event("full")),
    Screen("event-cancelled", event("cancelled")),
    Screen("event-past", event("past")),
    Screen("register", event("open", "register")),
    Screen("register-mistakes", event("open", "register"), press),
    Screen("register-full", event("full", "register")),
    Screen("register-choice", event("choice", "register")),
    Screen("register-colleague", event("choice", "register"), press_last),
    Screen("confirm-proposed", link("confirm", which="open", proposed_by="Bo Eksempel")),
    Screen("register-asks", event("asks", "register")),
    Screen("register-asks-mistakes", event("asks", "register"), press),
    Screen("register-closed", event("past", "register")),
    Screen("registered", event("open", "registered")),
    Screen("confirm", link("confirm")),
    Screen("confirmed", link("confirm"), press),
    Screen("confirmed-waiting", link("confirm", which="full"), press),
    Screen("manage", link("manage", "confirmed")),
    Screen("manage-waiting", link("manage", "confirmed", which="full")),
    Screen("confirmed-applied", link("confirm", which="asks"), press),
    Screen("manage-applied", link("manage", "confirmed", which="asks")),
    Screen("change", link("change", "confirmed")),
    Screen("change-asks", link("change", "confirmed", which="asks")),
    Screen("correct", link("correct", "confirmed")),
    Screen("correct-mistakes", link("correct", "confirmed"), press),
    Screen("corrected", link("corrected", "confirmed")),
    Screen("cancel", link("cancel", "confirmed")),
    Screen("cancelled", link("cancel", "confirmed"), press),
    Screen("offer", link("offer", "offered", which="full")),
    Screen("offer-taken", link("offer", "offered", which="full"), press),
    Screen("come", link("come", "confirmed")),
    Screen("come-said", link("come", "confirmed"), press),
    Screen("link-unusable", public("events:confirm", "x")),
    Screen("mails", mails("choose")),
    Screen("mails-saved", mails("choose"), press),
    Screen("mails-stop", mails("stop", "events.reminders")),
    Screen("mails-stopped", mails("stop", "events.reminders"), press),
    Screen("mails-link-unusable", public("mails:choose", "x")),
    Screen("invite", public("dialogue:ask")),
    Screen("invite-mistakes", public("dialogue:ask"), press),
    Screen("invited", public("dialogue:asked")),
    Screen("invite-confirm", invitation("confirm")),
    Screen("invite-confirmed", invitation("confirm"), press),
    Screen("invite-manage", invitation("manage")),
]
