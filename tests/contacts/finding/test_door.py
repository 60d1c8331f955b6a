"""What a search finds: one suite for the functions of PostgreSQL and for what takes their place on SQLite."""

from datetime import timedelta

import pytest
from django.db import connection

from contacts.finding import door
from contacts.finding.asked import Topics, asked
from contacts.models import Organisation, OtherName, Person, Topic
from contacts.services import searching
from outreach.accounts.models import Role
from outreach.places.models import Municipality, PoliceDistrict, Region, RegionMembership
from tests.contacts.factories import TODAY, OfficerFactory, OrganisationFactory, PersonFactory, dialogue, grant

pytestmark = pytest.mark.usefixtures("behind", "monday")


@pytest.fixture
def place(db):
    """A municipality, its district and its region."""
    district = PoliceDistrict.objects.create(name="Nordjyllands Politi", slug="nordjyllands-politi")
    town = Municipality.objects.create(name="Brønderslev", slug="broenderslev", code="810", police_district=district)
    region = Region.objects.create(name="Region Nordjylland", slug="region-nordjylland")
    RegionMembership.objects.create(municipality=town, region=region)
    return town


def found(text, user, most=11):
    return [str(one) for one in door.best(Person.objects.visible_to(user), asked(text), most)]


def in_list(text, user):
    return {str(one) for one in Person.objects.visible_to(user).found_by(text)}


def talks(text, user, topics=()):
    found, close = searching.dialogues(asked(text), topics=Topics(list(topics)), user=user)
    return [] if close else [talk.pk for talk in found]


def close_talks(text, user, topics=()):
    found, close = searching.dialogues(asked(text), topics=Topics([], list(topics)), user=user)
    return [talk.pk for talk in found] if close else []


@pytest.mark.parametrize(
    "text",
    ["Søren Ågård", "soren agard", "Aagaard Soeren", "ågård", "søre", "SØREN", "gård", "Sören", "søren, ågård"],
)
def test_a_name_is_found_in_any_order_and_spelling(text, officer):
    PersonFactory(name="Søren Ågård")
    PersonFactory(name="Bente Holm")

    assert found(text, officer) == ["Søren Ågård"]
    assert in_list(text, officer) == {"Søren Ågård"}


@pytest.mark.parametrize("text", ["Soren Agrd", "Sören Agardd", "Sroen Ågård", "Døren Ågård", "Søren Bgård", "Sørn"])
def test_a_name_is_found_with_one_edit_in_a_word(text, officer):
    PersonFactory(name="Søren Ågård")
    PersonFactory(name="Bente Holm")

    assert found(text, officer) == ["Søren Ågård"]
    assert in_list(text, officer) == {"Søren Ågård"}


def test_names_in_another_script_are_found_beside_the_first(officer):
    person = PersonFactory(name="Amina Haddad")
    OtherName.objects.create(person=person, name="أمينة حداد")
    person.save()

    assert found("حداد أمينة", officer) == ["Amina Haddad"]


@pytest.mark.parametrize(
    "text",
    ["+45 41 74 90 99", "0045 41749099", "41749099", "41 74 90", "4174", "749099", "7490", "4541749099", "+4541 749"],
)
def test_a_phone_number_is_found_by_a_part_in_any_grouping(text, officer):
    PersonFactory(name="Amina Haddad", phone="+45 41 74 90 99")
    PersonFactory(name="Bente Holm", phone="+45 60 60 60 60")

    assert found(text, officer) == ["Amina Haddad"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Đorđe Đukić", ["Dorde Dukic", "djordje djukic", "ĐORĐE"]),
        ("Łukasz Wałęsa", ["lukasz walesa", "Walesa Łukasz"]),
        ("Ħal Għaxaq", ["hal ghaxaq", "ħal"]),
        ("IŞIK Iğdır", ["isik", "ışık ığdır", "Isik Igdir"]),
        ("Günther Weiß", ["weiss", "gunther"]),
        ("علی‌رضا فاطمة", ["عليرضا", "علي رضا", "فاطمه"]),
        ("हिन्दी नाम", ["हिन्दी", "नाम हिन्दी"]),
        ("Євген Шевченко", ["шевченко", "євген"]),
    ],
)
def test_letters_of_other_languages_are_found_as_people_write_them_here(name, typed, officer):
    PersonFactory(name=name)
    PersonFactory(name="Bente Holm")

    assert {text: found(text, officer) for text in typed} == {text: [name] for text in typed}


@pytest.mark.parametrize("text", ["٤١٧٤٩٠٩٩", "۴۱ ۷۴ ۹۰ ۹۹", "٠٠٤٥ ٤١٧٤٩٠٩٩", "７４９０"])
def test_a_number_is_found_by_the_digits_of_any_script(text, officer):
    PersonFactory(name="Amina Haddad", phone="+45 41 74 90 99")
    PersonFactory(name="Bente Holm", phone="+45 60 60 60 60")

    assert found(text, officer) == ["Amina Haddad"]


@pytest.mark.parametrize("text", ["DK12345674", "CVR 12 34 56 74", "cvr-nr. 12345674", "CVR: 123456", "dk-123456"])
def test_a_company_number_is_found_as_it_is_written_on_paper(text, officer):
    OrganisationFactory(name="Kulturforeningen", company_number="12345674")
    houses = Organisation.objects.visible_to(officer)

    assert [str(one) for one in door.best(houses, asked(text), 5)] == ["Kulturforeningen"]


def test_a_company_number_is_found_by_a_part(officer):
    OrganisationFactory(name="Kulturforeningen", company_number="12345674")
    houses = Organisation.objects.visible_to(officer)

    assert [str(one) for one in door.best(houses, asked("123456"), 5)] == ["Kulturforeningen"]
    assert [str(one) for one in door.best(houses, asked("34567"), 5)] == ["Kulturforeningen"]


@pytest.mark.parametrize("text", ["amina.haddad@mail.example", "haddad@mail", "addad@mai", "mail.example"])
def test_an_address_is_found_by_a_part(text, officer):
    PersonFactory(name="A. H.", email="amina.haddad@mail.example")

    assert found(text, officer) == ["A. H."]


@pytest.mark.parametrize("text", ["Brønderslev", "bronderslev", "Nordjylland", "nordjyllands politi"])
def test_a_place_finds_who_works_there_by_municipality_district_and_region(text, officer, place):
    PersonFactory(name="Amina Haddad", municipality=place)
    PersonFactory(name="Bente Holm")

    assert found(text, officer) == ["Amina Haddad"]
    assert in_list(text, officer) == {"Amina Haddad"}


def test_a_name_and_a_place_narrow_each_other(officer, place):
    PersonFactory(name="Amina Haddad", municipality=place)
    PersonFactory(name="Amina Holm")

    assert found("amina nordjylland", officer) == ["Amina Haddad"]


@pytest.mark.parametrize(
    ("text", "names"),
    [("b", ["Bo Lund", "Anna Bach"]), ("ac", []), ("lu", ["Bo Lund", "Anna Bach"]), ("up", []), ("41", ["Anna Bach"])],
)
def test_one_and_two_letters_find_only_what_begins_with_them(text, names, officer):
    PersonFactory(name="Anna Bach", email="lurup@mail.example", phone="+45 41 74 90 99")
    PersonFactory(name="Bo Lund", email="bo@mail.example", phone="+45 60 60 60 60")

    assert found(text, officer) == names
    assert in_list(text, officer) == set(names)


@pytest.mark.parametrize(("text", "finds"), [("g", True), ("Ge", True), ("lo", True), ("el", False), ("e", False)])
def test_one_and_two_letters_find_dialogues_in_which_a_word_begins_with_them(text, finds, officer):
    talk = dialogue(officer, people=[PersonFactory()], summary="Om lokaler.", place="Gellerup")

    assert talks(text, officer) == [talk.pk] * finds


def test_a_name_as_it_is_comes_first_then_beginnings_then_other_words_then_what_is_close(officer):
    for name in ["Janz Holm", "Hans Jansen", "Jan Bo", "Bo Jan", "Trojan Bo"]:
        PersonFactory(name=name)

    assert found("jan", officer) == ["Jan Bo", "Janz Holm", "Bo Jan", "Hans Jansen", "Trojan Bo"]


def test_in_a_list_what_is_close_stands_only_where_nothing_is_meant(officer):
    PersonFactory(name="Mette Jensen")
    PersonFactory(name="Mette Jansen")

    assert in_list("mette jansen", officer) == {"Mette Jansen"}
    assert in_list("mette jonsen", officer) == {"Mette Jensen", "Mette Jansen"}


def test_what_is_hidden_changes_nothing_for_others(officer):
    """Were the restricted one counted as meant, the close one would be missing."""
    PersonFactory(name="Mette Jensen", restricted=True)
    PersonFactory(name="Mette Jansen")

    assert found("mette jensen", officer) == ["Mette Jansen"]
    assert in_list("mette jensen", officer) == {"Mette Jansen"}


def test_a_restricted_person_is_found_by_owner_and_grant_until_its_day(officer, colleague):
    mine = PersonFactory(name="Amina Haddad", restricted=True, owner=officer)
    grant(mine, colleague, until=TODAY)
    over = PersonFactory(name="Amina Holm", restricted=True, owner=officer)
    grant(over, colleague, until=TODAY - timedelta(days=1))

    assert found("amina", officer) == ["Amina Haddad", "Amina Holm"]
    assert found("amina", colleague) == ["Amina Haddad"]


def test_hidden_ones_take_nobodys_place(officer):
    for number in range(12):
        PersonFactory(name=f"Aa Hidden {number}", restricted=True)
    PersonFactory(name="Aa Zeta")

    assert found("aa", officer, most=2) == ["Aa Zeta"]


def test_only_those_a_queryset_is_narrowed_to_are_found_in_it(officer, place):
    PersonFactory(name="Amina Haddad", municipality=place)
    PersonFactory(name="Amina Holm")
    narrowed = Person.objects.visible_to(officer).filter(municipality__police_district=place.police_district)

    assert [str(one) for one in narrowed.best_found("amina", 5)] == ["Amina Haddad"]


def test_nobody_is_found_for_no_words(officer):
    PersonFactory()

    assert found(" -,. ", officer) == []
    assert found("", officer) == []


@pytest.mark.parametrize(
    "text", ["'; drop table x --", "%", "_%_", "a & b | !c:*", '"a" OR b', "\\", "(", "zzz", "x'y\"z"]
)
def test_signs_are_only_signs(text, officer):
    PersonFactory(name="Amina Haddad")

    assert found(text, officer) == []


def test_dialogues_are_found_by_summary_place_and_topic_newest_first(officer):
    topic = Topic.objects.create(name_da="Lokaler", name_en="Premises")
    person = PersonFactory()
    old = dialogue(officer, people=[person], summary="Vi talte om ungdomsklubben.", day=TODAY - timedelta(days=9))
    new = dialogue(officer, people=[person], summary="Ungdomsklub igen", place="Gellerup", day=TODAY)
    new.topics.add(topic)

    assert talks("ungdomsklub", officer) == [new.pk, old.pk]
    assert talks("gellerup", officer) == [new.pk]
    assert talks("intet", officer, [topic.pk]) == [new.pk]


@pytest.mark.parametrize(
    "text",
    [
        "lektiehjlæp",
        "lektehjælp",
        "lecktiehjælp",
        "Lektiehjælb",
        "ektiehjælp",
        "lektiehjælpp gelerup",
    ],
)
def test_a_dialogue_is_found_by_a_word_with_one_letter_wrong(text, officer):
    talk = dialogue(officer, people=[PersonFactory()], summary="Vi talte om lektiehjælp.", place="Gellerup")

    assert talks(text, officer) == []
    assert close_talks(text, officer) == [talk.pk]


@pytest.mark.parametrize("text", ["ungdomsklbu", "ungdomskub om", "undgomsklubben"])
def test_a_long_word_may_go_on_where_it_was_mistyped(text, officer):
    talk = dialogue(officer, people=[PersonFactory()], summary="Om ungdomsklubben.")

    assert close_talks(text, officer) == [talk.pk]


@pytest.mark.parametrize("text", ["hsu", "lektihjæl xyz", "2204", "mxde", "lekt"])
def test_what_is_too_short_or_two_letters_wrong_comes_close_to_nothing(text, officer):
    dialogue(officer, people=[PersonFactory()], summary="Et hus i 2024 om lektiehjælp, medens vi talte.")

    assert close_talks(text, officer) == []


def test_what_comes_close_stands_only_where_nothing_is_as_it_was_written(officer):
    right, _near = (dialogue(officer, people=[PersonFactory()], summary=text) for text in ("Om huset.", "Om hulet."))

    assert talks("huset", officer) == [right.pk]
    assert close_talks("huset", officer) == []


def test_a_mistyped_topic_finds_what_is_about_it(officer):
    topic = Topic.objects.create(name_da="Lokaler", name_en="Premises")
    talk = dialogue(officer, people=[PersonFactory()], summary="Om dit og dat.")
    talk.topics.add(topic)

    assert close_talks("lokalre", officer, [topic.pk]) == [talk.pk]


def test_no_word_of_a_hidden_dialogue_changes_what_comes_close(officer, stranger):
    hidden = PersonFactory(restricted=True, owner=officer)
    dialogue(officer, people=[hidden], summary="Om lektiehjælp.", note="Fortroligt")
    shown = dialogue(officer, people=[PersonFactory()], summary="Om lektiehjulp.")

    assert close_talks("lektiehjølp", stranger) == [shown.pk]
    assert talks("lektiehjælp", stranger) == []
    assert close_talks("lektiehjælp", stranger) == [shown.pk]
    assert len(close_talks("lektiehjølp", officer)) == 2
    assert close_talks("fortrolight", officer) == []


def test_the_list_of_words_follows_what_dialogues_say(officer):
    first = dialogue(officer, people=[PersonFactory()], summary="Om fodbold.")
    second = dialogue(officer, people=[PersonFactory()], summary="Om fodbold og skak.")

    second.summary = "Om skakspil."
    second.save()
    assert _words_that_begin_with("fod", "skak") == {"fodbold", "skakspil"}
    first.delete()
    assert _words_that_begin_with("fod", "skak") == {"skakspil"}
    second.delete()
    assert _words_that_begin_with("fod", "skak") == set()


def _words_that_begin_with(*starts):
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT word FROM contacts_dialogue_near")
        return {word for (word,) in cursor.fetchall() if word.startswith(starts)}


def test_no_dialogue_is_found_by_its_internal_note(officer):
    dialogue(officer, people=[PersonFactory()], summary="Talte sammen.", note="Fortroligt ønske om ro")

    assert talks("fortroligt", officer) == []


def test_a_dialogue_is_found_by_those_who_may_know_of_it(officer, colleague, stranger):
    hidden = PersonFactory(name="Amina Haddad", restricted=True, owner=officer)
    talk = dialogue(officer, people=[hidden], officers=[colleague], summary="Om lektiehjælp.")

    assert talks("lektiehjælp", officer) == talks("lektiehjælp", colleague) == [talk.pk]
    assert talks("lektiehjælp", stranger) == []
    grant(hidden, stranger, until=TODAY)
    assert talks("lektiehjælp", stranger) == [talk.pk]


def test_behind_many_newer_dialogues_one_may_not_see_an_older_one_is_found(officer, stranger):
    hidden = PersonFactory(restricted=True, owner=officer)
    for number in range(60):
        dialogue(officer, people=[hidden], summary="Om fastelavn.", day=TODAY - timedelta(days=number))
    old = dialogue(officer, people=[PersonFactory()], summary="Om fastelavn.", day=TODAY - timedelta(days=99))

    assert talks("fastelavn", stranger) == [old.pk]


def test_what_many_dialogues_say_hides_no_newer_one_about_the_topic(officer):
    topic, person = Topic.objects.create(name_da="Fastelavn", name_en="Shrovetide"), PersonFactory()
    for number in range(60):
        dialogue(officer, people=[person], summary="Om fastelavn.", day=TODAY - timedelta(days=number + 1))
    new = dialogue(officer, people=[person], summary="Om tønder.", day=TODAY)
    new.topics.add(topic)

    assert talks("fastelavn", officer, [topic.pk])[0] == new.pk


def test_who_reads_no_contacts_finds_none():
    PersonFactory(name="Amina Haddad")
    editor = OfficerFactory(role=Role.EDITOR)

    assert found("amina", editor) == []
    assert in_list("amina", editor) == set()


@pytest.mark.postgresql
def test_behind_the_wall_only_the_reader_of_the_transaction_finds(officer, stranger, as_role):
    """Whatever name the caller gives: the functions answer for the colleague in the settings, or for nobody."""
    PersonFactory(name="Amina Haddad", restricted=True, owner=officer)
    people = Person.objects.visible_to(officer)

    with as_role("internal", officer):
        assert [str(one) for one in door.best(people, asked("amina"), 5)] == ["Amina Haddad"]
    for user in (stranger, None):
        with as_role("internal", user):
            assert door.best(people, asked("amina"), 5) == []
            assert _by_function(officer.pk) == []


def _by_function(reader):
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.finding_all('person', '''namina''', '', '{}', '{}', %s, %s)", [reader, TODAY])
        return cursor.fetchall()
