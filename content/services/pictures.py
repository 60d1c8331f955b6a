"""The sizes in which pages show pictures: made when a page is published, for the public face makes none."""

from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.images.models import Image, Rendition
from wagtail.models import Page

# The column of an article, and the same for screens with twice the dots.
FILTERS = ("width-640|format-webp", "width-1280|format-webp")


def make_renditions(images: Iterable[Image]) -> None:
    """Every size of each, those that are there already left as they are."""
    for image in images:
        image.get_renditions(*FILTERS)


def with_publishing(instance: Page, **signal: Any) -> None:
    """A page has been published: have what it shows at hand."""
    make_renditions(images_of(instance))


def images_of(page: Page) -> Iterator[Image]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _images_in(getattr(page, field.name))


def _images_in(stream: StreamValue) -> Iterator[Image]:
    return (block.value for block in stream if isinstance(block.value, Image))


def renditions_of(image: Image) -> list[Rendition]:
    """The sizes there are, the smallest first, in one query."""
    return sorted(image.renditions.filter(filter_spec__in=FILTERS), key=lambda rendition: rendition.width)
