import pytest
from django.core.management import call_command

from content.services.starting import load_starting_content
from outreach.queue.worker import Worker
from tests.journeys import mailbox, words
from tests.journeys.reader import Reader


@pytest.fixture(scope="package", autouse=True)
def published(django_db_setup, django_db_blocker):
    """The starting content, loaded and indexed once for all journeys; each is rolled back to it."""
    with django_db_blocker.unblock():
        load_starting_content()
        Worker(interval=0, batch=True).run()
    yield
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=False)


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
