"""Event streams (``application/vnd.amazon.eventstream``): each event a frame with checksums.

A frame is, in bytes: total length (4), length of the headers (4), CRC-32 of these eight (4), the headers,
the payload, CRC-32 of everything before (4); numbers big-endian. A header is the length of its name (1), the
name, its type (1; 7 is text), the length of its value (2), the value (smithy.io, "Amazon Event Stream Specification").
"""

from __future__ import annotations

import struct
from binascii import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    #: The type of an event and its payload.
    Event = tuple[str, bytes]

_TEXT = 7


def frames(events: Iterable[Event]) -> bytes:
    """The events one after the other, as ``message-type: event`` with payloads of plain bytes."""
    return b"".join(
        frame({":event-type": name, ":content-type": "application/octet-stream", ":message-type": "event"}, payload)
        for name, payload in events
    )


def frame(headers: Mapping[str, str], payload: bytes) -> bytes:
    """One frame."""
    head = b"".join(
        struct.pack("!B", len(name)) + name.encode() + struct.pack("!BH", _TEXT, len(value.encode())) + value.encode()
        for name, value in headers.items()
    )
    prelude = struct.pack("!II", 16 + len(head) + len(payload), len(head))
    body = prelude + struct.pack("!I", crc32(prelude)) + head + payload
    return body + struct.pack("!I", crc32(body))
