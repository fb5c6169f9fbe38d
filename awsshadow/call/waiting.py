"""Polling until a resource is in the state a waiter looks for (behaviour: output 4)."""

from __future__ import annotations

from time import sleep

from botocore.exceptions import WaiterError
from botocore.waiter import NormalizedOperationMethod, SingleWaiterConfig, Waiter

from awsshadow.call.error_translation import translate
from awsshadow.errors import TimedOutError, WaiterFailedError
from awsshadow.model import families
from awsshadow.model.families import describing, log_groups
from awsshadow.model.families.outcomes import DELETED, FAILURE, outcome
from awsshadow.waiting import lines
from awsshadow.waiting.durations import words
from awsshadow.waiting.progress import Progress, States
from awsshadow.waiting.rounds import GaveUp, Rounds, steady
from awsshadow.waiting.status_line import limit_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from awsshadow.model import Slice
    from awsshadow.terminal.pieces import Piece
    from awsshadow.waiting.limits import Limits
    from awsshadow.waiting.status_line import Drawer

    Document = dict[str, Any]


class ReferenceWaiter:
    """The waiter of ``slice``, polling with ``method``; ``worth`` is what a second of waiting is worth.

    ``limits`` go before those of ``waiters-2``, and ``drawer`` is shown each poll.
    """

    def __init__(
        self, method: Callable[..., Document], slice: Slice, limits: Limits, drawer: Drawer, worth: float = 1.0
    ) -> None:
        row = slice.waiter
        assert row is not None
        self._poll = NormalizedOperationMethod(method)
        self._config = SingleWaiterConfig({key: value for key, value in row.items() if key != "name"})
        self._name = str(row["name"])
        self._path = next((a["argument"] for a in row["acceptors"] if a["matcher"] == "path"), None)
        ends = [(a["expected"], a["state"]) for a in row["acceptors"] if a["matcher"] == "error"]
        self._ends = {code: state for code, state in ends if isinstance(code, str)}
        self._drawer = drawer
        found = families.find(slice.operation)
        self._family = None if found is None else found[0]
        self._states = States("", "")
        delay = row["delay"] if limits.delay is None else limits.delay
        self._most = row["maxAttempts"] if limits.most is None else limits.most
        #: What the waiter says is no number: what that means is found out when it is slept for so long.
        self._odd_delay = None if isinstance(delay, int | float) else (delay,)
        numbers = self._odd_delay is None and isinstance(self._most, int)
        self._limit = limit_in_words(limits.timeout, self._most, delay) if numbers else ""
        self._rounds = Rounds(steady(delay), limits.timeout, worth=worth)

    def wait(self, parameters: Document) -> None:
        """Poll until it succeeds.

        Raises WaiterFailedError when it fails or gives up, TimedOutError when a timeout that was asked for is over.
        """
        named = [str(value) for value in parameters.values() if isinstance(value, str | int)]
        label = " ".join([self._name, *named][:2])
        kind = self._name if self._family is None else describing.typed(self._family).replace("-", " ")
        self._states = States(kind, " ".join(named))
        try:
            self._drawer.begin(Progress([self._states], self._rounds, self._limit))
            # It does not pause by itself: that is done before each poll but the first.
            Waiter(self._name, self._config, self._look).wait(
                **parameters, WaiterConfig={"Delay": 0, "MaxAttempts": self._most}
            )
            self._drawer.reached(self._states, self._rounds.elapsed)
        except GaveUp:
            after = words(self._rounds.timeout or 0)
            raise TimedOutError(f"{label} is still {self._states.state} after {after}; {lines.GOES_ON}") from None
        except WaiterError as error:
            closing = self._closing(error.last_response or {}) if self._drawer.closes else []
            raise WaiterFailedError(translate(error).message, closing) from error
        except KeyboardInterrupt:
            self._drawer.say(
                lines.interrupted(self._states.label if self._drawer.closes else label, self._states.state)
            )
            raise
        finally:
            self._drawer.close()

    def _look(self, **parameters: Any) -> Document:
        if self._rounds.attempt:
            self._drawer.rests()
            if self._odd_delay is None:
                self._rounds.pause()
            else:
                sleep(*self._odd_delay)
        self._rounds.begin()
        self._drawer.asks()
        response: Document = self._poll(**parameters)
        code = response.get("Error", {}).get("Code")
        state = response.get(self._path) if self._path else None
        if self._path is None and self._family is not None:
            state = describing.status(self._family, response) or None
        if state is not None:
            meaning = None if self._family is None else outcome(self._family, str(state))
            self._states.see(str(state), meaning, self._rounds.elapsed)
        elif code in self._ends:
            is_gone = self._ends[code] == "success"
            word = "deleted" if is_gone else "not found"
            self._states.see(word, DELETED if is_gone else FAILURE, self._rounds.elapsed)
        else:
            self._states.see(str(code or "unknown"), None, self._rounds.elapsed)
        return response

    def _closing(self, last: Document) -> list[Piece]:
        """How it ended otherwise than it should have; nothing where the service has not described it."""
        if "Error" in last or not self._states.state:
            return []
        family, elapsed = self._family, self._rounds.elapsed
        if family is None or outcome(family, self._states.state) != FAILURE:
            return lines.given_up(self._states, elapsed)
        log = log_groups.group(family, last)
        return lines.failed(self._states, elapsed, describing.reason(last), log)
