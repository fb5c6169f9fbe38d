"""``--wait --tail``: the log of what a command has begun, on standard error while it is waited for."""

from __future__ import annotations

from contextlib import suppress
from time import time

from awsshadow.errors import AwsShadowError, TimedOutError, UsageError
from awsshadow.log_stages import LOOK, Asked, Tail
from awsshadow.model.families import describing, log_groups
from awsshadow.resource_stages import conclude, watch
from awsshadow.waiting import lines
from awsshadow.waiting.durations import words
from awsshadow.waiting.limits import USUAL_TIMEOUT
from awsshadow.waiting.rounds import GaveUp
from awsshadow.waiting.status_line import drawer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from awsshadow.invocation import Call
    from awsshadow.resource_stages import Resource
    from awsshadow.stages import Stages
    from awsshadow.waiting.limits import Limits
    from awsshadow.waiting.status_line import Drawer

#: How far back the log of a resource that was there before is read after a change, in seconds: clocks differ.
_BEFORE = 300.0


class _StandardError:
    """Standard error as a place for lines, above the line that moves; that nobody can read it is no error."""

    def __init__(self, stream: TextIO | None, shown: Drawer) -> None:
        self._stream = stream
        self._shown = shown

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._shown.write(text)

    def flush(self) -> None:
        if self._stream is not None:
            with suppress(OSError):
                self._stream.flush()


def check_can_tail(call: Call) -> None:
    """Raise UsageError for an operation whose resource has no log to be read while it is waited for."""
    found = describing.changed_by(call.slice.operation)
    if "wait" not in call.extra:
        raise UsageError("argument --tail: it is for a command that waits; add --wait")
    if found is not None and found[0] not in log_groups.with_log().values():
        raise UsageError(f"argument --tail: no log of {describing.typed(found[0])} is known")


def watch_log(resources: Sequence[Resource], stages: Stages, limits: Limits) -> None:
    """Wait as ``resource_stages.watch`` does, the log on standard error meanwhile.

    Standard output is the answer's alone. A log that cannot be read is said to be so, and waited for all the same.
    Raises EndedElsewhereError, TimedOutError, and what a call raises.
    """
    (resource,) = resources
    streams = stages.process.streams
    asked = Asked(None if resource.family.is_job else time() - _BEFORE)
    options, settings = stages.checked.settings.globals, stages.checked.settings
    timeout = USUAL_TIMEOUT if limits.timeout is None else limits.timeout
    shown = drawer(streams, settings)
    tail = Tail(stages, resource, options, asked, _StandardError(streams.stderr, shown), streams.is_tty("stderr"))
    try:
        tail.follow(timeout, LOOK if limits.delay is None else limits.delay, shown)
        conclude([resource], one_is_enough=False)
        shown.reached(resource.states, tail.elapsed)
    except AwsShadowError as error:
        if not tail.client.has_failed:
            raise
        shown.say(f"The log cannot be read, the waiting goes on: {error.message}")
        watch(resources, stages, limits)
    except GaveUp:
        told = f"{resource.label} is still {resource.state or 'not seen'} after {words(timeout)}; {lines.GOES_ON}"
        raise TimedOutError(told) from None
    except KeyboardInterrupt:
        shown.say(lines.interrupted(resource.label, resource.state))
        raise
    finally:
        shown.close()
