"""Wagtail's own sign-in and reset, shadowed: a password alone must not open the admin."""

urlpatterns: list = []
