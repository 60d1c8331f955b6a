"""What a guidance page weighs on the way to a reader, as production sends it, and that nothing on it moves."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings
from django.test.testcases import LiveServerThread

from outreach.settings.base import PUBLIC_MIDDLEWARE
from tests.content.public_face import forget

pytestmark = [pytest.mark.browser, pytest.mark.once]

MOST_REQUESTS = 8
MOST_BYTES = 150_000
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 100_000}
SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(entry => entry.value)))
  .observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(scope="module")
def public_site(site, tmp_path_factory):
    """The public face with its files hashed and compressed, on the database of these tests."""
    as_in_production = override_settings(
        DEBUG=False,
        FACE="public",
        ROOT_URLCONF="outreach.urls.public",
        MIDDLEWARE=PUBLIC_MIDDLEWARE,
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        },
    )
    with as_in_production:
        forget()
        call_command("collectstatic", interactive=False, verbosity=0)
        server = LiveServerThread("127.0.0.1", static_handler=lambda application: application)
        server.daemon = True
        server.start()
        server.is_ready.wait(10)
        yield f"http://127.0.0.1:{server.port}"
        server.terminate()
    forget()
    staticfiles_storage._setup()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_guidance_page_is_light_and_stands_still(public_site, open_page, width):
    with open_page(viewport={"width": width, "height": 800}) as page:
        page.add_init_script(SHIFTS)
        network, requests, sizes = page.context.new_cdp_session(page), [], []
        network.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
        network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", SLOW)
        page.goto(f"{public_site}/bekymret/som-foraelder/", wait_until="networkidle")
        shifts = page.evaluate("document.fonts.ready.then(() => window.shifts)")

    assert len(requests) <= MOST_REQUESTS, requests
    assert len(sizes) == len(requests)
    assert sum(sizes) <= MOST_BYTES
    assert sum(shifts) == 0


def test_a_file_with_its_hash_in_its_name_is_kept_for_ever(public_site, open_page):
    with open_page() as page:
        answers = {}
        page.on("response", lambda response: answers.update({response.url: response.headers}))
        page.goto(public_site, wait_until="networkidle")

    files = {url: headers for url, headers in answers.items() if "/static/" in url}
    assert files
    for url, headers in files.items():
        assert "immutable" in headers["cache-control"], url
        assert url.endswith(".woff2") or headers["content-encoding"] == "gzip", url
