"""The calls by which a log is read: with patience where there are too many, and with a word on missing permissions."""

from __future__ import annotations

from awsshadow.call.throttling import THROTTLES
from awsshadow.errors import ServiceError
from awsshadow.invocation import Call
from awsshadow.names import SERVICE
from awsshadow.waiting.rounds import rest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.call import LogClient
    from awsshadow.invocation import Globals
    from awsshadow.resource_stages import Resource
    from awsshadow.stages import Stages

    Document = dict[str, Any]

#: Seconds that a service which is asked too often is given, in all, before that is an error.
_PATIENCE = 300.0
#: No rest between two calls or readings is longer, in seconds.
LONGEST_REST = 30.0
#: By how much slower than usual all streams are read at most.
_SLOWEST = 16.0
_DENIED = ("AccessDeniedException", "AccessDenied")


class PatientClient:
    """The client of CloudWatch Logs, made when it is needed; it waits where it asks too often."""

    def __init__(self, stages: Stages, resource: Resource, options: Globals) -> None:
        self._stages = stages
        self._asking = resource.asking
        self._options = options
        self._client: LogClient | None = None
        #: Whether the last call came to nothing.
        self.has_failed = False
        self._factor = 1.0
        self._throttled = False

    def slower(self) -> float:
        """By how much slower all streams are to be read than usual: twice as slow each time that was too often."""
        self._factor = min(_SLOWEST, self._factor * 2) if self._throttled else max(1.0, self._factor / 2)
        self._throttled = False
        return self._factor

    def ask(self, operation: str, parameters: Document) -> Document:
        """Make a call. Raises ServiceError, which names the permission where that is what is missing."""
        self.has_failed = True
        if self._client is None:
            slice = self._asking.slice
            self._client = self._stages.connect_logs(Call(self._options, (SERVICE, slice.name), slice))
        rested, delay = 0.0, 1.0
        while True:
            try:
                answer = self._client.ask(operation, parameters)
            except ServiceError as error:
                code = error.fields.get("Code")
                if code in _DENIED:
                    raise _denied(error, operation, parameters) from error
                if code not in THROTTLES or rested >= _PATIENCE:
                    raise
            else:
                self.has_failed = False
                return answer
            self._throttled = True
            rest(delay * self._asking.operation.worth)
            rested, delay = rested + delay, min(delay * 2, LONGEST_REST)


def _denied(error: ServiceError, operation: str, parameters: Document) -> ServiceError:
    told = f"{error.message} (reading the log takes logs:{operation} on the log group {parameters['logGroupName']})"
    return ServiceError(told, {**error.fields, "Message": told})
