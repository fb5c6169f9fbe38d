"""Inference experiments (shadow tests): their life and what they do to their endpoint.

::

    Creating -> Created -(StartTime, or start)-> Starting -> Running -(EndTime, or stop)-> Stopping -> Completed
                                                                                               \\-> Cancelled

From the API reference and the developer guide: the schedule's defaults (at once, 7 days) and its
limit (30 days), what an update may change in which state, one shadow variant for an endpoint,
which endpoints are refused, that deleting leaves the endpoint alone. Not documented anywhere and
assumed here: a stop without DesiredState completes; the sentences of the errors; durations.
"""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import CONFLICT, IN_USE, Refusal, invalid
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.references import check_references
from awsshadow.sandbox.engine.transitions import advance_shown
from awsshadow.sandbox.operations.endpoints import begin_change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.plans import Step
    from awsshadow.sandbox.state.records import Record
    from awsshadow.sandbox.state.resources import Resources

DAY = 86400
USUAL_DAYS, MOST_DAYS = 7, 30
ENDED = ("Completed", "Cancelled")
#: Seconds of work; invented, of the order of deploying to an endpoint.
CREATING, STARTING, UPDATING, STOPPING = 60, 300, 60, 300

#: What a model variant is doing while its experiment has this status.
VARIANT_STATUS = {
    "Creating": "Creating",
    "Created": "Creating",
    "Starting": "Creating",
    "Running": "InService",
    "Updating": "Updating",
    "Stopping": "Deleting",
    "Cancelled": "Deleted",
}


def create(request: Request) -> View:
    """Answer ``CreateInferenceExperiment``."""
    family = families.family("InferenceExperiment")
    endpoint = request.named("Endpoint", "EndpointName")
    _check_endpoint(request, endpoint)
    _check_variants(request.params)
    schedule = _schedule(request.params.get("Schedule", {}), request.now)
    params = {**request.params, "Schedule": schedule, "Actions": {}}
    failure = request.faults.failure(family, params["Name"])
    if failure:
        plan: list[Step] = [{"after": CREATING, "status": failure[0], "patch": {"StatusReason": failure[1]}}]
    else:
        plan = [{"after": CREATING, "status": "Created"}, *_from_created(schedule, request.now)]
    return _view(request, lifecycle.make(request, family, params, status="Creating", plan=plan))


def _check_endpoint(request: Request, endpoint: Record) -> None:
    config = request.resources.get("EndpointConfig", endpoint.doc["EndpointConfigName"])
    document = config.doc if config else {}
    serverless = any("ServerlessConfig" in v for v in document.get("ProductionVariants", ()))
    if serverless or "AsyncInferenceConfig" in document:
        kind = "serverless" if serverless else "asynchronous"
        raise invalid(f'Inference experiments are not supported on {kind} endpoints: "{endpoint.arn}".')
    if endpoint.status != "InService":
        raise invalid(f'Endpoint "{endpoint.arn}" must be InService to run an inference experiment.')
    if len(endpoint.doc.get("ProductionVariants", ())) > 1 or endpoint.doc.get("ShadowProductionVariants"):
        raise invalid(f'Endpoint "{endpoint.arn}" must have one production variant and no shadow variant.')
    for other in request.resources.where_member("InferenceExperiment", "EndpointName", endpoint.name):
        if other.status not in ENDED:
            raise Refusal(IN_USE, f'Endpoint "{endpoint.arn}" is in use by inference experiment {other.name}.')


def _check_variants(params: Mapping[str, Any]) -> None:
    names = [v["VariantName"] for v in params["ModelVariants"]]
    config = params["ShadowModeConfig"]
    wanted = [config["SourceModelVariantName"], *(v["ShadowModelVariantName"] for v in config["ShadowModelVariants"])]
    for name in wanted:
        if name not in names:
            raise invalid(f"ShadowModeConfig names variant {name}, which is not among the model variants.")
    if len(set(wanted)) < len(wanted):
        raise invalid("The source variant and the shadow variant must be different model variants.")


def _schedule(given: dict[str, Any], now: float) -> dict[str, float]:
    start = given.get("StartTime", now)
    end = given.get("EndTime", start + USUAL_DAYS * DAY)
    if end <= max(start, now):
        raise invalid("The end time of an inference experiment must be after its start time and in the future.")
    if end - start > MOST_DAYS * DAY:
        raise invalid(f"An inference experiment can run for {MOST_DAYS} days at most.")
    return {"StartTime": start, "EndTime": end}


def _from_created(schedule: dict[str, float], now: float) -> list[Step]:
    wait: Step = {"at": schedule["StartTime"]} if schedule["StartTime"] > now else {"after": 0}
    return [{**wait, "status": "Starting", "effect": "inference-experiment-starts"}, *_from_starting(schedule)]


def _from_starting(schedule: dict[str, float]) -> list[Step]:
    return [{"after": STARTING, "status": "Running"}, *_from_running(schedule)]


def _from_running(schedule: dict[str, float]) -> list[Step]:
    stopping: Step = {"at": schedule["EndTime"], "status": "Stopping", "effect": "inference-experiment-stops"}
    return [stopping, *_from_stopping("Completed")]


def _from_stopping(final: str) -> list[Step]:
    return [{"after": STOPPING, "status": final, "times": ["CompletionTime"]}]


def _from_failed_update(record: Record, status: str, reason: str) -> list[Step]:
    """An experiment is cancelled when one of its operations fails (developer guide, shadow tests)."""
    patch = {"StatusReason": reason}
    if record.status == "Created":
        return [{"after": UPDATING, "status": status, "patch": patch}]
    stopping: Step = {"after": UPDATING, "status": "Stopping", "patch": patch, "effect": "inference-experiment-stops"}
    return [stopping, *_from_stopping(status)]


def describe(request: Request) -> View:
    """Answer ``DescribeInferenceExperiment``."""
    record = request.named("InferenceExperiment", "Name")
    shown = _view(request, record)
    advance_shown(request, record)
    return shown


def _view(request: Request, record: Record) -> View:
    shown = lifecycle.view(request, families.family("InferenceExperiment"), record)
    endpoint = request.resources.get("Endpoint", record.doc["EndpointName"])
    metadata: dict[str, Any] = {"EndpointName": record.doc["EndpointName"]}
    if endpoint:
        metadata["EndpointConfigName"] = endpoint.doc["EndpointConfigName"]
        metadata["EndpointStatus"] = endpoint.status
        metadata["FailureReason"] = endpoint.doc.get("FailureReason")
    shown["EndpointMetadata"] = metadata
    shown["ModelVariants"] = [{**v, "Status": _variant_status(record, v)} for v in record.doc["ModelVariants"]]
    return shown


def _variant_status(record: Record, variant: dict[str, Any]) -> str:
    kept = _action(record, variant["VariantName"]) != "Remove"
    if record.status in {"Stopping", *ENDED} and kept:
        return "InService"
    return VARIANT_STATUS.get(record.status, "Deleted")


def _action(record: Record, variant: str) -> str:
    """What happens to a variant in the end: an experiment that just ends reverts the endpoint."""
    usual = "Retain" if variant == record.doc["ShadowModeConfig"]["SourceModelVariantName"] else "Remove"
    return str(record.doc["Actions"].get(variant, usual))


def update(request: Request) -> View:
    """Answer ``UpdateInferenceExperiment``."""
    record = _in_state(request, "update", "Created", "Running")
    params = {k: v for k, v in request.params.items() if k != "Name"}
    check_references(request)
    if record.status == "Running":
        _check_running_update(record, params)
    if "Schedule" in params:
        schedule = {**record.doc["Schedule"], **params["Schedule"]}
        params["Schedule"] = _schedule(schedule, request.now)
    failure = request.faults.failure(families.family("InferenceExperiment"), record.name, "update")
    if failure:
        record.become("Updating", _from_failed_update(record, *failure), request.now)
        request.resources.save(record)
        return _view(request, record)
    if "ModelVariants" in params:
        # There is one for each variant that changes; the others stay as long as the experiment is about them.
        changed = {v["VariantName"] for v in params["ModelVariants"]}
        wanted = set(_names({**record.doc, **params}["ShadowModeConfig"])) - changed
        kept = [v for v in record.doc["ModelVariants"] if v["VariantName"] in wanted]
        params["ModelVariants"] = [*kept, *params["ModelVariants"]]
    record.doc.update(params)
    _check_variants(record.doc)
    after = _from_created if record.status == "Created" else None
    rest = after(record.doc["Schedule"], request.now) if after else _from_running(record.doc["Schedule"])
    record.become("Updating", [{"after": UPDATING, "status": record.status}, *rest], request.now)
    request.resources.save(record)
    return _view(request, record)


def _check_running_update(record: Record, params: dict[str, Any]) -> None:
    """Running experiments let change their description, their end and the sampling percentage."""
    fixed: list[str] = [
        m for m in ("ModelVariants", "DataStorageConfig") if m in params and params[m] != record.doc.get(m)
    ]
    start = params.get("Schedule", {}).get("StartTime")
    if start is not None and start != record.doc["Schedule"]["StartTime"]:
        fixed.append("Schedule.StartTime")
    if "ShadowModeConfig" in params and _names(params["ShadowModeConfig"]) != _names(record.doc["ShadowModeConfig"]):
        fixed.append("ShadowModeConfig")
    if fixed:
        raise invalid(f"{', '.join(fixed)} cannot be changed while inference experiment {record.name} is Running.")


def _names(config: dict[str, Any]) -> list[str]:
    return [config["SourceModelVariantName"], *(v["ShadowModelVariantName"] for v in config["ShadowModelVariants"])]


def start(request: Request) -> View:
    """Begin a created experiment before its time."""
    record = _in_state(request, "start", "Created")
    record.doc["Schedule"] = {**record.doc["Schedule"], "StartTime": request.now}
    record.become("Starting", _from_starting(record.doc["Schedule"]), request.now)
    request.resources.save(record)
    deploy(request.resources, record, request.now)
    return _view(request, record)


def stop(request: Request) -> View:
    """Answer ``StopInferenceExperiment``."""
    record = _in_state(request, "stop", "Created", "Running")
    params = request.params
    _check_actions(record, params["ModelVariantActions"])
    record.doc["Actions"] = params["ModelVariantActions"]
    if "DesiredModelVariants" in params:
        record.doc["DesiredModelVariants"] = params["DesiredModelVariants"]
    if "Reason" in params:
        record.doc["StatusReason"] = params["Reason"]
    running = record.status == "Running"
    record.become("Stopping", _from_stopping(params.get("DesiredState", "Completed")), request.now)
    request.resources.save(record)
    if running:
        undeploy(request.resources, record, request.now)
    return _view(request, record)


def _check_actions(record: Record, actions: dict[str, str]) -> None:
    names = {v["VariantName"] for v in record.doc["ModelVariants"]}
    for name in actions:
        if name not in names:
            raise invalid(f"Inference experiment {record.name} has no model variant {name}.")
    if not any(actions.get(name) in {"Retain", "Promote"} for name in names):
        raise invalid("At least one model variant must be retained or promoted.")
    if list(actions.values()).count("Promote") > 1:
        raise invalid("Only one model variant can be promoted.")


def delete(request: Request) -> View:
    """Forget the experiment; the endpoint stays as it is."""
    record = _in_state(request, "delete", "Created", *ENDED)
    shown = _view(request, record)
    request.resources.remove(record)
    return shown


def _in_state(request: Request, verb: str, *allowed: str) -> Record:
    record = request.named("InferenceExperiment", "Name")
    if record.status not in allowed:
        message = f"Cannot {verb} inference experiment {record.name} in status {record.status}."
        raise Refusal(CONFLICT, message)
    return record


def deploy(resources: Resources, record: Record, moment: float) -> None:
    """Effect of starting: the shadow variant appears on the endpoint, which is updated for it."""
    endpoint = resources.get("Endpoint", record.doc["EndpointName"])
    if endpoint is None or endpoint.status != "InService":
        reason = f"Endpoint {record.doc['EndpointName']} is not InService."
        record.doc["StatusReason"] = reason
        record.become("Cancelled", [], moment)
        resources.save(record)
        return
    shadow = record.doc["ShadowModeConfig"]["ShadowModelVariants"][0]["ShadowModelVariantName"]
    patch = {"ShadowProductionVariants": [_deployed(record, shadow)]}
    begin_change(resources, endpoint, patch, moment)


def undeploy(resources: Resources, record: Record, moment: float) -> None:
    """Effect of stopping: the variants stay, go or change places as the actions say."""
    endpoint = resources.get("Endpoint", record.doc["EndpointName"])
    if endpoint is None or endpoint.status == "Deleting":
        return
    source, shadow = _names(record.doc["ShadowModeConfig"])[:2]
    production = list(endpoint.doc.get("ProductionVariants", ()))
    wanted = {v["VariantName"] for v in record.doc.get("DesiredModelVariants", ())}
    if source in wanted:
        production = [_deployed(record, source)]
    if _action(record, shadow) == "Promote":
        production = [_deployed(record, shadow)] + (production if _action(record, source) == "Retain" else [])
    shadows = [_deployed(record, shadow)] if _action(record, shadow) == "Retain" else []
    begin_change(resources, endpoint, {"ProductionVariants": production, "ShadowProductionVariants": shadows}, moment)


def _deployed(record: Record, name: str) -> dict[str, Any]:
    """A variant as the endpoint shows it, with the infrastructure wanted for it."""
    variants = [*record.doc["ModelVariants"], *record.doc.get("DesiredModelVariants", ())]
    variant = [v for v in variants if v["VariantName"] == name][-1]
    count = variant["InfrastructureConfig"]["RealTimeInferenceConfig"]["InstanceCount"]
    counts = {"CurrentInstanceCount": count, "DesiredInstanceCount": count}
    return {"VariantName": name, "CurrentWeight": 1.0, "DesiredWeight": 1.0, **counts}
