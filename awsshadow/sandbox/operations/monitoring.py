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


#: Type of monitoring -> family of its definitions.
_DEFINITIONS = {
    kind: f"{kind}JobDefinition" for kind in ("DataQuality", "ModelQuality", "ModelBias", "ModelExplainability")
}


def create(request: Request) -> View:
    """Answer ``CreateMonitoringSchedule``."""
    family = families.family("MonitoringSchedule")
    return lifecycle.view(request, family, lifecycle.make(request, family, _completed(request)))


def update(request: Request) -> View:
    """Answer ``UpdateMonitoringSchedule``."""
    family = families.family("MonitoringSchedule")
    return lifecycle.view(request, family, lifecycle.change(request, family, _completed(request)))


def _completed(request: Request) -> Mapping[str, Any]:
    """The parameters with the endpoint and the type that the schedule shows. Raises Refusal without its definition.

    An inline definition is one of data quality, as go-to-k/cdk-real-drift read it back from accounts.
    """
    config = request.params["MonitoringScheduleConfig"]
    definition, kind = config.get("MonitoringJobDefinition", {}), config.get("MonitoringType")
    if "MonitoringJobDefinitionName" in config:
        kind, definition = _named_definition(request, config["MonitoringJobDefinitionName"], kind)
    shown = {**config, "MonitoringType": kind or "DataQuality"}
    for source in [*definition.get("MonitoringInputs", ()), definition.get(f"{kind}JobInput", {})]:
        if "EndpointInput" in source:
            return {
                **request.params,
                "MonitoringScheduleConfig": shown,
                "EndpointName": source["EndpointInput"]["EndpointName"],
            }
    return {**request.params, "MonitoringScheduleConfig": shown}


def _named_definition(request: Request, name: str, kind: str | None) -> tuple[str, dict[str, Any]]:
    """Type and document of a definition; of any type when none is given."""
    for other, title in _DEFINITIONS.items():
        record = request.resources.get(title, name) if kind in {None, other} else None
        if record:
            return other, record.doc
    raise request.no_such(families.family(_DEFINITIONS[kind or "DataQuality"]), name)


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
