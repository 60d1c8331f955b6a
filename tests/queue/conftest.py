import pytest
from django_tasks_db.models import DBTaskResult

from outreach.queue import names
from tests.queue import sample_tasks


@pytest.fixture(autouse=True)
def sample_names(monkeypatch):
    for name, path in sample_tasks.NAMES.items():
        monkeypatch.setitem(names.TASKS, name, path)
    sample_tasks.noted.clear()


@pytest.fixture(autouse=True)
def empty_queue(db):
    """Making the root page and the site left tasks of Wagtail's."""
    DBTaskResult.objects.all().delete()
