"""Danish public holidays, as the law has them in each year."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=16)
def _public_holidays(year: int) -> frozenset[date]:
    # Imported where a channel follows holidays: the package takes a second to load, and the hotline does not need it.
    from holidays import country_holidays

    return frozenset(country_holidays("DK", years=year))


def is_public_holiday(day: date) -> bool:
    """Whether ``day`` is a public holiday; Christmas Eve and Constitution Day are not, by law."""
    return day in _public_holidays(day.year)
