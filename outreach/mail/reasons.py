"""Why a mail was skipped, given up or tried again, as a colleague reads it: the outbox keeps technical phrases."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# A phrase of the outbox, or how it begins -> what it means. The first that fits counts.
SENTENCES: list[tuple[str, str | Promise]] = [
    ("address not valid", gettext_lazy("The address cannot be written to. Is it spelt right?")),
    ("address suppressed: bounce", gettext_lazy("Earlier mails to this address came back.")),
    ("address suppressed: unwanted", gettext_lazy("Whoever owns the address wants no mail from us.")),
    ("address suppressed: complaint", gettext_lazy("Whoever owns the address reported our mail as unwanted.")),
    ("sent before", gettext_lazy("The same mail was sent before.")),
    ("too many mails to this address", gettext_lazy("The address has had too many mails from us in a day.")),
    ("the contact wants no e-mail", gettext_lazy("The contact does not want mail from us.")),
    ("what it is about is gone", gettext_lazy("What the mail was about had been deleted.")),
    ("mail server away", gettext_lazy("The mail server did not answer. We keep trying.")),
    ("sender refused", gettext_lazy("The mail server does not take mail from us. Tell whoever runs the system.")),
    ("refused: 4", gettext_lazy("The recipient’s mail server asked us to come back later.")),
    ("refused: 5", gettext_lazy("The recipient’s mail server does not take the mail. Is the address right?")),
    ("not written", gettext_lazy("The mail could not be put together. Tell whoever runs the system.")),
]


def in_words(reason: str) -> str:
    """A plain sentence for the ``reason`` of a mail; "" for none."""
    if not reason:
        return ""
    found = (sentence for phrase, sentence in SENTENCES if reason.startswith(phrase))
    return str(next(found, _("For another reason. Whoever runs the system can see it in the outbox.")))
