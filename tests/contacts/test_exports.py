"""A list as a spreadsheet: what one sees, nothing more, and written in the trail."""

import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from contacts.services import exporting
from outreach.audit.models import Entry
from tests.contacts.factories import AffiliationFactory, OrganisationFactory, PersonFactory

URL = reverse("workspace:export_people")
ASKED = {"kind": "csv", "reason": "Invitationer til et møde"}


def rows_of(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_a_sheet_holds_the_rows_of_the_list_and_says_who_took_it(desk):
    AffiliationFactory(person__name="Amina", role="formand", organisation__name="Åbne Døre")
    PersonFactory(name="Yusuf")

    response = desk.post(f"{URL}?q=amina", ASKED)

    mark, head, *rows = rows_of(response)
    assert "Mette Lund" in mark[0]
    assert head[:3] == ["Name", "Role", "Organisation"]
    assert [row[:3] for row in rows] == [["Amina", "Formand", "Åbne Døre"]]
    assert response["Content-Disposition"].startswith('attachment; filename="people-')


def test_a_sheet_in_xlsx_holds_text_that_nothing_computes(desk):
    PersonFactory(name='=HYPERLINK("http://example.org";"click")')

    book = load_workbook(BytesIO(desk.post(URL, {**ASKED, "kind": "xlsx"}).content))

    cell = book.active["A3"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'=HYPERLINK")


@pytest.mark.parametrize("name", ["=1+1", "+45 12", "-2", "@SUM(A1)", "\t=1", " =1", "\uff1d1"])
def test_no_cell_begins_as_a_formula(desk, name):
    PersonFactory(name=name)

    assert rows_of(desk.post(URL, ASKED))[2][0].startswith("'")


def test_the_trail_names_every_row_and_why(desk, officer):
    people = PersonFactory.create_batch(2)

    response = desk.post(URL, ASKED)

    entry = Entry.objects.get(verb="export")
    assert (entry.actor_id, entry.object_label, entry.reason) == (officer.pk, "contacts.Person", ASKED["reason"])
    assert set(entry.ids) == {str(person.pk) for person in people}
    assert entry.request_id in rows_of(response)[0][0]


def test_the_hidden_are_in_no_sheet_and_in_no_count(desk):
    PersonFactory(name="Amina")
    PersonFactory(name="Secret", restricted=True)

    assert desk.get(URL).context["count"] == 1
    assert "Secret" not in desk.post(URL, ASKED).content.decode("utf-8-sig")


def test_nothing_is_taken_without_a_reason(desk):
    response = desk.post(URL, {"kind": "csv", "reason": " "})

    assert response.status_code == 422
    assert response.context["form"].errors["reason"]
    assert not Entry.objects.filter(verb="export").exists()


def test_no_reason_lets_a_number_into_the_trail(desk):
    passed = {"reason": "til 010290-1234", "not_a_number": "it is the number of an invoice"}

    response = desk.post(URL, {**ASKED, **passed})

    assert response.status_code == 422
    assert 'name="not_a_number"' not in response.content.decode()
    assert not Entry.objects.filter(verb="export").exists()


def test_a_list_that_is_too_long_must_be_narrowed_first(desk, monkeypatch):
    monkeypatch.setattr(exporting, "MOST", 1)
    PersonFactory.create_batch(2)

    assert "The list is too long" in desk.post(URL, ASKED).content.decode()
    assert not Entry.objects.filter(verb="export").exists()


def test_organisations_have_a_sheet_of_their_own(desk):
    OrganisationFactory(name="Åbne Døre")

    _mark, head, row = rows_of(desk.post(reverse("workspace:export_organisations"), ASKED))
    assert (head[:2], row[0]) == (["Name", "Kind"], "Åbne Døre")


def test_a_sheet_costs_the_same_with_more_rows(desk, django_assert_max_num_queries):
    for _round in range(2):
        AffiliationFactory.create_batch(5)
        with django_assert_max_num_queries(15):
            desk.post(URL, ASKED)
