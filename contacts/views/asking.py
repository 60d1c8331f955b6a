"""What an address asks of a timeline: a kind, a period, a page. What is no day or number is not there."""

from datetime import date

from django.http import HttpRequest

from contacts.services.timeline import Period

YEARS_SHOWN = 4


def asked_of_timeline(request: HttpRequest) -> dict:
    period = Period(_day(request.GET.get("from", "")), _day(request.GET.get("until", "")))
    page = request.GET.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    return {"kind": request.GET.get("kind", ""), "period": period, "page": number}


def whole_year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return None if day == date.min else day  # it begins here before there are moments in UTC
