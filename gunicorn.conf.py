"""How gunicorn serves either face; it finds this file by its name when it starts in this folder."""

from gunicorn import util
from gunicorn.glogging import Logger
from gunicorn.http import message

from outreach.audit.logs import SoberFormatter

# A longer address than gunicorn's own 8,190 bytes still gets a page of ours, and not a bare "Bad Request".
message.MAX_REQUEST_LINE = limit_request_line = 16_384


class SoberLogger(Logger):
    """Every line as the rest of the process writes it (outreach/audit/logs.py).

    Should somebody turn the access log on: when, how it went and how long it took. Never who asked and what for:
    searches and personal links stand in addresses.
    """

    def setup(self, cfg):
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(SoberFormatter())

    def access(self, resp, req, environ, request_time):
        if self.access_log_enabled:
            told = {"method": environ.get("REQUEST_METHOD"), "status": resp.status_code, "bytes": resp.sent}
            told["ms"] = int(request_time.total_seconds() * 1000)
            told["request_id"] = dict(resp.headers).get("X-Request-ID", "")
            self.access_log.info("Answered.", extra={"answered": told})


def plain_refusal(sock, status_int, reason, mesg):
    """What cannot be read as HTTP is refused without repeating any of it."""
    body = f"{status_int} {reason}\n"
    headers = (
        *("Connection: close", "Content-Type: text/plain; charset=utf-8", f"Content-Length: {len(body)}"),
        *("Cache-Control: no-store", "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY"),
        *("Content-Security-Policy: default-src 'none'; frame-ancestors 'none'", "Referrer-Policy: same-origin"),
    )
    answer = "\r\n".join([f"HTTP/1.1 {status_int} {reason}", *headers, "", body])
    util.write_nonblock(sock, answer.encode("latin1"))


util.write_error = plain_refusal
logger_class = SoberLogger
