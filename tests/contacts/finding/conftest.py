import pytest

from contacts.finding import door

WAYS = [pytest.param("functions", marks=pytest.mark.postgresql), "orm"]


@pytest.fixture(params=WAYS)
def behind(request, db, monkeypatch):
    """Both ways to search: by the functions of PostgreSQL, and without them, which is all there is on SQLite."""
    if request.param == "orm":
        monkeypatch.setattr(door, "reader_of", lambda rows: None)
    return request.param
