"""A connected operation: what can be done with it."""

from __future__ import annotations

from botocore import xform_name

from awsshadow.call.error_translation import Border
from awsshadow.call.paging import Pages
from awsshadow.call.retries import Traffic
from awsshadow.model.points_in_time import in_seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from botocore.client import BaseClient

    from awsshadow.call.transport import Transport
    from awsshadow.model import Slice
    from awsshadow.waiting.limits import Limits
    from awsshadow.waiting.status_line import Drawer

    Document = dict[str, Any]


class ConnectedOperation:
    """One operation of the service behind one client.

    Parameters are keyed by member name. Documents come without ``ResponseMetadata``. Every method
    raises only errors of this package; Ctrl-C passes through. Where ``counts``, the client has numbers for timestamps,
    and is called with parameters that ``counted`` can make such of.
    """

    def __init__(
        self, client: BaseClient, slice: Slice, transport: Transport | None = None, counts: bool = False
    ) -> None:
        self._client = client
        self._slice = slice
        self._transport = transport
        self._counts = counts
        self._method = getattr(client, xform_name(slice.operation))

    @property
    def name(self) -> str:
        """The name of the operation in the model."""
        return self._slice.operation

    @property
    def region(self) -> str:
        """The region that requests are sent to."""
        region: str = self._client.meta.region_name
        return region

    def beside(self, slice: Slice) -> ConnectedOperation:
        """Another operation behind the same client, whose model has it."""
        return ConnectedOperation(self._client, slice, self._transport)

    def call(self, parameters: Document) -> Document:
        """Send one request, with its retries, and return the document."""
        with Border():
            document: Document = self._method(**self._sent(parameters))
        document.pop("ResponseMetadata", None)
        return document

    def _sent(self, parameters: Document) -> Document:
        return counted(parameters, self._slice) if self._counts else parameters

    def pretend(self, parameters: Document, document: Document) -> None:
        """Make the call as if ``document`` were the answer: nothing is sent; what is wrong before that is raised."""
        from botocore.stub import Stubber

        with Border(), Stubber(self._client) as stubber:
            stubber.add_response(xform_name(self._slice.operation), document.copy())
            self._method(**self._sent(parameters))

    def call_with_body(self, parameters: Document) -> tuple[Document, bytes]:
        """The document, and the body of the answer, in which members may be that the model does not have.

        One thread at a time may do so.
        """
        bodies: list[bytes] = []

        def keep(http_response: Any, **_: Any) -> None:
            bodies.append(http_response.content)

        service = self._client.meta.service_model.service_id.hyphenize()
        event = f"after-call.{service}.{self._slice.operation}"
        self._client.meta.events.register(event, keep)
        try:
            document = self.call(parameters)
        finally:
            self._client.meta.events.unregister(event, keep)
        return document, bodies[-1]

    def pages(self, parameters: Document, ask: Callable[[Document], Document] | None = None) -> Pages:
        """The pages of a listing; ``PaginationConfig`` may hold PageSize, MaxItems, StartingToken.

        ``ask`` makes the call for a page, None where it is made at once.
        """
        row: Any = self._slice.paginator  # null only in a damaged model, which botocore has to find out
        operation = self._client.meta.service_model.operation_model(self._slice.operation)
        method = self._method if ask is None else _by_keywords(ask)
        return Pages(method, row, operation, self._sent(parameters))

    def traffic(self) -> Traffic:
        """What is sent and answered from now on."""
        return Traffic(self._client)

    @property
    def worth(self) -> float:
        """How many seconds a second of waiting is: a sandbox may go through it faster."""
        return 1.0 if self._transport is None else self._transport.pace

    def wait(self, parameters: Document, limits: Limits, drawer: Drawer) -> None:
        """Poll until the slice's waiter succeeds; raises AwsShadowError when it fails.

        ``limits`` go before those of the waiter. ``drawer`` is shown how far it is.
        """
        from awsshadow.call.waiting import ReferenceWaiter

        assert self._slice.waiter is not None
        with Border():
            ReferenceWaiter(self._method, self._slice, limits, drawer, self.worth).wait(parameters)


def counted(parameters: Document, slice: Slice) -> Any:
    """``parameters`` of the operation with numbers for timestamps; None if botocore is to make something of one."""
    name = slice.input_shape
    return parameters if name is None else in_seconds(parameters, name, slice.shapes)


def _by_keywords(ask: Callable[[Document], Document]) -> Callable[..., Document]:
    return lambda **parameters: ask(parameters)
