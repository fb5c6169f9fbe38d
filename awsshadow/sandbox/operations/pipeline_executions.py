"""Executions of pipelines: started, stopped, tried again, shown. How their steps go is in ``pipeline_steps``."""

from __future__ import annotations

import json

from awsshadow.model import families
from awsshadow.sandbox.contract import pipeline_definitions
from awsshadow.sandbox.contract.service_errors import CONFLICT, NOT_FOUND, Refusal, invalid
from awsshadow.sandbox.engine import lifecycle, listing
from awsshadow.sandbox.engine.request import random_text
from awsshadow.sandbox.engine.transitions import advance_shown
from awsshadow.sandbox.operations import pipeline_steps
from awsshadow.sandbox.operations.pipeline_jobs import kept_job
from awsshadow.sandbox.operations.pipelines import version_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.plans import Step
    from awsshadow.sandbox.state.records import Record


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
        "Steps": [pipeline_steps.shown(step) for step in pipeline_definitions.branch(definition, "Steps")],
        "Failure": request.faults.failure(family, pipeline.name),
        "StartTime": request.now,
    }
    arn = request.arn("pipeline", f"{pipeline.name}/execution/{random_text('@12')}")
    doc["PipelineExecutionArn"] = arn
    record = lifecycle.make(request, family, doc, arn=arn, key=arn, status="Executing", plan=_going_on(request))
    version.doc["LastExecutionPipelineExecutionArn"] = arn
    request.resources.save(version)
    pipeline.doc.update(LastRunTime=request.now, LastExecutionTime=request.now)
    request.resources.save(pipeline)
    return lifecycle.view(request, family, record)


def _going_on(request: Request) -> list[Step]:
    """The plan of an execution whose next step is to begin now."""
    return [{"at": request.now, "effect": "pipeline-step-begins"}]


def describe(request: Request) -> View:
    """Answer ``DescribePipelineExecution``; under the step clock the job that is waited for then moves on."""
    record = _execution(request)
    shown = lifecycle.view(request, families.family("PipelineExecution"), record)
    step = pipeline_steps.running(record)
    job = kept_job(request.resources, step) if step and not record.plan else None
    advance_shown(request, job or record)
    return shown


def _parameters(definition: dict[str, Any], given: list[dict[str, str]]) -> list[dict[str, str]]:
    known = pipeline_definitions.parameters(definition)
    values = {p["Name"]: p["Value"] for p in given}
    for name in values:
        if name not in {p.get("Name") for p in known}:
            raise invalid(f"Assigned parameter {name} is not defined in the pipeline.")
    merged = [{"Name": p["Name"], "Value": values.get(p["Name"], p.get("DefaultValue"))} for p in known]
    for parameter in merged:
        if parameter["Value"] is None:
            raise invalid(f"Parameter {parameter['Name']} has no default value and was not given one.")
    return [{"Name": p["Name"], "Value": str(p["Value"])} for p in merged]


def stop(request: Request) -> View:
    """Answer ``StopPipelineExecution``."""
    record = _execution(request)
    if record.status != "Executing":
        raise Refusal(CONFLICT, f"Pipeline execution {record.arn} is in status {record.status} and cannot be stopped.")
    record.become("Stopping", [{"at": request.now, "effect": "pipeline-stops"}], request.now)
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
            for member in ("StartTime", "EndTime", "FailureReason", "Job", "Metadata"):
                step.pop(member, None)
    for member in ("FailureReason", "PipelineExecutionFailureReason"):
        record.doc.pop(member, None)
    record.become("Executing", _going_on(request), request.now)
    request.resources.save(record)
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
    record.become(None, _going_on(request), request.now)
    request.resources.save(record)
    return record.doc


def fail(request: Request) -> View:
    """Answer ``SendPipelineExecutionStepFailure``."""
    record, step = _waiting(request)
    reason = request.params.get("FailureReason", "The callback reported a failure.")
    pipeline_steps.fail(request.resources, record, step, reason, request.now)
    return record.doc


def _waiting(request: Request) -> tuple[Record, dict[str, Any]]:
    token = request.params["CallbackToken"]
    for record in request.resources.find("PipelineExecution", status="Executing"):
        for step in record.doc["Steps"]:
            waits = step["StepStatus"] == "Executing" and step["Type"] == "Callback"
            if waits and step["Metadata"]["Callback"]["CallbackToken"] == token:
                return record, step
    raise Refusal(NOT_FOUND, f"No pipeline execution step waits for callback token {token}.")
