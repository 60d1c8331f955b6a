"""What the Wagtail admin shows of translations that may be behind."""

from django import template
from django.urls import reverse
from wagtail.models import Page

from content.services.translations import outdated
from outreach.languages import further

register = template.Library()


@register.simple_tag
def outdated_translation(page: Page) -> Page | None:
    """The page as ``outdated`` tells of it, if the Danish page was published after it."""
    return outdated().filter(pk=page.pk).first()


@register.simple_tag(takes_context=True)
def is_outdated(context: template.Context, page: Page) -> bool:
    """The same for a row of a list: read once for all rows of a request."""
    request = context["request"]
    if not hasattr(request, "outdated_pages"):
        request.outdated_pages = set(outdated().order_by().values_list("pk", flat=True))
    return page.pk in request.outdated_pages


@register.filter
def awaits_a_reader(page: Page) -> bool:
    """Whether the page is in a further language and nobody has published it: a native reader reads it first."""
    return page.first_published_at is None and not page.live and page.locale.language_code in further()


@register.filter
def what_changed(translation: Page) -> str:
    """Where the Danish page is compared with its version that the translation fits."""
    versions = [translation.source_id, translation.fitting_id or "earliest", "live"]
    return reverse("wagtailadmin_pages:revisions_compare", args=versions)
