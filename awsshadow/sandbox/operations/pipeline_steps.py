"""The steps of an execution of a pipeline, one after the other: what each begins, waits for and comes to.

A step that names a job creates it, by the request that a client would send, and ends when the job ends. A Callback
waits for its token, a Condition takes a branch, a Fail step fails; steps of services that are not here take a while.
Where independent steps run side by side in the service they follow each other here, in the order of the definition.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from awsshadow.sandbox.contract import pipeline_definitions
from awsshadow.sandbox.contract.pipeline_definitions import UnresolvedError, Values, arguments
from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.engine.request import random_text
from awsshadow.sandbox.operations.pipeline_jobs import (
    CHECK,
    JOBS,
    create_job,
    job_name,
    kept_job,
    outcome,
    properties,
    stop_job,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.operations.pipeline_jobs import Submit
    from awsshadow.sandbox.state.records import Record
    from awsshadow.sandbox.state.resources import Resources

    Step = dict[str, Any]

#: Seconds a step takes that waits for no job; invented.
SECONDS = 30
#: Statuses in which a step is under way.
RUNNING = ("Executing", "Stopping")


def shown(step: Step) -> Step:
    """A step of the definition as an execution keeps it until it begins."""
    kept = {"StepName": str(step.get("Name", "")), "Type": step.get("Type", ""), "StepStatus": None, "AttemptCount": 1}
    for member, name in (("StepDisplayName", "DisplayName"), ("StepDescription", "Description")):
        if name in step:
            kept[member] = step[name]
    return kept


def begin_next(resources: Resources, record: Record, moment: float, submit: Submit) -> None:
    """Effect: set the next step going that can be; without one the execution has succeeded."""
    kept = record.doc["Steps"]
    done = {step["StepName"] for step in kept if step["StepStatus"] == "Succeeded"}
    said = _said(record)
    waiting = [step for step in kept if step["StepStatus"] is None]
    step = next((s for s in waiting if pipeline_definitions.needs(said.get(s["StepName"], {})) <= done), None)
    if step is None:
        record.become("Succeeded", [], moment)
        resources.save(record)
        return
    step.update(StepStatus="Executing", StartTime=moment)
    # Steps that have begun stand in that order, before all others.
    kept.remove(step)
    kept.insert(sum(other["StepStatus"] is not None for other in kept), step)
    try:
        _begin(resources, record, step, said.get(step["StepName"], {}), moment, submit)
    except UnresolvedError as error:
        fail(resources, record, step, f"ClientError: {error}.", moment)


def _begin(resources: Resources, record: Record, step: Step, said: Step, moment: float, submit: Submit) -> None:
    """Do what the beginning of a step does, and plan its end."""
    plan: list[Any] = [{"after": SECONDS, "effect": "pipeline-step-ends"}]
    values = _values(resources, record, moment, submit)
    if step["Type"] == "Callback":
        queue = values.resolve(said.get("SqsQueueUrl"))
        step["Metadata"] = {"Callback": {"CallbackToken": random_text("@10"), "SqsQueueUrl": queue}}
        plan = []
    elif step["Type"] == "Lambda":
        step["Metadata"] = {"Lambda": {"Arn": values.resolve(said.get("FunctionArn"))}}
    elif step["Type"] in JOBS and "Arguments" in said:
        name = job_name(record, step)
        # A job's arguments may hold its own name.
        values.variables.update(dict.fromkeys(("TrainingJobName", "ProcessingJobName"), name))
        about = values.resolve({member: said[member] for member in CHECK if member in said})
        told = values.resolve(arguments(said))
        try:
            job = create_job(resources.as_of(moment), record, step, name, told, about, submit)
        except Refusal as refusal:
            # Public reports quote this sentence (aws/sagemaker-python-sdk and others).
            reason = f"ClientError: Failed to invoke sagemaker:{JOBS[step['Type']].create}. "
            fail(resources, record, step, f"{reason}Error Details: {refusal.message}", moment)
            return
        plan = [] if job.plan else plan
    record.become(None, plan, moment)
    resources.save(record)


def end_step(resources: Resources, record: Record, moment: float, submit: Submit) -> None:
    """Effect of the time being up of a step that waits for no job."""
    step = running(record)
    if step is None:
        return
    said = _said(record).get(step["StepName"], {})
    try:
        if step["Type"] == "Condition":
            _branch(record, step, said, _values(resources, record, moment, submit))
        elif step["Type"] == "Fail":
            message = _fail_message(said, _values(resources, record, moment, submit))
            step["Metadata"] = {"Fail": {"ErrorMessage": message}}
            fail(resources, record, step, message, moment)
            return
    except UnresolvedError as error:
        fail(resources, record, step, f"ClientError: {error}.", moment)
        return
    _succeed(resources, record, step, moment, submit)


def _fail_message(said: Step, values: Values) -> str:
    told = values.resolve(arguments(said).get("ErrorMessage"))
    return str(told)[:1024] if told else "The Fail step of the pipeline was reached."


def _branch(record: Record, step: Step, said: Step, values: Values) -> None:
    """Take a branch: all conditions have to hold. A step that states none takes neither."""
    told = arguments(said)
    conditions = told.get("Conditions")
    if not isinstance(conditions, list):
        return
    holds = all(values.holds(condition) for condition in conditions)
    step["Metadata"] = {"Condition": {"Outcome": str(holds)}}
    taken = pipeline_definitions.branch(told, pipeline_definitions.BRANCHES[not holds])
    known = {kept["StepName"] for kept in record.doc["Steps"]}
    record.doc["Steps"] += [shown(inner) for inner in taken if str(inner.get("Name", "")) not in known]


def job_ended(resources: Resources, job: Record, moment: float, submit: Submit) -> None:
    """Effect of a job's end on the step that made it."""
    record = resources.get("PipelineExecution", job.doc.get("PipelineExecutionArn") or "")
    step = running(record) if record else None
    if record is None or step is None or step.get("Job", {}).get("Arn") != job.arn:
        return
    how, reason = outcome(job)
    if record.status == "Stopping":
        step.update(StepStatus="Stopped", EndTime=moment)
        record.become("Stopped", [], moment)
        resources.save(record)
    elif how == "succeeded":
        _succeed(resources, record, step, moment, submit)
    else:
        fail(resources, record, step, reason, moment)


def _succeed(resources: Resources, record: Record, step: Step, moment: float, submit: Submit) -> None:
    """End a step well and begin the next, unless the execution was told to fail."""
    failure = record.doc.get("Failure")
    if failure:
        record.doc["Failure"] = None
        fail(resources, record, step, failure[1], moment)
        return
    step.update(StepStatus="Succeeded", EndTime=moment)
    begin_next(resources, record, moment, submit)


def fail(resources: Resources, record: Record, step: Step, reason: str, moment: float) -> None:
    """End a step and its execution badly."""
    reason = reason[:1024]
    step.update(StepStatus="Failed", EndTime=moment, FailureReason=reason)
    record.doc["FailureReason"] = record.doc["PipelineExecutionFailureReason"] = reason
    record.become("Failed", [], moment)
    resources.save(record)


def stop_step(resources: Resources, record: Record, moment: float, submit: Submit) -> None:
    """Effect of stopping an execution: its job is stopped, and both have stopped when that has."""
    step = running(record)
    if step and stop_job(resources.as_of(moment), step, submit):
        step["StepStatus"] = "Stopping"
        record.become(None, [], moment)
    else:
        if step:
            step.update(StepStatus="Stopped", EndTime=moment)
        record.become(None, [{"after": SECONDS, "status": "Stopped"}], moment)
    resources.save(record)


def running(record: Record) -> Step | None:
    """The step that is under way."""
    return next((step for step in record.doc["Steps"] if step["StepStatus"] in RUNNING), None)


def _said(record: Record) -> dict[str, Step]:
    """What the definition says of each step, by name."""
    definition = json.loads(record.doc["PipelineDefinition"])
    return {str(step.get("Name", "")): step for step in pipeline_definitions.all_steps(definition)}


def _values(resources: Resources, record: Record, moment: float, submit: Submit) -> Values:
    """What the references of an execution lead to at a moment."""
    definition = json.loads(record.doc["PipelineDefinition"])
    kinds = {p.get("Name"): str(p.get("Type")) for p in pipeline_definitions.parameters(definition)}
    parameters = {
        p["Name"]: pipeline_definitions.typed(p["Value"], kinds.get(p["Name"], "String"))
        for p in record.doc["PipelineParameters"]
    }
    variables = {
        "PipelineName": record.doc["PipelineName"],
        "PipelineArn": record.doc["PipelineArn"],
        "PipelineExecutionId": (record.arn or "").rpartition("/")[2],
        "PipelineExecutionArn": record.arn,
        "StartDateTime": _date(record.created),
        "CurrentDateTime": _date(moment),
    }

    def of_step(name: str, member: str) -> Any:
        step = next((s for s in record.doc["Steps"] if s["StepName"] == name and s["StepStatus"]), None)
        if step is None:
            raise UnresolvedError(f"step {name} did not run")
        try:
            return properties(resources.as_of(moment), step, kept_job(resources, step), submit).get(member)
        except Refusal as refusal:
            raise UnresolvedError(f"step {name} cannot be described: {refusal.message}") from refusal

    return Values(parameters, variables, of_step)


def _date(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
