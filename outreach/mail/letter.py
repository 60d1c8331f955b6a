"""From a row of the outbox to the letter that is sent.

Only now are the links made and put in, the foot added, and the HTML part made from the same text by one layout: what
stands in one part stands in the other. Headers and parts are built by the e-mail library alone.
"""

import re
from email import encoders
from email.mime.base import MIMEBase
from email.mime.nonmultipart import MIMENonMultipart
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, SafeMIMEText
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from . import mailboxes
from .kinds import KINDS, Attachment
from .models import PLACEHOLDER, Mailbox, OutboxMessage
from .rendering import from_template

URL = re.compile(r"https?://[^\s<>]+")
LABELLED = re.compile(r"(?P<label>[^\n]+):\s+(?P<url>https?://[^\s<>]+)")
NUMBERS = {"112": "tel:112", "41 74 90 90": "tel:+4541749090"}
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}  # RFC 3834 §5; Exchange's own


class Letter(EmailMultiAlternatives):
    """Its parts are kept apart by marks drawn for it; left alone, the library searches all it says for a free one.

    ``entry`` is the last of its alternatives: Outlook and Google act on the METHOD of a calendar only there
    (MS-OXCMAIL §2.1.3.3.8; RFC 6047 §2.4).
    """

    entry: Attachment | None = None

    def _create_alternatives(self, msg: Any) -> Any:
        made = super()._create_alternatives(msg)  # type: ignore[misc]
        if self.entry:
            made.attach(_typed(self.entry))
        return made

    def message(self) -> Any:  # type: ignore[override]
        made = super().message()
        for part in made.walk():
            if part.is_multipart():
                part.set_boundary(token_hex(16))
        return made


class MissingLink(Exception):
    """A template asks for a link that its kind does not make."""


def message_id(message: OutboxMessage) -> str:
    """The same for every attempt, so that a mailbox can tell a repeat."""
    return f"<{message.pk}@{urlsplit(settings.PUBLIC_BASE_URL).hostname}>"


def letter(message: OutboxMessage, box: Mailbox | None) -> Letter:
    """The whole letter, ready to send; ``box`` is where its recipient chooses which mails come, None for colleagues.

    Raises what the kind's functions raise when the thing it is about is gone.
    """
    kind = KINDS[message.kind]
    ways = mailboxes.ways_of(box, kind.group, language=message.language)
    with translation.override(message.language):
        text = _filled(message, kind.links(message))
        foot = _foot(message, ways)
        html = render_to_string(
            "mail/layout.html",
            {
                "language": message.language,
                "subject": message.subject,
                "site": settings.WAGTAIL_SITE_NAME,
                "paragraphs": [_paragraph(block) for block in text.split("\n\n")],
                "foot": [_foot_line(line) for line in foot.split("\n")],
            },
        )
        attachments = kind.attachments(message)
    mail = Letter(
        message.subject,
        f"{text}\n\n-- \n{foot}\n",  # RFC 3676 §4.3: what follows is the signature
        to=[message.to],
        headers={**HEADERS, **_unsubscribing(ways), "Message-ID": message.message_id},
    )
    mail.attach_alternative(html, "text/html")
    mail.entry = next((each for each in attachments if _is_invitation(each)), None)
    for attachment in attachments:
        mail.attach(_part(attachment))
    return mail


def _is_invitation(attachment: Attachment) -> bool:
    return attachment.mimetype.startswith("text/calendar") and "method=" in attachment.mimetype


def _filled(message: OutboxMessage, links: dict[str, str]) -> str:
    first, *rest = message.text.split(PLACEHOLDER)
    try:
        urls = [links[key] for key in message.link_keys]
    except KeyError as error:
        raise MissingLink(f"{message.kind}: {error}") from error
    return first + "".join(url + part for url, part in zip(urls, rest, strict=True))


def _unsubscribing(ways: mailboxes.Ways | None) -> dict[str, str]:
    """RFC 8058 §3.1: one click in the mail program says no to this kind, without a page or a question."""
    if not ways or not ways.stop:
        return {}
    return {"List-Unsubscribe": f"<{ways.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _foot(message: OutboxMessage, ways: mailboxes.Ways | None) -> str:
    values = {
        "site": settings.WAGTAIL_SITE_NAME,
        "why": str(KINDS[message.kind].why),
        "url": settings.PUBLIC_BASE_URL,
        "ways": ways,
    }
    return from_template(f"mail/foot.{message.language}.txt", values).strip()


def _paragraph(block: str) -> SafeString:
    """One paragraph of the text as HTML. "Label: address" on a line of its own becomes a button."""
    return format_html_join(SafeString("<br>\n"), "{}", ((_line(line),) for line in block.split("\n")))


def _line(line: str) -> SafeString:
    if (found := LABELLED.fullmatch(line.strip())) and _ours(found["url"]):
        return render_to_string("mail/button.html", {"label": found["label"], "url": found["url"]})
    parts, end = [], 0
    for found in URL.finditer(line):
        if _ours(found[0]):
            parts += [conditional_escape(line[end : found.start()]), _link(found[0], found[0])]
            end = found.end()
    return SafeString("".join([*parts, conditional_escape(line[end:])]))


def _foot_line(line: str) -> SafeString:
    """A line of the foot, with its numbers to call; a labelled address is a link in its label, and no button."""
    if (found := LABELLED.fullmatch(line)) and _ours(found["url"]):
        return _link(found["url"], found["label"])
    if URL.search(line):
        return _line(line)
    parts = re.split(rf"\b({'|'.join(NUMBERS)})\b", line)
    return format_html_join("", "{}", ((_link(NUMBERS[p], p) if p in NUMBERS else p,) for p in parts))


def _link(url: str, text: str) -> SafeString:
    wrap = "overflow-wrap: anywhere" if text == url else "white-space: nowrap"
    return format_html('<a href="{}" style="color: #14535f; {}">{}</a>', url, wrap, text)


def _ours(url: str) -> bool:
    """Whether it leads to one of our faces; an address somebody typed is not made a link."""
    return any(
        url == base or url.startswith(f"{base}/") for base in (settings.PUBLIC_BASE_URL, settings.INTERNAL_BASE_URL)
    )


def _part(attachment: Attachment) -> MIMEBase:
    part = _typed(attachment)
    part.add_header("Content-Disposition", "attachment", filename=attachment.filename)
    return part


def _typed(attachment: Attachment) -> MIMEBase:
    """Its content with the parameters of its type, which Django's own ``attach`` would muddle."""
    mimetype, *parameters = (piece.strip() for piece in attachment.mimetype.split(";"))
    main, sub = mimetype.split("/")
    part: MIMEBase
    if main == "text" and isinstance(attachment.content, str):
        part = SafeMIMEText(attachment.content, sub, "utf-8")
    else:
        content = attachment.content.encode() if isinstance(attachment.content, str) else attachment.content
        part = MIMENonMultipart(main, sub)
        part.set_payload(content)
        encoders.encode_base64(part)
    for parameter in parameters:
        name, value = parameter.split("=", 1)
        if name.lower() != "charset":
            part.set_param(name, value.strip('"'))
    return part
