"""What the Wagtail admin shows. The public face loads this too, but has no admin to register with."""

from django.apps import apps

if apps.is_installed("wagtail.snippets"):
    from wagtail.snippets.models import register_snippet

    from content.snippets import ContactChannelViewSet

    register_snippet(ContactChannelViewSet)
