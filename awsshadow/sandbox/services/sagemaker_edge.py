"""What an edge agent asks: whether its device is registered, and what is to be deployed; it says that it lives."""

from __future__ import annotations

import json

from awsshadow.sandbox.contract.service_errors import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.services.served import ServiceRequest
    from awsshadow.sandbox.state.records import Record

INVALID = "ValidationException"
#: Seconds for which an agent may keep the answer, as a text; invented.
_TTL = "3600"


def registration(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``GetDeviceRegistration``."""
    device = _device(request)
    fleet = request.resources.get("DeviceFleet", request.params["DeviceFleetName"])
    about = {
        "DeviceName": device.name,
        "DeviceFleetName": request.params["DeviceFleetName"],
        "IotThingName": device.doc.get("IotThingName"),
        "OutputConfig": fleet.doc.get("OutputConfig") if fleet is not None else None,
    }
    return {"DeviceRegistration": json.dumps({k: v for k, v in about.items() if v is not None}), "CacheTTL": _TTL}


def heartbeat(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``SendHeartbeat``: the device shows when it was heard, its agent and its models."""
    device, params = _device(request), request.params
    device.doc |= {"LatestHeartbeat": request.now, "AgentVersion": params["AgentVersion"]}
    if "Models" in params:
        device.doc["Models"] = params["Models"]
    request.resources.save(device)
    return {}


def deployments(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``GetDeployments``: the plans for the fleet of which a stage has been started."""
    device, fleet = _device(request), request.params["DeviceFleetName"]
    found = []
    for plan in request.resources.where_member("EdgeDeploymentPlan", "DeviceFleetName", fleet):
        started = [stage for stage in plan.doc.get("Stages", ()) if _is_for(stage, device)]
        if started:
            found.append(_deployment(request, plan, started[-1]))
    return {"Deployments": found}


def _is_for(stage: dict[str, Any], device: Record) -> bool:
    """Whether a stage has been started, and picks a device."""
    if stage.get("DeploymentStatus", {}).get("StageStatus") not in ("STARTING", "INPROGRESS"):
        return False
    selection = stage.get("DeviceSelectionConfig") or {}
    names, part = selection.get("DeviceNames"), selection.get("DeviceNameContains", "")
    return (names is None or device.name in names) and part in device.name


def _deployment(request: ServiceRequest, plan: Record, stage: dict[str, Any]) -> dict[str, Any]:
    definitions = []
    for model in plan.doc.get("ModelConfigs", ()):
        job = request.resources.get("EdgePackagingJob", model.get("EdgePackagingJobName", ""))
        output = (job.doc.get("OutputConfig") or {}).get("S3OutputLocation") if job is not None else None
        definitions.append({"ModelHandle": model.get("ModelHandle"), "S3Url": output, "State": "DEPLOY"})
    policy = (stage.get("DeploymentConfig") or {}).get("FailureHandlingPolicy", "DO_NOTHING")
    return {"DeploymentName": plan.name, "Type": "Model", "FailureHandlingPolicy": policy, "Definitions": definitions}


def _device(request: ServiceRequest) -> Record:
    """The device that asks. Raises Refusal when it is not registered."""
    fleet, name = request.params["DeviceFleetName"], request.params["DeviceName"]
    found = request.resources.get("Device", f"{fleet}/{name}")
    if found is None:
        raise Refusal(INVALID, f"Device {name} is not registered in device fleet {fleet}.")
    return found


OPERATIONS = {"GetDeviceRegistration": registration, "SendHeartbeat": heartbeat, "GetDeployments": deployments}
READING = frozenset({"GetDeviceRegistration", "GetDeployments"})
