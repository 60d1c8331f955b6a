"""The twelve initiatives of the action plan of 2014 (the site's pages on the plan name the source)."""

from django.db import migrations

INITIATIVES = [
    (1, 1, "Faste samarbejder med kommuner", "Lasting partnerships with municipalities"),
    (2, 1, "Kurser til flere fagfolk", "Courses for more professionals"),
    (3, 1, "Støtte til mennesker over 18 år", "Support for people over 18"),
    (4, 2, "Tidlige metoder", "Early methods"),
    (5, 2, "Til stede på nettet", "Present online"),
    (6, 2, "Rejser til væbnede konflikter", "Travel to armed conflicts"),
    (7, 2, "Bedre exit", "Better exit"),
    (8, 3, "Tættere samarbejde med andre lande", "Closer cooperation with other countries"),
    (9, 3, "Forebyggelse uden for EU", "Prevention outside the EU"),
    (10, 4, "Kommuner og foreninger sammen", "Municipalities and associations together"),
    (11, 4, "Forældrene med", "Parents involved"),
    (12, 4, "Mere dialog og opsøgende arbejde", "More dialogue and outreach"),
]


def add(apps, schema_editor):
    initiatives = apps.get_model("contacts", "Initiative").objects
    for number, priority, name_da, name_en in INITIATIVES:
        words = {"priority": priority, "name_da": name_da, "name_en": name_en}
        initiatives.get_or_create(number=number, defaults=words)


def take_away(apps, schema_editor):
    """Those that are used stay until their table goes."""
    numbers = [number for number, *_words in INITIATIVES]
    apps.get_model("contacts", "Initiative").objects.filter(number__in=numbers, dialogues=None).delete()


class Migration(migrations.Migration):
    dependencies = [("contacts", "0009_dialogues_with_versions_files_and_initiatives")]

    operations = [migrations.RunPython(add, take_away)]
