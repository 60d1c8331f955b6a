"""The kinds of relationships to start with. What belongs to private life, family, faith or health, has none."""

from django.db import migrations

PEOPLE, ORGANISATIONS, MIXED = "people", "organisations", "mixed"
KINDS = [
    (PEOPLE, "arbejder sammen med", "works together with", "", ""),
    (PEOPLE, "er stedfortræder for", "is deputy for", "har som stedfortræder", "has as deputy"),
    (PEOPLE, "har afløst", "took over from", "blev afløst af", "was succeeded by"),
    (PEOPLE, "har bragt os i kontakt med", "introduced us to", "blev vi bragt i kontakt med af", "was introduced by"),
    (ORGANISATIONS, "samarbejder med", "cooperates with", "", ""),
    (ORGANISATIONS, "deler lokaler med", "shares premises with", "", ""),
    (ORGANISATIONS, "er dannet ud af", "grew out of", "blev til", "became"),
    (ORGANISATIONS, "er medlem af", "is a member of", "har som medlem", "has as member"),
    (ORGANISATIONS, "støtter økonomisk", "funds", "får økonomisk støtte af", "is funded by"),
    (ORGANISATIONS, "henviser til", "refers people to", "får henvisninger fra", "gets people referred by"),
    (MIXED, "har stiftet", "founded", "er stiftet af", "was founded by"),
    (MIXED, "rådgiver", "advises", "får råd af", "is advised by"),
    (MIXED, "holder oplæg hos", "gives talks at", "har oplæg ved", "has talks by"),
]


def add(apps, schema_editor):
    kinds = apps.get_model("contacts", "RelationshipKind").objects
    for ends, label_da, label_en, reverse_da, reverse_en in KINDS:
        words = {"label_en": label_en, "reverse_da": reverse_da, "reverse_en": reverse_en}
        kinds.get_or_create(label_da=label_da, defaults={"ends": ends, **words})


def take_away(apps, schema_editor):
    """Those that are used stay until their table goes."""
    kinds = apps.get_model("contacts", "RelationshipKind").objects
    kinds.filter(label_da__in=[kind[1] for kind in KINDS], relationships=None).delete()


class Migration(migrations.Migration):
    dependencies = [("contacts", "0006_relationships_refusals_and_roles")]

    operations = [migrations.RunPython(add, take_away)]
