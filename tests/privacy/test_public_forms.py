import inspect
import re
from datetime import timedelta

import pytest
import time_machine
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from outreach.privacy.forms import FormTokenMixin, PublicFormHelper, public_form
from outreach.privacy.guard import GuardedFormMixin
from outreach.settings import base


class Wish(FormTokenMixin, GuardedFormMixin, forms.Form):
    name = forms.CharField()


class OtherWish(FormTokenMixin, forms.Form):
    name = forms.CharField()


@public_form
def take(request):
    return HttpResponse("taken")


def unmarked(request):
    return HttpResponse("taken")


UNSAFE = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")

urlpatterns = [path("marked/", take), path("unmarked/", unmarked)]


def post(**headers):
    request = RequestFactory().post("/", {"name": "Bo"}, headers=headers)
    return take(request).content


def status_of_post(**headers):
    return take(RequestFactory().post("/", {"name": "Bo"}, headers=headers)).status_code


def typed(token, **values):
    return Wish({"name": "Bo", "form_token": token, **values})


# Where a form was sent from


def test_a_post_from_our_own_page_is_taken():
    assert post(**{"Sec-Fetch-Site": "same-origin"}) == b"taken"
    assert post(Origin="http://testserver") == b"taken"


def test_a_post_from_the_public_address_is_taken_behind_a_proxy(settings):
    settings.PUBLIC_BASE_URL = "https://public.example"

    assert post(Origin="https://public.example") == b"taken"


def test_a_browser_that_says_nothing_is_left_to_the_token():
    assert post() == b"taken"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": ""},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver:8080"},
        {"Origin": ""},
    ],
)
def test_a_post_from_elsewhere_is_refused(headers):
    assert status_of_post(**headers) == 403


@pytest.mark.parametrize("site", [{}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_whose_origin_the_browser_hides_is_taken_without_its_token(site):
    @public_form
    def wish(request):
        form = Wish(request.POST)
        return HttpResponse(form.errors.as_json() + form["name"].value())

    request = RequestFactory().post(
        "/", {"name": "Bo", "form_token": Wish.new_token()}, headers={"Origin": "null", **site}
    )
    answer = wish(request).content.decode()

    assert '"unproven"' in answer and answer.endswith("Bo")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_a_public_form_knows_no_other_method(method):
    answer = take(RequestFactory().generic(method, "/"))

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


def test_a_link_from_elsewhere_may_be_followed():
    request = RequestFactory().get("/", headers={"Sec-Fetch-Site": "cross-site"})

    assert take(request).content == b"taken"


@pytest.mark.django_db
def test_a_public_form_needs_no_csrf_cookie(settings, db):
    settings.ROOT_URLCONF = __name__
    client = Client(enforce_csrf_checks=True)

    assert client.post("/marked/").status_code == 200
    assert client.post("/unmarked/").status_code == 403


@pytest.mark.django_db
def test_the_public_process_takes_a_post_only_where_a_view_was_made_for_it(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = base.PUBLIC_MIDDLEWARE
    client = Client()

    assert client.post("/marked/").status_code == 200
    assert [client.generic(method, "/unmarked/").status_code for method in UNSAFE] == [405] * len(UNSAFE)
    assert client.get("/unmarked/").status_code == 200


def views(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.callback


def reads_posts(view):
    if view_class := getattr(view, "view_class", None):
        return hasattr(view_class, "post")
    return bool(re.search(r"\bPOST\b|require_http_methods", inspect.getsource(inspect.unwrap(view))))


def test_a_view_that_reads_a_post_is_known_as_one():
    def function(request):
        return request.POST["name"]

    assert reads_posts(function)
    assert reads_posts(FormView.as_view())
    assert not reads_posts(TemplateView.as_view())
    assert not reads_posts(unmarked)


def test_every_public_view_that_reads_a_post_is_a_public_form():
    public = list(views(get_resolver("outreach.urls.public").url_patterns))

    assert [view for view in public if reads_posts(view) and not getattr(view, "is_public_form", False)] == []


# When its page was made


def test_a_form_with_a_fresh_token_is_taken_and_holds_only_what_was_typed():
    form = typed(Wish.new_token())

    assert form.is_valid()
    assert form.cleaned_data == {"name": "Bo"}


def test_a_token_lasts_from_morning_to_evening():
    token = Wish.new_token()

    with time_machine.travel(timezone.now() + timedelta(hours=11, minutes=59)):
        assert typed(token).is_valid()


def test_an_old_form_says_so_keeps_what_was_typed_and_can_be_sent_again():
    token = Wish.new_token()

    with time_machine.travel(timezone.now() + timedelta(hours=12, minutes=1)):
        form = typed(token)
        assert form.has_error("__all__", "expired")
        assert form["name"].value() == "Bo"

        again = typed(form["form_token"].value())
        assert again.is_valid()


@pytest.mark.parametrize("token", ["x", ":", "::", "1:2:3", "\x00", "é" * 500])
def test_a_forged_token_is_refused(token):
    assert typed(token).has_error("__all__", "expired")


def test_a_form_without_a_token_is_refused():
    assert Wish({"name": "Bo"}).has_error("__all__", "unproven")
    assert typed("").has_error("__all__", "unproven")


def test_a_token_of_another_form_is_refused():
    assert typed(OtherWish.new_token()).has_error("__all__", "expired")


def test_a_token_is_never_taken_for_a_civil_registration_number(monkeypatch):
    monkeypatch.setattr("outreach.privacy.guard.contains_cpr", lambda text: True)
    form = typed(Wish.new_token())

    assert set(form.errors) == {"name"}


# The trap


def test_a_filled_trap_is_refused_and_comes_back_empty():
    form = typed(Wish.new_token(), homepage="http://spam.example")

    assert form.has_error("__all__", "trapped")
    assert form["homepage"].value() == ""


def test_token_and_trap_are_rendered_whatever_the_layout_names():
    form = Wish()
    form.helper = PublicFormHelper()
    html = render_crispy_form(form)

    assert re.search(r'<input type="hidden" name="form_token" value="[^"]{20,}"', html)
    assert re.search(r'<span class="sr" aria-hidden="true"><label>[^<]+<input type="text" name="homepage"', html)
    assert 'tabindex="-1"' in html
    assert "csrfmiddlewaretoken" not in html
