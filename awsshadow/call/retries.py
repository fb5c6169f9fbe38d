"""When and how long to wait before a request is sent again: AWS CLI v2's standard mode.

botocore's standard mode has moved on: it asks again on any 429, and its delays and costs are what
AWS CLI v2 has only with ``AWS_NEW_RETRIES_2026=true``. Rules:
(behaviour: output 5.4).
"""

from __future__ import annotations

import random

from botocore.exceptions import (
    ConnectionClosedError,
    ConnectionError,
    ConnectTimeoutError,
    HTTPClientError,
    ReadTimeoutError,
)

from awsshadow.call.parsing import cut_short
from awsshadow.call.throttling import THROTTLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    #: HTTP response and parsed response, None when there was no response.
    Answer = tuple[Any, dict[str, Any]] | None

_STATUSES = frozenset((500, 502, 503, 504))
_CODES = THROTTLES | {"RequestTimeout", "RequestTimeoutException"}
_LONGEST_DELAY = 20
_BUDGET = 500
_COST = 5
_TIMEOUT_COST = 10
_REWARD = 1
_NEW_COST = 14
_NEW_SCALE = 0.05
_NEW_PATIENCE = 5


class Retries:
    """Receives botocore's ``needs-retry`` and ``after-call`` for one client.

    ``attempts`` is how often a request is sent at most. A budget shared by all requests of the
    client bounds the retries that are not followed by a success. ``new`` means the opt-in rules:
    short delays unless throttled, other costs, and a header that asks for patience. With ``leaves_throttling``
    who calls is told at once that it was throttled. ``is_damaged``: the model of the service is.
    """

    def __init__(
        self, attempts: int, new: bool = False, leaves_throttling: bool = False, is_damaged: bool = False
    ) -> None:
        self._is_damaged = is_damaged
        self._attempts = attempts
        self._new = new
        self._leaves_throttling = leaves_throttling
        self._budget = _BUDGET

    def register(self, client: Any) -> None:
        """Take the place of botocore's own standard retries on ``client``."""
        events = client.meta.events
        service = client.meta.service_model.service_id.hyphenize()
        events.unregister(f"needs-retry.{service}", unique_id=f"retry-config-{service}")
        events.register(f"needs-retry.{service}", self.delay)
        events.register(f"after-call.{service}", self.settle)

    def delay(
        self,
        response: Answer,
        attempts: int,
        caught_exception: Exception | None,
        request_dict: dict[str, Any],
        operation: Any = None,
        **_: Any,
    ) -> float | None:
        """Seconds to wait before the next attempt, or None when there is to be none.

        Raises ConnectionClosedError when there is none and the response had broken off: botocore
        itself takes what came for the whole.
        """
        context = request_dict["context"]
        context["retries"]["max"] = self._attempts
        delay = self._delay(context, response, attempts, caught_exception)
        if self._is_damaged and delay is None and response is not None and attempts < self._attempts:
            from awsshadow.call.damaged_model import look_at_errors

            look_at_errors(response[1], operation)
        if delay is None and response is not None:
            if _broken_off(response[0]):
                raise ConnectionClosedError(endpoint_url=response[0].url)
            if attempts >= self._attempts:
                response[1]["ResponseMetadata"]["MaxAttemptsReached"] = True
        return delay

    def _delay(
        self,
        context: dict[str, Any],
        response: Answer,
        attempts: int,
        error: Exception | None,
    ) -> float | None:
        if attempts >= self._attempts or not _retryable(response, error):
            return None
        throttled = response is not None and _code(response) in THROTTLES
        if throttled and self._leaves_throttling:
            return None
        cost = self._cost(error, throttled)
        if cost > self._budget:
            return None
        self._budget -= cost
        context["retry_cost"] = cost
        scale = _NEW_SCALE if self._new and not throttled else 1
        longest: float = min(scale * 2 ** (attempts - 1), _LONGEST_DELAY)
        delay = random.random() * longest  # noqa: S311 - jitter is no secret
        asked = _asked_for(response) if self._new else 0
        return max(delay, min(asked, delay + _NEW_PATIENCE))

    def _cost(self, error: Exception | None, throttled: bool) -> int:
        if self._new:
            return _COST if throttled else _NEW_COST
        return _TIMEOUT_COST if isinstance(error, (ConnectTimeoutError, ReadTimeoutError)) else _COST

    def settle(self, http_response: Any, context: dict[str, Any], **_: Any) -> None:
        """Give back to the budget what a successful call took from it last, or a little."""
        if http_response is not None and 200 <= http_response.status_code < 300:
            self._budget = min(_BUDGET, self._budget + context.get("retry_cost", _REWARD))


class Traffic:
    """What one client has done from now on.

    ``has_sent``: a request has been signed, so nobody is asked for a code any more. ``throttled`` counts the answers
    that ask to slow down.
    """

    def __init__(self, client: Any) -> None:
        self.has_sent = False
        self.throttled = 0
        service = client.meta.service_model.service_id.hyphenize()
        client.meta.events.register_last(f"request-created.{service}", self._sent)
        client.meta.events.register(f"needs-retry.{service}", self._answered)

    def _sent(self, **_: Any) -> None:
        self.has_sent = True

    def _answered(self, response: Answer, **_: Any) -> None:
        self.throttled += response is not None and _code(response) in THROTTLES


def forget_maximum(request: Any, **_: Any) -> None:
    """Receives ``request-created``: the first attempt does not say how many there may be."""
    context = request.context.get("retries", {})
    if context.get("attempt") == 1:
        context.pop("max", None)


def _retryable(response: Answer, error: Exception | None) -> bool:
    if response is None:
        return isinstance(error, (ConnectionError, HTTPClientError))
    return response[0].status_code in _STATUSES or _code(response) in _CODES or _broken_off(response[0])


def _code(response: tuple[Any, dict[str, Any]]) -> Any:
    return response[1].get("Error", {}).get("Code")


def _asked_for(response: Answer) -> float:
    """Seconds that the service asks to be left alone, zero when it does not."""
    text = "" if response is None else response[0].headers.get("x-amz-retry-after", "")
    return int(text) / 1000 if text.isdecimal() else 0


def _broken_off(http_response: Any) -> bool:
    return cut_short(http_response.status_code, http_response.headers, http_response.content)
