"""What of this app the public search finds: places and plain views here, the rest in modules of its own."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from content.addresses import place_path
from content.models import SearchEntry
from content.models.audiences import Audience
from content.models.readers import READERS
from content.models.search import SearchKind
from content.registries import SearchSource
from outreach.links import public_path
from outreach.places.finding import IN_ENGLISH, TOWNS, key_of
from outreach.places.models import Municipality, Place, PoliceDistrict, Region

from .search_channels import register_channels
from .search_directory import register_directory
from .search_index import entry, languages, register
from .search_pages import register_pages

Keys = Collection[str] | None


def register_all() -> None:
    """Called once, when the app is ready."""
    register_pages()
    register_channels()
    register_directory()
    for model, about in PLACES.items():
        register(SearchSource(model._meta.label_lower.rpartition(".")[2], (model,), place_entries(model, about)))
    register(SearchSource("view", (), view_entries))


def place_entries(
    model: type[Place], about: Callable[[Place], str]
) -> Callable[[Keys, datetime], Iterator[SearchEntry]]:
    """Places of one kind by their name, the names of their towns and those other languages have for them."""

    def entries(keys: Keys, now: datetime) -> Iterator[SearchEntry]:
        towns = _towns()
        places: QuerySet = model.objects.all()
        if model is Municipality:
            places = Municipality.objects.select_related("police_district")
        for place in places if keys is None else places.filter(pk__in=keys):
            for language in languages():
                yield entry(
                    key=place.pk,
                    language=language,
                    kind=SearchKind.PLACE,
                    path=place_path(place),
                    title=place.name,
                    summary=about(place),
                    places=" ".join(towns.get(key_of(place.name), ())),
                    valid_from=_midnight(place.valid_from),
                    valid_until=_midnight(place.valid_to and place.valid_to + timedelta(days=1)),
                )

    return entries


def about_municipality(place: Municipality) -> str:
    return _("Municipality. Its info-house belongs to %(district)s.") % {"district": place.police_district.name}


def about_district(place: PoliceDistrict) -> str:
    return _("Police district: its info-house, and the municipalities it covers.")


def about_region(place: Region) -> str:
    return _("Region: its municipalities and police districts.")


PLACES: dict[type[Place], Callable] = {
    Municipality: about_municipality,
    PoliceDistrict: about_district,
    Region: about_region,
}


def _towns() -> dict[str, list[str]]:
    """Other names of a municipality, by its own."""
    names: dict[str, list[str]] = {}
    for town, municipalities in TOWNS.items():
        for name in municipalities:
            names.setdefault(key_of(name), []).append(town)
    for english, danish in IN_ENGLISH.items():
        names.setdefault(danish, []).append(english)
    return names


def _midnight(day: date | None) -> datetime | None:
    """When a day begins in Denmark."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def view_entries(keys: Keys, now: datetime) -> Iterator[SearchEntry]:
    """The guide, the lookup, and the pages for each kind of reader: they belong to no row."""
    for language in languages():
        yield entry(
            key="guide",
            language=language,
            kind=SearchKind.CONTACT,
            path=public_path("content:guide"),
            title=_("Whom should I call?"),
            summary=_("Answer at most four questions, and see whom you can call."),
        )
        yield entry(
            key="local_help",
            language=language,
            kind=SearchKind.PLACE,
            path=public_path("content:local_help"),
            title=_("Find local help"),
            summary=_("Find the info-house, the police district and the region of your municipality."),
        )
        for reader in READERS:
            yield entry(
                key=f"for_{reader.key}",
                language=language,
                kind=SearchKind.GUIDANCE,
                path=public_path(f"content:for_{reader.key}"),
                title=str(reader.title),
                summary=str(reader.text),
                audiences=sorted(Audience(audience).value for audience in reader.audiences),
            )
