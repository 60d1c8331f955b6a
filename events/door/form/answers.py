"""What the door tells of a link to a form."""

from typing import NamedTuple


class Behind(NamedTuple):
    form: str
    email: str
    slug: str
