"""The list to begin with. They tell of somebody; the topics of the house (radikalisering, bekymring, ekstremisme,
mistænkeliggørelse) stay free."""

from django.db import migrations

from outreach.places.folding import fold

DANISH = (
    "radikaliseret", "radikaliserede", "blevet radikal", "blevet ekstrem", "bekymret for",
    "bekymrede for", "bekymring for ham", "bekymring for hende", "bekymringssag", "underretning om", "underretning på",
    "mistænkt", "mistænker", "mistænkelig adfærd", "terrormistænkt", "sympatiserer med", "sympatisør", "støtter terror",
    "støtter islamisk stat", "hylder terror", "hylder vold", "rejst til syrien", "rejse til syrien", "vil til syrien",
    "udrejst til", "har truet", "truer med vold", "truet med vold", "planlægger et angreb", "planlægger angreb",
    "planlægger vold", "har våben", "har et våben", "skaffet våben", "skaffe våben", "sigtet for", "tiltalt for",
    "dømt for", "varetægtsfængsl", "anholdt", "har ændret adfærd", "isolerer sig", "selvmordstruet", "bandemedlem",
    "har ekstreme holdninger", "er ekstremist", "er islamist", "er nazist", "er jihadist", "er terrorist",
    "i exit forløb", "sag på ham", "sag på hende", "hans sag", "hendes sag", "sagen om ham", "sagen om hende",
    "øje med ham", "øje med hende",
)
ENGLISH = (
    "radicalised", "radicalized", "become radical", "become extreme", "worried about", "concerned about him",
    "concerned about her", "suspected of", "is suspected", "suspicious behaviour", "suspicious behavior",
    "sympathises with", "sympathizes with", "supports terror", "supports isis", "travelled to syria",
    "traveled to syria", "go to syria", "has threatened", "threatened to kill", "threatens to hurt",
    "planning an attack", "plans an attack", "has a weapon", "charged with", "convicted of", "was arrested",
    "been arrested", "is an extremist", "is a terrorist", "gang member", "eye on him", "eye on her",
)


def load(apps, schema_editor):
    model = apps.get_model("privacy", "CaseWord")
    model.objects.bulk_create(
        [model(stem=stem, folded=fold(stem)) for stem in (*DANISH, *ENGLISH)], ignore_conflicts=True
    )


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_words_that_suggest_a_case")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
