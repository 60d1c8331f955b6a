"""The guide "whom should I call?": one question a page, every step a plain address, nothing kept."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.caching import public_page
from content.services.guide import MOST_QUESTIONS, Guide, Walk
from content.tree import Tree
from outreach.links import public_href
from outreach.places.finding import LONGEST, find
from outreach.places.models import Municipality, PoliceDistrict

STEP = re.compile(r"[-a-z0-9_]{1,100}", re.IGNORECASE)

InfoHousePlace = Municipality | PoliceDistrict  # what belongs to one info-house


@require_safe
@public_page
def guide(request: HttpRequest, steps: str = "") -> HttpResponse:
    """The question or the answer that the steps of the address lead to."""
    keys = steps.split("/") if steps else []
    all_of_it = Guide.load()
    if not all(STEP.fullmatch(key) for key in keys):
        return _unknown(request, all_of_it, Walk(all_of_it.first, is_known=False))
    walk = all_of_it.walk(keys)
    place = _place(walk.place) if walk.place else None
    if not walk.is_known or (walk.place and place is None):
        return _unknown(request, all_of_it, walk)
    if walk.answer:
        return _answer(request, all_of_it, walk, place)
    return _question(request, all_of_it, walk)


def address(keys: list[str]) -> str:
    """Where the steps are read; without any, where the guide begins."""
    return public_href("content:guide_step", "/".join(keys)) if keys else public_href("content:guide")


def _question(request: HttpRequest, guide: Guide, walk: Walk) -> HttpResponse:
    typed = "".join(char if char.isprintable() else " " for char in request.GET.get("q", "")[:LONGEST]).strip()
    found = find(typed, timezone.localdate()) if typed and walk.question.place_answer_id else None
    places = _with_a_district(found.places) if found else []
    if len(places) == 1:
        return redirect(address([*walk.keys, places[0].slug]))
    if found and not places:
        places = _with_a_district(found.suggestions)
    context = {
        "question": walk.question,
        "choices": [(choice, address([*walk.keys, choice.key])) for choice in guide.choices_of(walk.question)],
        "number": len(walk.chosen) + 1,
        "most": MOST_QUESTIONS,
        "back": address(walk.keys[:-1]) if walk.chosen else "",
        "address": address(walk.keys),
        "typed": typed,
        "found": found,
        "places": [(place, address([*walk.keys, place.slug])) for place in places],
    }
    return render(request, "content/guide_question.html", _surroundings(request) | context)


def _answer(request: HttpRequest, guide: Guide, walk: Walk, place: InfoHousePlace | None) -> HttpResponse:
    district = place.police_district if isinstance(place, Municipality) else place
    opening = _("I would like to talk to the info-house in %(name)s.") % {"name": district} if district else ""
    sentences = [walk.answer.say, opening, *(choice.say for choice in walk.chosen)]
    chosen = [
        (guide.question_of(choice).text, choice.text, address(walk.keys[:number]))
        for number, choice in enumerate(walk.chosen)
    ]
    if place:
        chosen.append((walk.question.text, place.name, address(walk.keys)))
    context = {
        "answer": walk.answer,
        "district": district,
        "sentences": [sentence for sentence in sentences if sentence],
        "chosen": chosen,
        "back": address(walk.keys if walk.place else walk.keys[:-1]),
    }
    return render(request, "content/guide_answer.html", _surroundings(request) | context)


def _unknown(request: HttpRequest, guide: Guide, walk: Walk) -> HttpResponse:
    """A step that fits no choice, perhaps since an editor changed the guide: the last one that fits, or the start."""
    context = {"back": address(walk.keys) if walk.chosen else "", "has_questions": bool(guide.first)}
    return render(request, "content/guide_unknown.html", _surroundings(request) | context, status=404)


def _surroundings(request: HttpRequest) -> dict:
    home = Tree.of(request).home(translation.get_language())
    return {"nav_current": "worried", "crumbs": [home] if home else []}


def _with_a_district(places: list) -> list:
    """Only those that belong to one info-house: a region has several."""
    return [place for place in places if isinstance(place, InfoHousePlace)]


def _place(slug: str) -> InfoHousePlace | None:
    """The municipality or the police district with this address."""
    today = timezone.localdate()
    municipality = Municipality.objects.on(today).select_related("police_district").filter(slug=slug).first()
    return municipality or PoliceDistrict.objects.on(today).filter(slug=slug).first()
