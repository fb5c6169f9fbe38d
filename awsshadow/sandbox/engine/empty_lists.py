"""Lists of what the service makes by itself and the sandbox has none of: they are answered empty."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.request import Request

#: Operation -> member -> family of the resource it must name; the list it answers has nothing to hold.
EMPTY: dict[str, dict[str, str]] = {
    "ListClusterExtensionVersions": {},
    "ListInferenceRecommendationsJobSteps": {"JobName": "InferenceRecommendationsJob"},
    "ListModelMetadata": {},
    "ListMonitoringAlertHistory": {"MonitoringScheduleName": "MonitoringSchedule"},
    "ListMonitoringExecutions": {"MonitoringScheduleName": "MonitoringSchedule"},
    "ListResourceCatalogs": {},
    "ListSubscribedWorkteams": {},
}


def empty(request: Request) -> dict[str, Any]:
    """An operation whose list has nothing to hold here; what it names must still exist."""
    for member, title in EMPTY[request.operation].items():
        if request.params.get(member):
            request.need(title, request.params[member])
    return {}
