"""Reference data that stands in both languages on one row."""

from django.utils import translation


class Bilingual:
    """Reads ``name`` from ``name_da`` or ``name_en``, whichever language the reader has."""

    def _in_language(self, field: str) -> str:
        language = "da" if translation.get_language().startswith("da") else "en"
        return getattr(self, f"{field}_{language}")


def in_language(field: str) -> property:
    """The text of ``field`` in the reader's language."""
    return property(lambda row: row._in_language(field))
