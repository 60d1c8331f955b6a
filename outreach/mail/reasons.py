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
    ("the address wants no mails of this kind", gettext_lazy("Whoever owns the address wants no mails of this kind.")),
    ("sent before", gettext_lazy("The same mail was sent before.")),
    ("too many mails to this address", gettext_lazy("The address has had too many mails from us in a day.")),
    ("the contact wants no e-mail", gettext_lazy("The contact does not want mail from us.")),
    ("no longer so", gettext_lazy("What the mail says was no longer so when its turn came.")),
    ("what it is about is gone", gettext_lazy("What the mail was about had been deleted.")),
    ("mail server away", gettext_lazy("The mail server did not answer. We keep trying.")),
    ("sender refused", gettext_lazy("The mail server does not take mail from us. Tell whoever runs the system.")),
    ("refused: 4", gettext_lazy("The recipient’s mail server asked us to come back later.")),
    ("refused: 5", gettext_lazy("The recipient’s mail server does not take the mail. Is the address right?")),
    ("not written", gettext_lazy("The mail could not be put together. Tell whoever runs the system.")),
]


# How a mail failed (RFC 3463), or how that begins -> what it means.
FAILURES: list[tuple[str, str | Promise]] = [
    ("5.1.", gettext_lazy("The address does not exist.")),
    ("5.2.1", gettext_lazy("The mailbox is closed.")),
    ("5.2.2", gettext_lazy("The mailbox is full.")),
    ("4.2.2", gettext_lazy("The mailbox is full.")),
    ("5.7.", gettext_lazy("The mail server there refuses our mails.")),
    ("4.", gettext_lazy("The mail server there did not take it for days. The next mail may arrive.")),
    ("5.", gettext_lazy("The mail server there could not deliver it.")),
]


def why_back(status: str) -> str:
    """A plain sentence for the ``status`` of a mail that came back; "" for none."""
    return str(next((sentence for begins, sentence in FAILURES if status.startswith(begins)), ""))


def in_words(reason: str) -> str:
    """A plain sentence for the ``reason`` of a mail; "" for none."""
    if not reason:
        return ""
    found = (sentence for phrase, sentence in SENTENCES if reason.startswith(phrase))
    return str(next(found, _("For another reason. Whoever runs the system can see it in the outbox.")))
