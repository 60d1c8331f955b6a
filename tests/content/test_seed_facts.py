"""What the sources tell the public stands on its page, in both languages, and the page names the source and its date.

A row is a page or an entry of the directory, the number of its source, and the fact in Danish and English. The figures
are held by ``test_starting_numbers.py``.
"""

import pytest

from .starting_texts import PAGES, STARTING, load, shown

pytestmark = pytest.mark.once
PRACTICE, PREVENTION, CENTRE, PLAN, OVERVIEW = range(5)
DIRECTORY = load(STARTING / "directory.yaml")  # its sources stand in the order of the seeds
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
    ("who/regioner", OVERVIEW, "fem regioner", "five regions"),
    ("info-houses", OVERVIEW, "væbnet konflikt", "armed conflict"),
    ("national-authorities", PREVENTION, "Indsats mod Ekstremisme (CDE)", "Counter Extremism (CDE)"),
    ("outreach", PREVENTION, "fonde", "foundations"),
    ("where-to-turn", PREVENTION, "tavshedspligt", "duty of confidentiality"),
    ("three-levels", CENTRE, "stor risiko", "high risk"),
    ("three-levels", CENTRE, "alle i samfundet", "everyone in society"),
    ("local-cooperation", CENTRE, "forebyggende afdeling", "preventive section"),
    ("who/politikredse", OVERVIEW, "pjæk", "skipping school"),
    ("who/regioner", OVERVIEW, "traumer", "trauma"),
    ("who/siri", OVERVIEW, "(SIRI)", "(SIRI)"),
    ("who/undervisningsministeriet", OVERVIEW, "Børn, Undervisning og Ligestilling", "Education and Gender Equality"),
    ("who/socialministeriet", OVERVIEW, "Børne- og Socialministeriet", "Ministry for Children and Social Affairs"),
    (
        "who/nationalt-center",
        OVERVIEW,
        "forældrecoaches og unge dialogskabere",
        "coaches and young dialogue facilitators",
    ),
    ("who/koordinationsgruppen", OVERVIEW, "KL og Danske Regioner", "Local Government Denmark, Danish Regions"),
    ("who/exitkontaktpunkt", OVERVIEW, "rocker- og bandemiljøer", "biker and gang environments"),
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
    ("who/gctf", PLAN, "mellem 30 lande", "of 30 countries"),
    ("who/gctf", PLAN, "Egypten, Marokko, Nigeria", "Egypt, Morocco, Nigeria"),
    ("who/hedayah", PLAN, "Abu Dhabi", "Abu Dhabi"),
    ("travel-to-armed-conflict", PLAN, "pasregistret", "passport register"),
    ("practice-aarhus", PLAN, "Østjyllands Politi", "East Jutland Police"),
    ("practice-back-on-track", PLAN, "2011–2014", "2011–2014"),
    ("practice-fryshuset", PLAN, "seks til ni måneder", "Six to nine months"),
    ("practice-kenya", PLAN, "første gang", "first time"),
    ("resource-reports", PLAN, "28. maj 2014", "28 May 2014"),
]


def told(stem, language):
    """The words of a page or of an entry of the directory, and the numbers of the sources it names."""
    if not stem.startswith("who/"):
        page = PAGES[stem, language]
        return shown(page), {named["seed"] for named in page["sources"]}
    entry = DIRECTORY["entries"][stem.removeprefix("who/")]
    seeds = {list(DIRECTORY["sources"]).index(source) for source in entry["sources"]}
    return " ".join(entry[field][language] for field in ("name", "summary", "body")), seeds


@pytest.mark.parametrize("language", ["da", "en"])
def test_each_fact_stands_on_its_page_which_names_its_source(language):
    missing = []
    for stem, source, danish, english in FACTS:
        text, seeds = told(stem, language)
        fact = danish if language == "da" else english
        if fact not in " ".join(text.replace("**", "").split()) or source not in seeds:
            missing.append((stem, fact, source))

    assert missing == []
