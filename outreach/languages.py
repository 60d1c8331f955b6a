"""The languages of the site: Danish and English always, further ones where a setting names them.

Records, mails and forms are written in the first two; whoever reads a further language is shown their English.
"""

from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def written_in(language: str | None = None) -> str:
    """ "da" or "en": which text of a record or a mail a reader of ``language`` is given (None: the active one)."""
    return "da" if (language or translation.get_language() or "da").startswith("da") else "en"


class Translation(NamedTuple):
    """Where a page is read in another language; ``is_same`` is False where that is only the front page."""

    language: str
    url: str
    is_same: bool

    @property
    def label(self) -> str:
        """The language by its own name, and in its own words where the link leads."""
        name = capfirst(translation.get_language_info(self.language)["name_local"])
        with translation.override(self.language):
            return name if self.is_same else _("%(language)s (front page)") % {"language": name}

    @property
    def invitation(self) -> str:
        with translation.override(self.language):
            return pgettext("each language's own", "Read in English")

    @property
    def direction(self) -> str:
        return "rtl" if translation.get_language_info(self.language)["bidi"] else "ltr"


def further() -> set[str]:
    """The languages a setting has added: the public sees them once their front page is published."""
    return {code for code, _name in settings.LANGUAGES} - {"da", "en"}
