"""How long work takes under the real clock, in seconds, where the family table does not say.

The durations are invented: round numbers of the order that users of the service report. They only
matter under the ``real`` and ``frozen`` clocks.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.model.families import Family

DELETING_SECONDS = 30
#: How long a family that shows what was deleted does so; reported as a day, place not recorded.
SHOWN_DELETED_SECONDS = 86400
STOPPING_SECONDS = 30
USUAL_SECONDS = 60


def seconds(family: Family, role: str = "create") -> float:
    """How long a resource of this family takes to get ready, or to stop."""
    return STOPPING_SECONDS if role == "stop" else family.seconds or USUAL_SECONDS
