"""Edge fleets: devices, deployment stages. No device ever answers, so a started stage stays pending."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import IN_USE, Refusal, invalid
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.listing import answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.records import Record

BUSY = ("STARTING", "INPROGRESS")


def register(request: Request) -> View:
    """Answer ``RegisterDevices``."""
    family = families.family("Device")
    fleet = request.named("DeviceFleet", "DeviceFleetName")
    for device in request.params["Devices"]:
        params = {**device, "DeviceFleetName": fleet.name, "Tags": request.params.get("Tags")}
        lifecycle.make(request, family, params)
    return {}


def deregister(request: Request) -> View:
    """Answer ``DeregisterDevices``."""
    for name in request.params["DeviceNames"]:
        request.resources.remove(request.need("Device", f"{request.params['DeviceFleetName']}/{name}"))
    return {}


def update_devices(request: Request) -> View:
    """Answer ``UpdateDevices``."""
    for device in request.params["Devices"]:
        record = request.need("Device", f"{request.params['DeviceFleetName']}/{device['DeviceName']}")
        record.doc.update(device)
        record.become(None, [], request.now)
        request.resources.save(record)
    return {}


def report(request: Request) -> View:
    """Answer ``GetDeviceFleetReport``."""
    fleet = request.named("DeviceFleet", "DeviceFleetName")
    count = request.resources.count("Device", parent=fleet.name)
    shown = lifecycle.view(request, families.family("DeviceFleet"), fleet)
    stats = {"ConnectedDeviceCount": 0, "RegisteredDeviceCount": count}
    return {**shown, "ReportGenerated": request.now, "DeviceStats": stats, "AgentVersions": [], "ModelStats": []}


def create_plan(request: Request) -> View:
    """Answer ``CreateEdgeDeploymentPlan``."""
    family = families.family("EdgeDeploymentPlan")
    params = {**request.params, "Stages": [_stage(s) for s in request.params.get("Stages", ())]}
    return lifecycle.view(request, family, lifecycle.make(request, family, params))


def _stage(stage: dict[str, Any]) -> dict[str, Any]:
    return {**stage, "DeploymentStatus": {"StageStatus": "READYTODEPLOY"}}


def add_stages(request: Request) -> View:
    """Answer ``CreateEdgeDeploymentStage``."""
    plan = _plan(request)
    names = {s["StageName"] for s in plan.doc["Stages"]}
    for stage in request.params["Stages"]:
        if stage["StageName"] in names:
            raise invalid(f"Stage {stage['StageName']} already exists in edge deployment plan {plan.name}.")
        plan.doc["Stages"].append(_stage(stage))
    _save(request, plan)
    return {}


def delete_stage(request: Request) -> View:
    """Answer ``DeleteEdgeDeploymentStage``."""
    plan, stage = _named_stage(request)
    if stage["DeploymentStatus"]["StageStatus"] in BUSY:
        raise Refusal(IN_USE, f"Stage {stage['StageName']} is being deployed; stop it first.")
    plan.doc["Stages"].remove(stage)
    _save(request, plan)
    return {}


def start_stage(request: Request) -> View:
    """Answer ``StartEdgeDeploymentStage``."""
    plan, stage = _named_stage(request)
    count = len(_selected(request, plan, stage))
    stage["DeploymentStatus"] = {
        "StageStatus": "INPROGRESS",
        "EdgeDeploymentPendingInStage": count,
        "EdgeDeploymentStageStartTime": request.now,
    }
    _save(request, plan)
    return {}


def stop_stage(request: Request) -> View:
    """Answer ``StopEdgeDeploymentStage``."""
    plan, stage = _named_stage(request)
    if stage["DeploymentStatus"]["StageStatus"] in BUSY:
        stage["DeploymentStatus"]["StageStatus"] = "STOPPED"
    _save(request, plan)
    return {}


def stage_devices(request: Request) -> View:
    """Answer ``ListStageDevices``."""
    plan, stage = _named_stage(request)
    begun = stage["DeploymentStatus"]["StageStatus"] == "INPROGRESS"
    family = families.family("Device")
    shown = [
        {
            **lifecycle.view(request, family, device),
            "EdgeDeploymentPlanArn": plan.arn,
            "EdgeDeploymentPlanName": plan.name,
            "StageName": stage["StageName"],
            "DeviceDeploymentStatus": "INPROGRESS" if begun else "READYTODEPLOY",
        }
        for device in _selected(request, plan, stage)
    ]
    return answer(request, "DeviceDeploymentSummaries", shown)


def _selected(request: Request, plan: Record, stage: dict[str, Any]) -> list[Record]:
    """The devices a stage is for: a part of the fleet, those named, or those whose name contains a text."""
    choice = stage["DeviceSelectionConfig"]
    devices = request.resources.find("Device", parent=plan.doc["DeviceFleetName"])
    if choice["DeviceSubsetType"] == "PERCENTAGE":
        return devices[: round(len(devices) * choice.get("Percentage", 100) / 100)]
    if choice["DeviceSubsetType"] == "SELECTION":
        return [d for d in devices if d.name in choice.get("DeviceNames", ())]
    return [d for d in devices if choice.get("DeviceNameContains", "") in d.name]


def _plan(request: Request) -> Record:
    return request.named("EdgeDeploymentPlan", "EdgeDeploymentPlanName")


def _named_stage(request: Request) -> tuple[Record, dict[str, Any]]:
    plan = _plan(request)
    for stage in plan.doc["Stages"]:
        if stage["StageName"] == request.params["StageName"]:
            return plan, stage
    raise invalid(f"Stage {request.params['StageName']} does not exist in edge deployment plan {plan.name}.")


def _save(request: Request, plan: Record) -> None:
    plan.become(None, [], request.now)
    request.resources.save(plan)
