"""Monitoring schedules and their alerts. Nothing is ever monitored: schedules have no executions."""

from __future__ import annotations

from awsshadow.sandbox import engine
from awsshadow.sandbox.listing import answer
from awsshadow.sandbox.refusal import NOT_FOUND, Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.call import Call
    from awsshadow.sandbox.engine import View

#: The service makes alerts by itself and does not document their names; this one is invented.
ALERT = "monitoring-alert"


def create(call: Call) -> View:
    """Answer ``CreateMonitoringSchedule``."""
    family = engine.family_of("MonitoringSchedule")
    return engine.view(call, family, engine.make(call, family, _with_endpoint(call.params)))


def update(call: Call) -> View:
    """Answer ``UpdateMonitoringSchedule``."""
    family = engine.family_of("MonitoringSchedule")
    return engine.view(call, family, engine.change(call, family, _with_endpoint(call.params)))


def _with_endpoint(params: dict[str, Any]) -> dict[str, Any]:
    definition = params["MonitoringScheduleConfig"].get("MonitoringJobDefinition", {})
    for source in definition.get("MonitoringInputs", ()):
        if "EndpointInput" in source:
            return {**params, "EndpointName": source["EndpointInput"]["EndpointName"]}
    return params


def _alert(schedule: Any) -> dict[str, Any]:
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


def alerts(call: Call) -> View:
    """Answer ``ListMonitoringAlerts``."""
    return answer(
        call, "MonitoringAlertSummaries", [_alert(call.named("MonitoringSchedule", "MonitoringScheduleName"))]
    )


def update_alert(call: Call) -> View:
    """Answer ``UpdateMonitoringAlert``."""
    schedule = call.named("MonitoringSchedule", "MonitoringScheduleName")
    if call.params["MonitoringAlertName"] != ALERT:
        raise Refusal(NOT_FOUND, f"MonitoringAlert {call.params['MonitoringAlertName']} does not exist.")
    kept = {m: call.params[m] for m in ("DatapointsToAlert", "EvaluationPeriod")}
    schedule.doc["Alert"] = {**kept, "LastModifiedTime": call.now}
    call.resources.save(schedule)
    return {"MonitoringScheduleArn": schedule.arn, "MonitoringAlertName": ALERT}


OPERATIONS = {
    "CreateMonitoringSchedule": create,
    "UpdateMonitoringSchedule": update,
    "ListMonitoringAlerts": alerts,
    "UpdateMonitoringAlert": update_alert,
}
