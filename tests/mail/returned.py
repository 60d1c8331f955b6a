"""Notices as different mail servers write them about a mail of ours."""

from email.mime.text import MIMEText
from email.utils import make_msgid

from outreach.mail.models import OutboxMessage

HEADERS = """\
Return-Path: <>
From: {sender}
To: svar-ikke@center.example
Subject: {subject}
Date: Sat, 28 Nov 2026 10:00:00 +0100
MIME-Version: 1.0
{more}"""


def original(message: OutboxMessage) -> str:
    return (
        f"Received: from center.example by mx.example.org; Sat, 28 Nov 2026 09:59:00 +0100\n"
        f"Message-ID: {message.message_id}\nFrom: Center <svar-ikke@center.example>\nTo: {message.to}\n"
        f"Subject: {message.subject}\n\nHej\n"
    )


def report(
    parts: list[str], *, sender: str, subject: str = "Undelivered Mail Returned to Sender", more: str = ""
) -> str:
    head = HEADERS.format(
        sender=sender,
        subject=subject,
        more=f'{more}Content-Type: multipart/report; report-type=delivery-status;\n\tboundary="B0.1/mx"\n',
    )
    return head + "\n" + "".join(f"--B0.1/mx\n{part}\n" for part in parts) + "--B0.1/mx--\n"


def postfix(message: OutboxMessage, *, status="5.1.1", action="failed", to="", code="550") -> str:
    to = to or message.to
    return report(
        [
            "Content-Description: Notification\nContent-Type: text/plain; charset=us-ascii\n\n"
            f"This is the mail system at host mx.example.org.\n\n<{to}>: host mail.example.org said: {code} {status}\n"
            "    User unknown in local recipient table (in reply to RCPT TO command)\n",
            "Content-Description: Delivery report\nContent-Type: message/delivery-status\n\n"
            "Reporting-MTA: dns; mx.example.org\nX-Postfix-Queue-ID: 4F1B2C0D\n"
            "X-Postfix-Sender: rfc822; svar-ikke@center.example\nArrival-Date: Sat, 28 Nov 2026 09:59:00 +0100\n\n"
            f"Final-Recipient: rfc822; {to}\nOriginal-Recipient: rfc822;{to}\nAction: {action}\nStatus: {status}\n"
            f"Remote-MTA: dns; mail.example.org\nDiagnostic-Code: smtp; {code} {status} User unknown\n",
            f"Content-Description: Undelivered Message\nContent-Type: message/rfc822\n\n{original(message)}",
        ],
        sender="MAILER-DAEMON@mx.example.org (Mail Delivery System)",
        more="Auto-Submitted: auto-replied\n",
    )


def exchange(message: OutboxMessage) -> str:
    """In words of UTF-16 with base64, the address of the mailbox behind, and only the headers returned."""
    words = MIMEText("Din mail til Bøje kom ikke frem. Adressen findes ikke.", _charset="utf-16").as_string()
    return report(
        [
            words,
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns;AM9PR02.eurprd02.prod.outlook.com\n"
            "Received-From-MTA: dns;center.example\nArrival-Date: Sat, 28 Nov 2026 09:00:00 +0000\n\n"
            f"Original-Recipient: rfc822;{message.to.upper()}\nFinal-Recipient: rfc822;inner@example.onmicrosoft.com\n"
            "Action: failed\nStatus: 5.1.10\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound;\n"
            " not found by SMTP address lookup\nX-Display-Name: Bo\n",
            f"Content-Type: text/rfc822-headers\n\n{original(message)}",
        ],
        sender="Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.org>",
        subject="Ikke leveret: Hej",
        more="In-Reply-To: " + message.message_id + "\nX-MS-Exchange-Message-Is-Ndr:\n",
    )


def gmail(message: OutboxMessage) -> str:
    inner = "Content-Type: multipart/alternative; boundary=inner\n\n--inner\nContent-Type: text/plain\n\n"
    return report(
        [
            f"{inner}** Address not found **\n\nYour message wasn't delivered to {message.to}\n--inner--\n",
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; googlemail.com\n"
            "Arrival-Date: Sat, 28 Nov 2026 01:00:00 -0800 (PST)\n"
            f"X-Original-Message-ID: {message.message_id}\n\n"
            f"Final-Recipient: rfc822; {message.to}\nAction: failed\nStatus: 5.1.1\n"
            "Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.\n"
            "Last-Attempt-Date: Sat, 28 Nov 2026 01:00:01 -0800 (PST)\n",
        ],
        sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        subject="Delivery Status Notification (Failure)",
        more="Auto-Submitted: auto-replied\n",
    )


def qmail(message: OutboxMessage, *, code="(#5.1.1)", more="") -> str:
    head = HEADERS.format(sender="MAILER-DAEMON@mx.example.org", subject="failure notice", more=more)
    return (
        f"{head}\nHi. This is the qmail-send program at mx.example.org.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        f"This is a permanent error; I've given up. Sorry it didn't work out.\n\n<{message.to}>:\n"
        f"192.0.2.7 does not like recipient.\nRemote host said: {code} no such user\nGiving up on 192.0.2.7.\n\n"
        f"--- Below this line is a copy of the message.\n\n{original(message)}"
    )


def exim(message: OutboxMessage) -> str:
    more = f"X-Failed-Recipients: {message.to}\nAuto-Submitted: auto-replied\nContent-Type: multipart/report; "
    head = HEADERS.format(
        sender="Mail Delivery System <Mailer-Daemon@mx.example.org>",
        subject="Mail delivery failed: returning message to sender",
        more=more + 'report-type=delivery-status; boundary="x"\n',
    )
    return (
        f"{head}\n--x\nContent-Type: text/plain; charset=koi8-r\n\nThe following address failed:\n\n  {message.to}\n"
        f"    host mail.example.org [192.0.2.5]\n    SMTP error: 550 no such user\n"
        f"--x\nContent-Type: message/rfc822\n\n{original(message)}\n--x--\n"
    )


def vacation(message: OutboxMessage) -> str:
    """An automatic answer, which quotes us and happens to name a code."""
    return (
        f"From: {message.to}\nTo: svar-ikke@center.example\nSubject: Autosvar: Hej\nAuto-Submitted: auto-replied\n"
        f"Return-Path: <>\nIn-Reply-To: {message.message_id}\nMessage-ID: {make_msgid()}\n\n"
        f"Jeg er på ferie. Skriv til {message.to}, lokale 5.1.1.\n\n> Message-ID: {message.message_id}\n"
    )


def receipt(message: OutboxMessage) -> str:
    return report(
        [
            f"Content-Type: text/plain\n\nRead by {message.to}, 5.1.1\n",
            f"Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; {message.to}\n"
            f"Original-Message-ID: {message.message_id}\nDisposition: manual-action/MDN-sent-manually; displayed\n",
        ],
        sender="postmaster@example.org",
    ).replace("report-type=delivery-status", "report-type=disposition-notification")


def forwarded(notice: str) -> str:
    """Sent on by a colleague, as an attachment."""
    return (
        "From: ida@center.example\nTo: drift@center.example\nSubject: VS: retur\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="outer"\n\n--outer\nContent-Type: text/plain\n\nSe her.\n'
        f"--outer\nContent-Type: message/rfc822\n\n{notice}\n--outer--\n"
    )
