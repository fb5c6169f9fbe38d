"""Which values are points in time: botocore's rule, for those that are no plain number of seconds.

The rule in words: (behaviour: input 2.4).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dateutil.parser import parse
from dateutil.tz import tzlocal, tzutc

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def accepted(value: Any) -> bool:
    """Whether ``value``, a date-time, a number or a text, is a point in time.

    Raises AwsShadowError for one that is, but lies where the calendar ends.
    """
    try:
        moment = value if isinstance(value, datetime) else moment_of(value)
        if moment.tzinfo is not None:
            moment.astimezone(tzutc())
    except (TypeError, ValueError, AttributeError):  # dateutil stumbles in all three ways
        return False
    except OverflowError as error:
        raise AwsShadowError(str(error)) from None
    return True


def seconds_of(text: str) -> float | None:
    """The seconds since the epoch at which ``text`` is; None for what is no point in time. Raises AwsShadowError.

    A time without a zone is one of this machine's.
    """
    try:
        return moment_of(text).timestamp()
    except (TypeError, ValueError, AttributeError, OverflowError):
        return None


def moment_of(value: Any) -> datetime:
    """The point in time that ``value`` is: epoch seconds if Python reads a number, else what dateutil makes of it.

    Raises what Python and dateutil raise, and AwsShadowError where the calendar ends.
    """
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, tzlocal())
        try:
            return datetime.fromtimestamp(float(value), tzlocal())
        except (TypeError, ValueError):
            found: datetime = parse(value, tzinfos={"GMT": tzutc()})
            return found
    except (OSError, OverflowError):
        pass
    try:
        return _EPOCH + timedelta(seconds=float(value))
    except (TypeError, ValueError, OverflowError):
        raise AwsShadowError(f'Unable to calculate correct timezone offset for "{value}"') from None
