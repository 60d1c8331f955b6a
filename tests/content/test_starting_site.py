"""The site as it is after the first start."""

from wagtail.models import Locale, Page, Site

from content.models import GuidancePage, HomePage


def test_every_page_is_there_in_both_languages_as_translations(starting_content):
    danish, english = (Page.objects.filter(locale__language_code=code, depth__gte=2) for code in ("da", "en"))

    assert danish.count() == english.count() > 5
    assert set(danish.values_list("translation_key", flat=True)) == set(
        english.values_list("translation_key", flat=True)
    )


def test_the_address_of_the_settings_leads_to_the_danish_front_page(starting_content, settings):
    site = Site.objects.get(is_default_site=True)

    assert site.root_page.specific == HomePage.objects.get(locale__language_code="da")
    assert (site.hostname, site.port) == ("127.0.0.1", settings.PORT)


def test_the_locales_are_danish_and_english(starting_content):
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"da", "en"}


def test_at_least_twelve_guidance_pages_stand_in_each_language(starting_content):
    for code in ("da", "en"):
        assert GuidancePage.objects.live().filter(locale__language_code=code).count() >= 12
