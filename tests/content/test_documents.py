"""Files that editors publish: linked from pages, downloaded by anyone, run by no browser."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document

from outreach.accounts.models import Role, User
from tests.content.conftest import add_page, home

CONTENT = b"%PDF-1.7 folder"


@pytest.fixture
def folder(db):
    return Document.objects.create(title="Folder om samtalen", file=ContentFile(CONTENT, name="folder.pdf"))


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_page_leads_to_its_document(starting_content, read, client, folder, language):
    page = add_page(home(language), "folder", body=[("document", {"document": folder, "title": ""})])

    link = read(page.url).select_one(".download a")

    assert link.get_text() == "Folder om samtalen"
    assert b"".join(client.get(link["href"]).streaming_content) == CONTENT


def test_a_document_is_a_download_in_a_cage(client, folder):
    response = client.get(folder.url)

    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert not response.cookies


def test_another_name_or_number_finds_nothing(client, folder):
    assert client.get(folder.url.replace("folder", "andet")).status_code == 404
    assert client.get(folder.url.replace(f"/{folder.pk}/", f"/{folder.pk + 1}/")).status_code == 404


def test_an_editor_finds_documents_in_a_list(client, folder):
    client.force_login(User.objects.create_user("rikke@example.org", name="Rikke", role=Role.EDITOR))

    assert "Folder om samtalen" in client.get(reverse("wagtaildocs:index")).content.decode()
