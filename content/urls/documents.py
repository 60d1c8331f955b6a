"""Under the name Wagtail asks for, wherever a page or its admin shows a document."""

from django.urls import path

from content.views.documents import document

urlpatterns = [path("<int:document_id>/<str:document_filename>", document, name="wagtaildocs_serve")]
