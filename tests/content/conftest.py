import pytest

from content.services.starting import load_starting_content


@pytest.fixture
def starting_content(db):
    """The site as it is after the first start."""
    return load_starting_content()
