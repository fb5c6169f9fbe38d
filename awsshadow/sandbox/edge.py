"""Edge fleets: devices, deployment stages. No device ever answers, so a started stage stays pending."""

from __future__ import annotations

from awsshadow.sandbox import engine
from awsshadow.sandbox.listing import answer
from awsshadow.sandbox.refusal import IN_USE, Refusal, invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.call import Call
    from awsshadow.sandbox.engine import View
    from awsshadow.sandbox.resources import Record

BUSY = ("STARTING", "INPROGRESS")


def register(call: Call) -> View:
    """Answer ``RegisterDevices``."""
    family = engine.family_of("Device")
    fleet = call.named("DeviceFleet", "DeviceFleetName")
    for device in call.params["Devices"]:
        params = {**device, "DeviceFleetName": fleet.name, "Tags": call.params.get("Tags")}
        engine.make(call, family, params)
    return {}


def deregister(call: Call) -> View:
    """Answer ``DeregisterDevices``."""
    for name in call.params["DeviceNames"]:
        call.resources.remove(call.need("Device", f"{call.params['DeviceFleetName']}/{name}"))
    return {}


def update_devices(call: Call) -> View:
    """Answer ``UpdateDevices``."""
    for device in call.params["Devices"]:
        record = call.need("Device", f"{call.params['DeviceFleetName']}/{device['DeviceName']}")
        record.doc.update(device)
        record.become(None, [], call.now)
        call.resources.save(record)
    return {}


def report(call: Call) -> View:
    """Answer ``GetDeviceFleetReport``."""
    fleet = call.named("DeviceFleet", "DeviceFleetName")
    count = call.resources.count("Device", fleet.name)
    shown = engine.view(call, engine.family_of("DeviceFleet"), fleet)
    stats = {"ConnectedDeviceCount": 0, "RegisteredDeviceCount": count}
    return {**shown, "ReportGenerated": call.now, "DeviceStats": stats, "AgentVersions": [], "ModelStats": []}


def create_plan(call: Call) -> View:
    """Answer ``CreateEdgeDeploymentPlan``."""
    family = engine.family_of("EdgeDeploymentPlan")
    params = {**call.params, "Stages": [_stage(s) for s in call.params.get("Stages", ())]}
    return engine.view(call, family, engine.make(call, family, params))


def _stage(stage: dict[str, Any]) -> dict[str, Any]:
    return {**stage, "DeploymentStatus": {"StageStatus": "READYTODEPLOY"}}


def add_stages(call: Call) -> View:
    """Answer ``CreateEdgeDeploymentStage``."""
    plan = _plan(call)
    names = {s["StageName"] for s in plan.doc["Stages"]}
    for stage in call.params["Stages"]:
        if stage["StageName"] in names:
            raise invalid(f"Stage {stage['StageName']} already exists in edge deployment plan {plan.name}.")
        plan.doc["Stages"].append(_stage(stage))
    _save(call, plan)
    return {}


def delete_stage(call: Call) -> View:
    """Answer ``DeleteEdgeDeploymentStage``."""
    plan, stage = _named_stage(call)
    if stage["DeploymentStatus"]["StageStatus"] in BUSY:
        raise Refusal(IN_USE, f"Stage {stage['StageName']} is being deployed; stop it first.")
    plan.doc["Stages"].remove(stage)
    _save(call, plan)
    return {}


def start_stage(call: Call) -> View:
    """Answer ``StartEdgeDeploymentStage``."""
    plan, stage = _named_stage(call)
    count = len(_selected(call, plan, stage))
    stage["DeploymentStatus"] = {
        "StageStatus": "INPROGRESS",
        "EdgeDeploymentPendingInStage": count,
        "EdgeDeploymentStageStartTime": call.now,
    }
    _save(call, plan)
    return {}


def stop_stage(call: Call) -> View:
    """Answer ``StopEdgeDeploymentStage``."""
    plan, stage = _named_stage(call)
    if stage["DeploymentStatus"]["StageStatus"] in BUSY:
        stage["DeploymentStatus"]["StageStatus"] = "STOPPED"
    _save(call, plan)
    return {}


def stage_devices(call: Call) -> View:
    """Answer ``ListStageDevices``."""
    plan, stage = _named_stage(call)
    begun = stage["DeploymentStatus"]["StageStatus"] == "INPROGRESS"
    family = engine.family_of("Device")
    shown = [
        {
            **engine.view(call, family, device),
            "EdgeDeploymentPlanArn": plan.arn,
            "EdgeDeploymentPlanName": plan.name,
            "StageName": stage["StageName"],
            "DeviceDeploymentStatus": "INPROGRESS" if begun else "READYTODEPLOY",
        }
        for device in _selected(call, plan, stage)
    ]
    return answer(call, "DeviceDeploymentSummaries", shown)


def _selected(call: Call, plan: Record, stage: dict[str, Any]) -> list[Record]:
    """The devices a stage is for: a part of the fleet, those named, or those whose name contains a text."""
    choice = stage["DeviceSelectionConfig"]
    devices = call.resources.children("Device", plan.doc["DeviceFleetName"])
    if choice["DeviceSubsetType"] == "PERCENTAGE":
        return devices[: round(len(devices) * choice.get("Percentage", 100) / 100)]
    if choice["DeviceSubsetType"] == "SELECTION":
        return [d for d in devices if d.name in choice.get("DeviceNames", ())]
    return [d for d in devices if choice.get("DeviceNameContains", "") in d.name]


def _plan(call: Call) -> Record:
    return call.named("EdgeDeploymentPlan", "EdgeDeploymentPlanName")


def _named_stage(call: Call) -> tuple[Record, dict[str, Any]]:
    plan = _plan(call)
    for stage in plan.doc["Stages"]:
        if stage["StageName"] == call.params["StageName"]:
            return plan, stage
    raise invalid(f"Stage {call.params['StageName']} does not exist in edge deployment plan {plan.name}.")


def _save(call: Call, plan: Record) -> None:
    plan.become(None, [], call.now)
    call.resources.save(plan)


OPERATIONS = {
    "RegisterDevices": register,
    "DeregisterDevices": deregister,
    "UpdateDevices": update_devices,
    "GetDeviceFleetReport": report,
    "CreateEdgeDeploymentPlan": create_plan,
    "CreateEdgeDeploymentStage": add_stages,
    "DeleteEdgeDeploymentStage": delete_stage,
    "StartEdgeDeploymentStage": start_stage,
    "StopEdgeDeploymentStage": stop_stage,
    "ListStageDevices": stage_devices,
}
