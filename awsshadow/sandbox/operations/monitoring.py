"""Monitoring schedules and their alerts. Nothing is ever monitored: schedules have no executions."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import NOT_FOUND, Refusal
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.listing import answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.records import Record

#: The service makes alerts by itself and does not document their names; this one is invented.
ALERT = "monitoring-alert"


def create(request: Request) -> View:
    """Answer ``CreateMonitoringSchedule``."""
    family = families.family("MonitoringSchedule")
    return lifecycle.view(request, family, lifecycle.make(request, family, _with_endpoint(request.params)))


def update(request: Request) -> View:
    """Answer ``UpdateMonitoringSchedule``."""
    family = families.family("MonitoringSchedule")
    return lifecycle.view(request, family, lifecycle.change(request, family, _with_endpoint(request.params)))


def _with_endpoint(params: Mapping[str, Any]) -> Mapping[str, Any]:
    definition = params["MonitoringScheduleConfig"].get("MonitoringJobDefinition", {})
    for source in definition.get("MonitoringInputs", ()):
        if "EndpointInput" in source:
            return {**params, "EndpointName": source["EndpointInput"]["EndpointName"]}
    return params


def _alert(schedule: Record) -> dict[str, Any]:
    return {
        "MonitoringAlertName": ALERT,
        "CreationTime": schedule.created,
        "LastModifiedTime": schedule.created,
        "AlertStatus": "OK",
        "DatapointsToAlert": 1,
        "EvaluationPeriod": 1,
        "Actions": {"ModelDashboardIndicator": {"Enabled": True}},
        **schedule.doc.get("Alert", {}),
    }


def alerts(request: Request) -> View:
    """Answer ``ListMonitoringAlerts``."""
    return answer(
        request, "MonitoringAlertSummaries", [_alert(request.named("MonitoringSchedule", "MonitoringScheduleName"))]
    )


def update_alert(request: Request) -> View:
    """Answer ``UpdateMonitoringAlert``."""
    schedule = request.named("MonitoringSchedule", "MonitoringScheduleName")
    if request.params["MonitoringAlertName"] != ALERT:
        raise Refusal(NOT_FOUND, f"MonitoringAlert {request.params['MonitoringAlertName']} does not exist.")
    kept = {m: request.params[m] for m in ("DatapointsToAlert", "EvaluationPeriod")}
    schedule.doc["Alert"] = {**kept, "LastModifiedTime": request.now}
    request.resources.save(schedule)
    return {"MonitoringScheduleArn": schedule.arn, "MonitoringAlertName": ALERT}
