"""The sites that are measured: ``python -m tools.bench.content plain`` or ``… fill 10000``, as their owner."""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Django must be set up first
    from django.db.models import Model
    from wagtail.models import Page

    from content.models import GuidancePage

IN_A_SECTION = 49
PLAIN_SECTIONS, PLAIN_PAGES = 6, 10


def make_plain_site() -> None:
    """A stock site beside ours, known by the host name localhost, with the words of our guidance pages."""
    from wagtail.models import Locale, Site
    from wagtail.models import Page as WagtailPage

    from content.models import GuidancePage
    from tools.bench.models import PlainPage

    danish = Locale.objects.get(language_code="da")
    words = list(GuidancePage.objects.filter(locale=danish))

    def add(parent: "Page", title: str, source: "GuidancePage") -> "Page":
        page = PlainPage(title=title, lead=source.lead, body=_plain(source), locale=danish, show_in_menus=True)
        return parent.add_child(instance=page)

    home = add(WagtailPage.get_first_root_node(), "Plain", words[0])
    for number in range(PLAIN_SECTIONS):
        section = add(home, f"Section {number}", words[number])
        for place in range(PLAIN_PAGES):
            add(section, f"Page {place}", words[place % len(words)])
    Site.objects.create(hostname="localhost", root_page=home, site_name="Plain")


def _plain(page: "GuidancePage") -> list[tuple[str, str]]:
    """The headings and every rich text of a page, at whatever depth, as plain blocks."""
    found: list[tuple[str, str]] = []

    def collect(value: object, kind: str) -> None:
        if isinstance(value, dict):
            for name, part in value.items():
                collect(part, name)
        elif isinstance(value, list):
            for part in value:
                collect(part, kind)
        elif isinstance(value, str) and kind in ("heading", "text"):
            found.append((kind, value))

    for block in page.body.get_prep_value():
        collect(block["value"], block["type"])
    return found


def fill(wanted: int) -> None:
    """Grow the Danish tree to about ``wanted`` live pages: sections of guidance pages, copies of one that is there."""
    from django.db import transaction
    from wagtail.models import Page as WagtailPage

    from content.models import GuidancePage, HomePage, SectionPage

    home = HomePage.objects.get(locale__language_code="da")
    section = SectionPage.objects.get(part=SectionPage.Part.GUIDANCE, locale=home.locale)
    page = GuidancePage.objects.child_of(section).first()
    missing = wanted - WagtailPage.objects.live().count()
    with transaction.atomic():
        sections = _copies(section, home, -(-missing // (IN_A_SECTION + 1)))
        for made in sections:
            _copies(page, made, IN_A_SECTION)


def _copies(source: "Page", parent: "Page", count: int) -> list["Page"]:
    """``count`` live copies below ``parent``, without the ceremony of ``add_child``."""
    from uuid import uuid4

    from wagtail.models import Page as WagtailPage

    model, step = type(source), WagtailPage.steplen
    last = parent.get_last_child()
    first = WagtailPage._str2int(last.path[-step:]) + 1 if last else 1
    row = WagtailPage.objects.filter(pk=source.pk).values().get()
    new = []
    for number in range(first, first + count):
        slug = f"{source.slug}-{number}"
        own = {
            "id": None,
            "path": WagtailPage._get_path(parent.path, parent.depth + 1, number),
            "depth": parent.depth + 1,
            "numchild": 0,
            "slug": slug,
            "title": f"{source.title} {number}",
            "draft_title": f"{source.title} {number}",
            "url_path": f"{parent.url_path}{slug}/",
            "translation_key": uuid4(),
        }
        new.append(WagtailPage(**(row | own)))
    made = WagtailPage.objects.bulk_create(new)
    _copy_own_row(model, source.pk, [page.pk for page in made])
    WagtailPage.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)
    return made


def _copy_own_row(model: type["Model"], source: int, targets: list[int]) -> None:
    """The row of the page type for each target, which has its row of a page already; no word of navigation twice."""
    from django.db import connection

    key = model._meta.pk.column
    columns = [field.column for field in model._meta.local_concrete_fields if field.column != key]
    quoted = ", ".join(f'"{column}"' for column in columns)
    copied = ", ".join("''" if column == "part" else f'own."{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ("{key}", {quoted}) '  # noqa: S608 - names of our own models
            f'SELECT new.id, {copied} FROM "{model._meta.db_table}" own, unnest(%s::int[]) AS new (id) '
            f'WHERE own."{key}" = %s',
            [targets, source],
        )


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tools.bench.owner"
    import django

    django.setup()
    what, *count = sys.argv[1:]
    make_plain_site() if what == "plain" else fill(int(count[0]))


if __name__ == "__main__":
    main()
