"""What the sources tell the public stands on its page, in both languages, and the page names the source and its date.

A row is a page, the number of the source, and the words of the fact in Danish and English. The figures themselves are
held by ``test_starting_numbers.py``.
"""

import pytest

from .starting_texts import PAGES, shown

pytestmark = pytest.mark.once
PRACTICE, PREVENTION, CENTRE, PLAN, OVERVIEW = range(5)
FACTS = [
    ("practice-aftercare", PRACTICE, "særligt uddannede betjente", "specially trained officers"),
    ("practice-aftercare", PRACTICE, "Syrien og Irak", "Syria and Iraq"),
    ("practice-aftercare", PRACTICE, "forankret i politikredsenes", "anchored in the"),
    ("the-centre", PREVENTION, "dømt for terror", "convicted of terrorism"),
    ("the-centre", PREVENTION, "Udlændingestyrelsen", "Danish Immigration Service"),
    ("the-centre", PREVENTION, "netværksmøder og seminarer", "network meetings and seminars"),
    ("the-centre", CENTRE, "siden 2007", "Since 2007"),
    ("the-centre", CENTRE, "foregangsland", "pioneer"),
    ("what-is-radicalisation", PREVENTION, "flere år", "several years"),
    ("signs", PREVENTION, "religiøse mindretal", "religious minorities"),
    ("online", PREVENTION, "sociale medier", "social media"),
    ("the-danish-model", PREVENTION, "98 kommuner", "98 municipalities"),
    ("the-danish-model", PREVENTION, "12 politikredse", "12 police districts"),
    ("the-danish-model", OVERVIEW, "Fem regioner", "Five regions"),
    ("info-houses", OVERVIEW, "væbnet konflikt", "armed conflict"),
    ("national-authorities", PREVENTION, "Indsats mod Ekstremisme (CDE)", "Counter Extremism (CDE)"),
    ("outreach", PREVENTION, "fonde", "foundations"),
    ("where-to-turn", PREVENTION, "tavshedspligt", "duty of confidentiality"),
    ("three-levels", CENTRE, "stor risiko", "high risk"),
    ("three-levels", CENTRE, "alle i samfundet", "everyone in society"),
    ("local-cooperation", CENTRE, "forebyggende afdeling", "preventive section"),
    ("local-authorities", OVERVIEW, "pjæk", "skipping school"),
    ("local-authorities", OVERVIEW, "traumer", "trauma"),
    ("national-authorities", OVERVIEW, "(SIRI)", "(SIRI)"),
    ("national-authorities", OVERVIEW, "Børn, Undervisning og Ligestilling", "Education and Gender Equality"),
    ("national-authorities", OVERVIEW, "Børne- og Socialministeriet", "Ministry for Children and Social Affairs"),
    (
        "national-authorities",
        OVERVIEW,
        "forældrecoaches og unge dialogskabere",
        "coaches and young dialogue facilitators",
    ),
    ("national-authorities", OVERVIEW, "KL og Danske Regioner", "(KL), Danish Regions"),
    ("national-authorities", OVERVIEW, "rocker- og bandemiljøer", "biker and gang environments"),
    ("action-plan-2014", PLAN, "Manu Sareen og Karen Hækkerup", "Manu Sareen and Karen Hækkerup"),
    ("action-plan-2014", PLAN, "fire hovedspor og tolv initiativer", "four priorities and twelve initiatives"),
    ("action-plan-2014", PLAN, "YouTube og Facebook", "YouTube and Facebook"),
    ("action-plan-2014", PLAN, "lettere at få våben", "weapons easier to get"),
    ("plan-2014-municipalities", PLAN, "Ankestyrelsen", "National Social Appeals Board"),
    ("plan-2014-municipalities", PLAN, "Professionshøjskolernes", "university colleges"),
    ("plan-2014-tools", PLAN, "Afghanistan og Somalia", "Afghanistan and Somalia"),
    ("plan-2014-tools", PLAN, "(STAR)", "(STAR)"),
    ("plan-2014-tools", PLAN, "Aarhus, København og Odense", "Aarhus, Copenhagen and Odense"),
    ("plan-2014-tools", PLAN, "på prøve i fire år", "on trial for four years"),
    ("plan-2014-international", PLAN, "to forsøg i Burkina Faso", "two pilot projects in Burkina Faso"),
    ("plan-2014-international", PLAN, "2015–2017", "2015–2017"),
    ("plan-2014-civil-society", PLAN, "USA og Sverige", "United States and Sweden"),
    ("plan-2014-civil-society", PLAN, "januar 2014", "January 2014"),
    ("international-networks", PLAN, "mellem 30 lande", "between 30 countries"),
    ("international-networks", PLAN, "Egypten, Marokko, Nigeria", "Egypt, Morocco, Nigeria"),
    ("international-networks", PLAN, "Abu Dhabi", "Abu Dhabi"),
    ("travel-to-armed-conflict", PLAN, "pasregistret", "passport register"),
    ("practice-aarhus", PLAN, "Østjyllands Politi", "East Jutland Police"),
    ("practice-back-on-track", PLAN, "2011–2014", "2011–2014"),
    ("practice-fryshuset", PLAN, "seks til ni måneder", "Six to nine months"),
    ("practice-kenya", PLAN, "første gang", "first time"),
    ("resource-reports", PLAN, "28. maj 2014", "28 May 2014"),
]


@pytest.mark.parametrize("language", ["da", "en"])
def test_each_fact_stands_on_its_page_which_names_its_source(language):
    missing = []
    for stem, source, danish, english in FACTS:
        page = PAGES[stem, language]
        text = " ".join(shown(page).replace("**", "").split())
        told = danish if language == "da" else english
        if told not in text or source not in {named["seed"] for named in page["sources"]}:
            missing.append((stem, told, source))

    assert missing == []
