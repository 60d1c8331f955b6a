"""What was a word becomes a row: the kind, the languages, the e-mail and the phone. No word is lost.

A language nobody knows moves to what one should remember; a contact without a source or a purpose says that it has none.
"""

from django.db import migrations

from contacts.reaching import key_of
from contacts.services.languages import read_languages
from contacts.starting.words import plant_kinds, plant_languages, read

BATCH = 1000
NOT_NOTED = "Ikke noteret"


def plant(apps, schema_editor):
    plant_kinds(apps.get_model("contacts", "OrganisationKind"))
    plant_languages(apps.get_model("contacts", "Language"))


def give_kinds(apps, schema_editor):
    organisations = apps.get_model("contacts", "Organisation").objects
    for kind in apps.get_model("contacts", "OrganisationKind").objects.all():
        organisations.filter(kind_key=kind.slug).update(kind=kind)


def take_kinds(apps, schema_editor):
    """Kinds of later days fall back on the nearest word there was."""
    words = {key for branch in read("kinds") for key in branch.get("kinds", {branch["key"]: None})}
    organisations = apps.get_model("contacts", "Organisation").objects
    for kind in apps.get_model("contacts", "OrganisationKind").objects.all():
        organisations.filter(kind=kind).update(kind_key=kind.slug if kind.slug in words else "interest_group")


def read_words(apps, schema_editor):
    person = apps.get_model("contacts", "Person")
    languages = list(apps.get_model("contacts", "Language").objects.all())
    spoken = person.languages.through.objects
    for text in person.objects.exclude(language="").order_by().values_list("language", flat=True).distinct():
        found = read_languages(text, languages)
        people = person.objects.filter(language=text)
        for one in people.iterator(chunk_size=BATCH):
            spoken.bulk_create(
                [person.languages.through(person_id=one.pk, language_id=each.pk) for each in found.known],
                ignore_conflicts=True,
            )
            if found.unknown:
                words = " · ".join(filter(None, [one.remember, ", ".join(found.unknown)]))
                people.filter(pk=one.pk).update(remember=words)


def write_words(apps, schema_editor):
    person = apps.get_model("contacts", "Person")
    names = dict(apps.get_model("contacts", "Language").objects.values_list("code", "name_da"))
    spoken: dict = {}
    for key, code in person.languages.through.objects.order_by("pk").values_list("person_id", "language_id"):
        spoken.setdefault(key, []).append(names[code])
    for key, words in spoken.items():
        person.objects.filter(pk=key, language="").update(language=", ".join(words)[:80])


def keep_channels(apps, schema_editor):
    points = apps.get_model("contacts", "ContactPoint")
    for name in ("Person", "Organisation"):
        rows = apps.get_model("contacts", name).objects.exclude(email="", phone="")
        made = []
        for contact in rows.only("pk", "email", "phone").iterator(chunk_size=BATCH):
            for channel in ("email", "phone"):
                if value := getattr(contact, channel):
                    owner = {f"{name.lower()}_id": contact.pk}
                    made.append(points(**owner, channel=channel, value=value, key=key_of(channel, value)))
        points.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)


def say_where_from(apps, schema_editor):
    for name in ("Person", "Organisation"):
        contacts = apps.get_model("contacts", name).objects
        contacts.filter(source="").update(source=NOT_NOTED)
        contacts.filter(purpose="").update(purpose=NOT_NOTED)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0011_kinds_languages_and_rows_of_contacts")]

    operations = [
        migrations.RunPython(plant, migrations.RunPython.noop),
        migrations.RunPython(give_kinds, take_kinds),
        migrations.RunPython(read_words, write_words),
        migrations.RunPython(keep_channels, migrations.RunPython.noop),
        migrations.RunPython(say_where_from, migrations.RunPython.noop),
    ]
