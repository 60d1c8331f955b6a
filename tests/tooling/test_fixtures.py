"""What the fixtures of tests/conftest.py promise to every other test."""

import pytest
from django.db import connection
from wagtail.models import Collection, Locale, Page, Site

from tests.watching import watched_page


def assert_ground_is_planted():
    assert Site.objects.get().root_page == Page.get_first_root_node()
    assert Page.objects.count() == 1
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"da", "en"}
    assert Collection.get_first_root_node() is not None


def test_a_database_begins_with_wagtails_roots_and_nothing_else(db):
    assert_ground_is_planted()


@pytest.mark.parametrize("time", ["first", "after a flush"])
def test_a_transactional_test_finds_them_too(transactional_db, time):
    assert_ground_is_planted()


def test_the_media_folder_of_a_test_run_lies_outside_the_tree(settings):
    assert "media" in str(settings.MEDIA_ROOT)
    assert not str(settings.MEDIA_ROOT).startswith(str(settings.ROOT))


@pytest.mark.postgresql
def test_a_postgresql_run_is_on_postgresql(db, postgresql_server):
    assert connection.vendor == "postgresql"
    assert connection.settings_dict["PORT"] == postgresql_server.port


@pytest.mark.browser
def test_a_page_fails_when_it_calls_another_host_or_breaks_its_policy(chromium):
    policy = "<meta http-equiv='Content-Security-Policy' content=\"script-src 'none'\">"
    with pytest.raises(AssertionError, match="content security policy"), watched_page(chromium) as page:
        page.set_content(f"{policy}<script>1</script>")
        page.wait_for_timeout(100)
    with pytest.raises(AssertionError, match="other hosts"), watched_page(chromium) as page:
        page.set_content("<img src='http://elsewhere.invalid/pixel.png'>")
    with pytest.raises(AssertionError, match="errors in scripts"), watched_page(chromium) as page:
        page.set_content("<script>missing()</script>")
        page.wait_for_timeout(100)
