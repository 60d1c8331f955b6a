"""Reference data that stands in both languages on one row."""

from outreach.languages import written_in


class Bilingual:
    """Reads ``name`` from ``name_da`` or ``name_en``, whichever language the reader has; English for any other."""

    def _in_language(self, field: str) -> str:
        return getattr(self, f"{field}_{written_in()}")


def in_language(field: str) -> property:
    """The text of ``field`` in the reader's language."""
    return property(lambda row: row._in_language(field))
