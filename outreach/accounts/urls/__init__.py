"""Signing in, signing out, the second factor."""

urlpatterns: list = []
