"""What ``--debug`` writes to standard error: the log of botocore and urllib3, without secrets (behaviour: output 7.3).

The reference writes everything, the session token and the signature included.
"""

from __future__ import annotations

import logging
import traceback

from awsshadow.call.redaction import SECRETS
from awsshadow.model.sensitive import sensitive_members

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any, TextIO

    from awsshadow.config.settings import Settings

FORMAT = "%(asctime)s - %(threadName)s - %(name)s - %(levelname)s - %(message)s"

_LOGGERS = ("awsshadow", "botocore", "urllib3")
#: Logger -> its level before the log began.
_levels: dict[str, int] = {}


class DiscreetFormatter(logging.Formatter):
    """Formats a record and strikes out secrets, in tracebacks too.

    ``members`` are the names of the members that the model marks as sensitive.
    """

    def __init__(self, members: Collection[str] = ()) -> None:
        super().__init__(FORMAT)
        self._members = frozenset(members)

    def learn(self, members: Collection[str]) -> None:
        """Strike out what is in these members, too."""
        self._members |= frozenset(members)

    def format(self, record: logging.LogRecord) -> str:
        return SECRETS.of_log(super().format(record), self._members)


def start_log(stream: TextIO | None, settings: Settings, shapes: Mapping[str, Mapping[str, Any]]) -> None:
    """Log botocore and urllib3 to ``stream`` from now on; nothing happens without a stream.

    Where several clients are made, it is one log, out of which what is sensitive to any of them is struck.
    """
    if stream is None:
        return
    SECRETS.learn_from(settings.environ)
    SECRETS.learn_addresses(*settings.addresses)
    members = sensitive_members(shapes)
    for handler in logging.getLogger(_LOGGERS[0]).handlers:
        if isinstance(handler.formatter, DiscreetFormatter) and getattr(handler, "stream", None) is stream:
            handler.formatter.learn(members)
            return
    sink = logging.StreamHandler(stream)
    sink.setFormatter(DiscreetFormatter(members))
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        _levels.setdefault(name, logger.level)
        logger.setLevel(logging.DEBUG)
        logger.addHandler(sink)


def stop_log() -> None:
    """Take back what ``start_log`` did, in a process that goes on with something else."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        for sink in [sink for sink in logger.handlers if isinstance(sink.formatter, DiscreetFormatter)]:
            logger.removeHandler(sink)
            logger.setLevel(_levels.pop(name, logging.NOTSET))


def traceback_text(error: Exception, environ: Mapping[str, str], settings: Settings | None = None) -> str:
    """The traceback of ``error``, secrets struck out; ``settings`` None: it came before any was known."""
    SECRETS.learn_from(environ)
    if settings is not None:
        SECRETS.learn_addresses(*settings.addresses)
    return SECRETS.of_log("".join(traceback.format_exception(error)))
