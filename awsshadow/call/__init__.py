"""The door to the service, and the only importer of botocore at run time.

One client is built from the slice of one operation. What AWS CLI v2 does otherwise than botocore
is done with botocore's public means: configuration, components of the session, events.
"""

from __future__ import annotations

from awsshadow.call.client import connect
from awsshadow.call.operation import Wire
from awsshadow.call.paging import Pages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.call.transport import Transport as Transport

__all__ = ["Pages", "Wire", "connect"]
