import pytest

from tests.journeys import mailbox, words
from tests.journeys.reader import Reader


@pytest.fixture(scope="module", autouse=True)
def published(loaded_once):
    """The starting content is there for every journey."""


@pytest.fixture(params=[words.da, words.en], ids=["da", "en"])
def says(request):
    """The words of the language this journey is read in."""
    return request.param


@pytest.fixture
def danish():
    return words.da


@pytest.fixture
def reader(db):
    """A visitor who has just come."""
    return Reader()


@pytest.fixture
def mailboxes():
    return mailbox.in_memory()


@pytest.fixture
def post_office(settings):
    """A mail server that the worker talks SMTP to."""
    office = mailbox.PostOffice()
    office.open()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield office
    office.close()
