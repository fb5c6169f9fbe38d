"""Polling until a resource is in the state a waiter looks for (behaviour: output 4)."""

from __future__ import annotations

from botocore.exceptions import WaiterError
from botocore.waiter import NormalizedOperationMethod, SingleWaiterConfig, Waiter

from awsshadow.call.error_translation import translate
from awsshadow.errors import TimedOutError, WaiterFailedError
from awsshadow.model.families import describing
from awsshadow.waiting.durations import words
from awsshadow.waiting.limits import Limits
from awsshadow.waiting.rounds import GaveUp, Rounds, steady
from awsshadow.waiting.status_line import Progress, drawer, limit_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from awsshadow.streams import Streams
    from awsshadow.waiting.status_line import Drawer

    Document = dict[str, Any]


def wait(
    method: Callable[..., Document],
    row: Document,
    parameters: Document,
    streams: Streams,
    limits: Limits | None,
    extras: bool,
    worth: float,
) -> None:
    """Poll until a waiter succeeds; see ``ReferenceWaiter`` and ``ConnectedOperation.wait``."""
    shown = drawer(streams, extras, speaks=limits is not None)
    ReferenceWaiter(method, row, limits or Limits(), shown, worth).wait(parameters)


class ReferenceWaiter:
    """The waiter ``row`` of ``waiters-2``, polling with ``method``; ``worth`` is what a second of waiting is worth.

    ``limits`` go before those of the row, and ``drawer`` is shown each poll.
    """

    def __init__(
        self, method: Callable[..., Document], row: Document, limits: Limits, drawer: Drawer, worth: float = 1.0
    ) -> None:
        self._poll = NormalizedOperationMethod(method)
        self._config = SingleWaiterConfig({key: value for key, value in row.items() if key != "name"})
        self._name = self._label = str(row["name"])
        self._path = next((a["argument"] for a in row["acceptors"] if a["matcher"] == "path"), None)
        self._drawer = drawer
        self._state = ""
        delay = row["delay"] if limits.delay is None else limits.delay
        self._most = row["maxAttempts"] if limits.most is None else limits.most
        self._limit = limit_in_words(limits.timeout, self._most, delay)
        redraw = self._redraw if drawer.is_live else None
        self._rounds = Rounds(steady(delay), limits.timeout, worth=worth, redraw=redraw)

    def wait(self, parameters: Document) -> None:
        """Poll until it succeeds.

        Raises WaiterFailedError when it fails or gives up, TimedOutError when a timeout that was asked for is over.
        """
        self._label = " ".join([self._name, *(value for value in parameters.values() if isinstance(value, str))][:2])
        try:
            # It does not pause by itself: that is done before each poll but the first.
            Waiter(self._name, self._config, self._look).wait(
                **parameters, WaiterConfig={"Delay": 0, "MaxAttempts": self._most}
            )
            self._drawer.close(f"{self._label}: {self._state} after {words(self._rounds.elapsed)}")
        except GaveUp:
            after = words(self._rounds.timeout or 0)
            raise TimedOutError(
                f"{self._label} is still {self._state} after {after}; it goes on, only the waiting has ended"
            ) from None
        except WaiterError as error:
            raise WaiterFailedError(translate(error).message, describing.reason(error.last_response)) from error
        except KeyboardInterrupt:
            was = f"{self._label} was {self._state or 'not seen'} when interrupted"
            self._drawer.say(f"{was}; it goes on, only the waiting has ended")
            raise
        finally:
            self._drawer.close()

    def _look(self, **parameters: Any) -> Document:
        if self._rounds.attempt:
            self._rounds.pause()
        self._rounds.begin()
        response: Document = self._poll(**parameters)
        state = response.get(self._path) if self._path else None
        self._state = str(response.get("Error", {}).get("Code", "unknown") if state is None else state)
        self._redraw()
        return response

    def _redraw(self) -> None:
        elapsed, attempt = self._rounds.elapsed, self._rounds.attempt
        self._drawer.show(Progress(self._label, self._state, elapsed, attempt, self._limit))
