"""Executions of pipelines, which go through the steps of the definition.

Steps run one after the other in the order of the definition; none runs anything. A Callback step
waits for its token to be sent back, a Fail step fails the execution, a Condition takes neither
branch.
"""

from __future__ import annotations

import json

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import CONFLICT, NOT_FOUND, Refusal, invalid
from awsshadow.sandbox.engine import lifecycle, listing
from awsshadow.sandbox.engine.request import random_text
from awsshadow.sandbox.operations.pipelines import version_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.records import Record
    from awsshadow.sandbox.state.resources import Resources

#: Seconds a step takes; invented.
STEP = 30
#: Step type -> (member of the step's metadata, type in the ARN it names); others show no metadata.
_MADE = {
    "Training": ("TrainingJob", "training-job"),
    "Processing": ("ProcessingJob", "processing-job"),
    "Transform": ("TransformJob", "transform-job"),
    "Tuning": ("TuningJob", "hyper-parameter-tuning-job"),
    "Model": ("Model", "model"),
    "RegisterModel": ("RegisterModel", "model-package"),
    "AutoML": ("AutoMLJob", "automl-job"),
}


def start(request: Request) -> View:
    """Answer ``StartPipelineExecution``."""
    pipeline = request.named("Pipeline", "PipelineName")
    params = request.params
    version = version_of(request, pipeline, params.get("PipelineVersionId"), params.get("PipelineVersionAlias"))
    definition = json.loads(version.doc["PipelineDefinition"])
    family = families.family("PipelineExecution")
    doc = {
        "RoleArn": pipeline.doc.get("RoleArn"),
        "PipelineExecutionDisplayName": "execution-" + str(int(request.now * 1000)),
        **params,
        "PipelineArn": pipeline.arn,
        "PipelineName": pipeline.name,
        "PipelineVersionId": version.doc["PipelineVersionId"],
        "PipelineDefinition": version.doc["PipelineDefinition"],
        "PipelineParameters": _parameters(definition, params.get("PipelineParameters", [])),
        "Steps": [_step(request, step) for step in definition.get("Steps", []) if isinstance(step, dict)],
        "Failure": request.faults.failure(family, pipeline.name),
        "StartTime": request.now,
    }
    arn = request.arn("pipeline", f"{pipeline.name}/execution/{random_text('@12')}")
    doc["PipelineExecutionArn"] = arn
    record = lifecycle.make(request, family, doc, arn=arn, key=arn, status="Executing", plan=[])
    version.doc["LastExecutionPipelineExecutionArn"] = arn
    request.resources.save(version)
    pipeline.doc.update(LastRunTime=request.now, LastExecutionTime=request.now)
    request.resources.save(pipeline)
    _begin_next(request.resources, record, request.now)
    return lifecycle.view(request, family, record)


def _parameters(definition: dict[str, Any], given: list[dict[str, str]]) -> list[dict[str, str]]:
    known = [p for p in definition.get("Parameters", []) if isinstance(p, dict)]
    values = {p["Name"]: p["Value"] for p in given}
    for name in values:
        if name not in {p.get("Name") for p in known}:
            raise invalid(f"Assigned parameter {name} is not defined in the pipeline.")
    merged = [{"Name": p["Name"], "Value": values.get(p["Name"], p.get("DefaultValue"))} for p in known]
    for parameter in merged:
        if parameter["Value"] is None:
            raise invalid(f"Parameter {parameter['Name']} has no default value and was not given one.")
    return [{"Name": p["Name"], "Value": str(p["Value"])} for p in merged]


def _step(request: Request, step: dict[str, Any]) -> dict[str, Any]:
    kind = step.get("Type", "")
    made = {"StepName": step.get("Name", ""), "Type": kind, "StepStatus": None, "AttemptCount": 1}
    for member, name in (("StepDisplayName", "DisplayName"), ("StepDescription", "Description")):
        if name in step:
            made[member] = step[name]
    if kind in _MADE:
        member, type = _MADE[kind]
        arn = request.arn(type, f"pipelines-{random_text('@12')}-{step.get('Name', '')}")
        made["Metadata"] = {member: {"Arn": arn}}
    return made


def _begin_next(resources: Resources, record: Record, moment: float) -> None:
    """Set the next waiting step going; without one the execution has succeeded."""
    step = next((s for s in record.doc["Steps"] if s["StepStatus"] is None), None)
    if step is None:
        record.become("Succeeded", [], moment)
    else:
        step.update(StepStatus="Executing", StartTime=moment)
        if step["Type"] == "Callback":
            step["Metadata"] = {"Callback": {"CallbackToken": random_text("@10")}}
            record.become(None, [], moment)
        else:
            record.become(None, [{"after": STEP, "effect": "pipeline-step-ends"}], moment)
    resources.save(record)


def advance(resources: Resources, record: Record, moment: float) -> None:
    """Effect of a step's time being up."""
    step = next(s for s in record.doc["Steps"] if s["StepStatus"] == "Executing")
    failure = record.doc.get("Failure")
    if failure:
        record.doc["Failure"] = None
        _fail(resources, record, step, failure[1], moment)
    elif step["Type"] == "Fail":
        _fail(resources, record, step, "The Fail step of the pipeline was reached.", moment)
    else:
        step.update(StepStatus="Succeeded", EndTime=moment)
        _begin_next(resources, record, moment)


def _fail(resources: Resources, record: Record, step: dict[str, Any], reason: str, moment: float) -> None:
    step.update(StepStatus="Failed", EndTime=moment, FailureReason=reason)
    record.doc["FailureReason"] = record.doc["PipelineExecutionFailureReason"] = reason
    record.become("Failed", [], moment)
    resources.save(record)


def stop(request: Request) -> View:
    """Answer ``StopPipelineExecution``."""
    record = _execution(request)
    if record.status != "Executing":
        raise Refusal(CONFLICT, f"Pipeline execution {record.arn} is in status {record.status} and cannot be stopped.")
    for step in record.doc["Steps"]:
        if step["StepStatus"] == "Executing":
            step.update(StepStatus="Stopped", EndTime=request.now)
    record.become("Stopping", [{"after": STEP, "status": "Stopped"}], request.now)
    request.resources.save(record)
    return record.doc


def retry(request: Request) -> View:
    """Go on from the step that failed or was stopped."""
    record = _execution(request)
    if record.status not in {"Failed", "Stopped"}:
        raise Refusal(CONFLICT, f"Pipeline execution {record.arn} is in status {record.status} and cannot be retried.")
    for step in record.doc["Steps"]:
        if step["StepStatus"] in {"Failed", "Stopped"}:
            step.update(StepStatus=None, AttemptCount=step["AttemptCount"] + 1)
            for member in ("StartTime", "EndTime", "FailureReason"):
                step.pop(member, None)
    for member in ("FailureReason", "PipelineExecutionFailureReason"):
        record.doc.pop(member, None)
    record.become("Executing", [], request.now)
    _begin_next(request.resources, record, request.now)
    return record.doc


def _execution(request: Request) -> Record:
    return request.named("PipelineExecution", "PipelineExecutionArn")


def steps(request: Request) -> View:
    """Answer ``ListPipelineExecutionSteps``."""
    if not request.params.get("PipelineExecutionArn"):
        raise invalid("PipelineExecutionArn must be given.")
    begun = [step for step in _execution(request).doc["Steps"] if step["StepStatus"]]
    return listing.answer(request, "PipelineExecutionSteps", begun, sort=listing.BY_AGE)


def parameters(request: Request) -> View:
    """Answer ``ListPipelineParametersForExecution``."""
    return listing.answer(request, "PipelineParameters", _execution(request).doc["PipelineParameters"])


def definition(request: Request) -> View:
    """Answer ``DescribePipelineDefinitionForExecution``."""
    record = _execution(request)
    return {"PipelineDefinition": record.doc["PipelineDefinition"], "CreationTime": record.created}


def list_executions(request: Request) -> View:
    """Answer ``ListPipelineExecutions``."""
    pipeline = request.named("Pipeline", "PipelineName")
    return lifecycle.list_all(request.with_params(PipelineName=pipeline.name))


def succeed(request: Request) -> View:
    """Answer ``SendPipelineExecutionStepSuccess``."""
    record, step = _waiting(request)
    outputs = request.params.get("OutputParameters", [])
    step["Metadata"]["Callback"]["OutputParameters"] = outputs
    step.update(StepStatus="Succeeded", EndTime=request.now)
    _begin_next(request.resources, record, request.now)
    return record.doc


def fail(request: Request) -> View:
    """Answer ``SendPipelineExecutionStepFailure``."""
    record, step = _waiting(request)
    reason = request.params.get("FailureReason", "The callback reported a failure.")
    _fail(request.resources, record, step, reason, request.now)
    return record.doc


def _waiting(request: Request) -> tuple[Record, dict[str, Any]]:
    token = request.params["CallbackToken"]
    for record in request.resources.find("PipelineExecution", status="Executing"):
        for step in record.doc["Steps"]:
            waits = step["StepStatus"] == "Executing" and step["Type"] == "Callback"
            if waits and step["Metadata"]["Callback"]["CallbackToken"] == token:
                return record, step
    raise Refusal(NOT_FOUND, f"No pipeline execution step waits for callback token {token}.")
