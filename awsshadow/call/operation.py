"""A connected operation: what can be done with it."""

from __future__ import annotations

from botocore import xform_name

from awsshadow.call.error_translation import Border
from awsshadow.call.paging import Pages
from awsshadow.call.retries import Traffic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from botocore.client import BaseClient

    from awsshadow.call.transport import Transport
    from awsshadow.model import Slice
    from awsshadow.streams import Streams

    Document = dict[str, Any]


class ConnectedOperation:
    """One operation of the service behind one client.

    Parameters are keyed by member name. Documents come without ``ResponseMetadata``. Every method
    raises only errors of this package; Ctrl-C passes through.
    """

    def __init__(self, client: BaseClient, slice: Slice, streams: Streams, transport: Transport | None = None) -> None:
        self._client = client
        self._slice = slice
        self._streams = streams
        self._transport = transport
        self._method = getattr(client, xform_name(slice.operation))

    def call(self, parameters: Document) -> Document:
        """Send one request, with its retries, and return the document."""
        with Border():
            document: Document = self._method(**parameters)
        document.pop("ResponseMetadata", None)
        return document

    def pages(self, parameters: Document) -> Pages:
        """The pages of a listing; ``PaginationConfig`` may hold PageSize, MaxItems, StartingToken."""
        assert self._slice.paginator is not None
        operation = self._client.meta.service_model.operation_model(self._slice.operation)
        return Pages(self._method, self._slice.paginator, operation, parameters)

    def traffic(self) -> Traffic:
        """What is sent and answered from now on."""
        return Traffic(self._client)

    def wait(self, parameters: Document) -> None:
        """Poll until the slice's waiter succeeds; raises AwsShadowError when it fails."""
        from awsshadow.call.waiting import wait

        assert self._slice.waiter is not None
        terminal = self._streams.stderr if self._streams.is_tty("stderr") else None
        row = self._slice.waiter
        if self._transport is not None:
            row = {**row, "delay": row["delay"] * self._transport.pace}
        with Border():
            wait(self._method, row, parameters, terminal)
