"""What the Wagtail admin shows. The public face loads this too, but has no admin to register with."""

from django.apps import apps

if apps.is_installed("wagtail.snippets"):
    from django.templatetags.static import static
    from django.utils.html import format_html
    from wagtail import hooks
    from wagtail.snippets.models import register_snippet

    from content.snippets import ContactChannelViewSet, GuideViewSetGroup, ThemeViewSet

    register_snippet(ContactChannelViewSet)
    register_snippet(GuideViewSetGroup)
    register_snippet(ThemeViewSet)

    @hooks.register("insert_global_admin_css")
    def own_css():
        return format_html('<link rel="stylesheet" href="{}">', static("content/admin.css"))
