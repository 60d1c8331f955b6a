"""What the Wagtail admin shows. The public face loads this too, but has no admin to register with."""

from django.apps import apps

if apps.is_installed("wagtail.admin"):
    import content.admin.approvals
    import content.admin.hooks
    import content.admin.notices
    import content.admin.search  # noqa: F401
