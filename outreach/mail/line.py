"""The line to the mail server: opened when first needed, reopened once when it drops, and what its answers mean."""

import re
import smtplib
from contextlib import suppress
from types import TracebackType

from django.core.mail import EmailMessage, get_connection

CLOSING = 421  # RFC 5321 §4.2.2: the server is going away, whatever was asked
NO_ADDRESS = (550, 551, 553)  # to a recipient: not there, elsewhere, no name of a mailbox
ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")  # RFC 2034 §4: the answer begins with it


class ServerAway(Exception):
    """The mail server does not answer, or hung up twice in a row. No mail is to blame."""


class Refused(Exception):
    """The server does not take this mail. ``for_good``: and never will (RFC 5321 §4.2.1, 5yz).

    ``no_address`` says in the code of RFC 3463 that there is no such address; "" where that is not why.
    """

    def __init__(self, reason: str, *, for_good: bool, no_address: str = ""):
        super().__init__(reason)
        self.for_good = for_good
        self.no_address = no_address


class Line:
    """One connection for many mails; a context manager that hangs up."""

    def __init__(self) -> None:
        self.backend = get_connection()

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._hang_up()

    def send(self, mail: EmailMessage) -> None:
        """Return when the server has taken the mail. Raises ServerAway or Refused."""
        self._dial()
        try:
            self._speak(mail)
        except ServerAway:  # an idle line is often cut by the server
            self._hang_up()
            self._dial()
            self._speak(mail)

    def _dial(self) -> None:
        try:
            self.backend.open()
        except OSError as error:  # every SMTPException is one; a refused password is no mail's fault either
            raise ServerAway(type(error).__name__) from error

    def _hang_up(self) -> None:
        with suppress(OSError):  # the other end may have been faster
            self.backend.close()

    def _speak(self, mail: EmailMessage) -> None:
        try:
            self.backend.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = max(error.recipients.values())
            raise _meaning(code, no_address=_no_address(code, said)) from error
        except smtplib.SMTPSenderRefused as error:
            # It is our own address that is refused: a matter for the operator, not for this mail.
            raise Refused(f"sender refused: {error.smtp_code}", for_good=False) from error
        except smtplib.SMTPResponseException as error:
            # After the letter itself a bare code may be about what is written in it.
            found = _no_address(error.smtp_code, error.smtp_error, bare=())
            raise _meaning(error.smtp_code, no_address=found) from error
        except (smtplib.SMTPNotSupportedError, ValueError) as error:  # a header or an address that cannot be written
            raise Refused(type(error).__name__, for_good=True) from error
        except OSError as error:
            raise ServerAway(type(error).__name__) from error


def _meaning(code: int, *, no_address: str = "") -> Exception:
    if code == CLOSING:
        return ServerAway(str(code))
    return Refused(f"refused: {code}", for_good=code >= 500, no_address=no_address)


def _no_address(code: int, said: bytes | str, *, bare: tuple[int, ...] = NO_ADDRESS) -> str:
    """The code of RFC 3463 if the answer says that there is no such address: 5.1.x, or one of ``bare`` with no code.

    A full mailbox (5.2.2) and a policy (5.7.x) say nothing about the address.
    """
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    enhanced = ENHANCED.match(text)
    if enhanced is None:
        return "5.1.0" if code in bare else ""
    return enhanced[0] if code >= 500 and enhanced[0].startswith("5.1.") else ""
