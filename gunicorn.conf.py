"""How gunicorn serves either face; it finds this file by its name when it starts in this folder."""

from gunicorn.glogging import Logger
from gunicorn.http import message

# A longer address than gunicorn's own 8,190 bytes still gets a page of ours, and not a bare "Bad Request".
message.MAX_REQUEST_LINE = limit_request_line = 16_384

# Should somebody turn the access log on: when, how it went and how long it took. Never who asked and what for:
# searches and personal links stand in addresses.
access_log_format = "%(t)s %(m)s %(s)s %(B)s bytes %(M)s ms"


class SoberLogger(Logger):
    """Tells of a request that cannot be read without the address it came from and the one it asked for."""

    def warning(self, msg, *args, **kwargs):
        super().warning(msg.partition(" from ip=")[0], *args, **kwargs)

    def exception(self, msg, *args, **kwargs):
        super().exception(msg.partition(" %")[0], **kwargs)


logger_class = SoberLogger
