"""E-mail addresses and phone numbers as they are compared and shown; numbers from abroad as well as Danish ones."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, shortnumberinfo

from outreach.mail.models import normal

HOME = "DK"


def key_of(channel: str, value: str) -> str:
    """What two spellings of one address or number share: "Amina@Example.dk", "00 45 12 34 56 78" and "12345678"."""
    if channel == "email":
        return normal(value)
    number = _parsed(value)
    if number is None:
        return "".join(char for char in value if char.isdigit())
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def is_phone(value: str) -> bool:
    """Whether it can be a number: as long as its country's are, or one of the short ones such as 114."""
    number = _parsed(value)
    if number is None or any(char.isalpha() for char in value):
        return False
    return phonenumbers.is_possible_number(number) or shortnumberinfo.is_possible_short_number_for_region(number, HOME)


def _parsed(value: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(value, HOME)
    except NumberParseException:
        return None
