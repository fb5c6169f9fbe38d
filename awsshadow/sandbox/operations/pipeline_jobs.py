"""What the steps of pipelines make: jobs, models and versions of models, with the names that the service gives them."""

from __future__ import annotations

from typing import NamedTuple

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.engine.request import random_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from awsshadow.sandbox.state.records import Record
    from awsshadow.sandbox.state.resources import Resources

    #: Answers a request that the pipeline makes: resources, operation, parameters. Raises Refusal.
    Submit = Callable[[Resources, str, dict[str, Any]], dict[str, Any]]
    Step = dict[str, Any]


class Job(NamedTuple):
    """``create`` is the operation that makes it, ``family`` what is made, ``member`` where its ARN is shown."""

    create: str
    family: str
    member: str


#: Type of a step -> what it makes.
JOBS = {
    "Training": Job("CreateTrainingJob", "TrainingJob", "TrainingJob"),
    "Processing": Job("CreateProcessingJob", "ProcessingJob", "ProcessingJob"),
    "Transform": Job("CreateTransformJob", "TransformJob", "TransformJob"),
    "Tuning": Job("CreateHyperParameterTuningJob", "HyperParameterTuningJob", "TuningJob"),
    "AutoML": Job("CreateAutoMLJob", "AutoMLJob", "AutoMLJob"),
    "Model": Job("CreateModel", "Model", "Model"),
    "RegisterModel": Job("CreateModelPackage", "ModelPackage", "RegisterModel"),
    "QualityCheck": Job("CreateProcessingJob", "ProcessingJob", "QualityCheck"),
    "ClarifyCheck": Job("CreateProcessingJob", "ProcessingJob", "ClarifyCheck"),
    "EndpointConfig": Job("CreateEndpointConfig", "EndpointConfig", "EndpointConfig"),
    "Endpoint": Job("CreateEndpoint", "Endpoint", "Endpoint"),
    "InferenceComponent": Job("CreateInferenceComponent", "InferenceComponent", "InferenceComponent"),
}
_PREFIX = "pipelines-"
#: Most characters of a step's name in that of its job: names in public reports are cut here
#: (processing-job/pipelines-7qjz5e7zwzvd-fashionmnist-2021-06-93egbiyqvl).
_STEP_NAME = 20
#: Names of these have at most 32 characters; that of a tuning job is <execution>-hptuning-<suffix> in public reports.
_SHORT, _SHORT_STEP_NAME = frozenset({"HyperParameterTuningJob", "AutoMLJob"}), 8
#: What the tags begin with that the service puts on what pipelines make.
_TAG = "sagemaker:pipeline-"
#: Members of a check step that its metadata repeats.
CHECK = ("CheckType", "ModelPackageGroupName", "SkipCheck", "RegisterNewBaseline")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def create_job(
    resources: Resources,
    execution: Record,
    step: Step,
    name: str,
    told: dict[str, Any],
    about: dict[str, Any],
    submit: Submit,
) -> Record:
    """Make what a step names with its resolved arguments ``told``, and note it in the step. Raises Refusal.

    ``name`` is the name that ``job_name`` made for it, ``about`` are the members of ``CHECK`` that the step has.
    """
    job = JOBS[step["Type"]]
    family = families.family(job.family)
    create = job.create
    params = dict(told)
    if job.family == "ModelPackage":
        _ensure_group(resources, params, submit)
    else:
        params[family.name] = _named(name, family.store, params.get(family.name))
    if job.family == "AutoMLJob" and "AutoMLJobInputDataConfig" in params:
        create = "CreateAutoMLJobV2"
    made = submit(resources, create, params)
    record = resources.get(family.store, made[family.arn or ""])
    assert record
    record.doc["PipelineExecutionArn"] = execution.arn
    if record.plan:
        record.plan[-1]["effect"] = "pipeline-job-ends"
    resources.save(record)
    marks = {"execution-arn": execution.arn, "step-name": step["StepName"]}
    tags = [{"Key": f"{_TAG}{name}", "Value": str(value)} for name, value in marks.items()]
    resources.put_tags(record.arn or "", tags)
    step["Job"] = {"Family": family.title, "Arn": record.arn}
    step["Metadata"] = {job.member: _metadata(step["Type"], record, about)}
    return record


def _ensure_group(resources: Resources, params: dict[str, Any], submit: Submit) -> None:
    """A RegisterModel step makes the group it names, as the service's own examples rely on."""
    name = params.get("ModelPackageGroupName")
    if isinstance(name, str) and resources.get("ModelPackageGroup", name) is None:
        submit(resources, "CreateModelPackageGroup", {"ModelPackageGroupName": name})


def _metadata(kind: str, record: Record, about: dict[str, Any]) -> dict[str, Any]:
    if kind not in {"QualityCheck", "ClarifyCheck"}:
        return {"Arn": record.arn}
    shown = dict(about)
    uri = _first_output(record.doc)
    if uri:
        # The names of the files are those that Model Monitor and Clarify write.
        results = ("Constraints", "Statistics") if kind == "QualityCheck" else ("Constraints",)
        files = {"Constraints": "constraints.json" if kind == "QualityCheck" else "analysis.json"}
        files["Statistics"] = "statistics.json"
        shown |= {f"CalculatedBaseline{result}": f"{uri}/{files[result]}" for result in results}
    return {**shown, "CheckJobArn": record.arn}


def _first_output(doc: dict[str, Any]) -> str:
    outputs = doc.get("ProcessingOutputConfig", {}).get("Outputs") or [{}]
    return str(outputs[0].get("S3Output", {}).get("S3Uri", "")).rstrip("/")


def job_name(execution: Record, step: Step) -> str:
    """A new name for what a step makes, in the service's own form."""
    id = (execution.arn or "").rpartition("/")[2]
    suffix = "".join(_LETTERS[byte % len(_LETTERS)] for byte in bytes.fromhex(random_text("@20")))
    if JOBS[step["Type"]].family in _SHORT:
        return f"{id}-{_part(step['StepName'], _SHORT_STEP_NAME)}-{suffix}"
    return f"{_PREFIX}{id}-{_part(step['StepName'], _STEP_NAME)}-{suffix}"


def _named(name: str, family: str, given: Any) -> str:
    """The name when the arguments give one: a model's or an endpoint's is its users' to say, a job's is a prefix."""
    if not isinstance(given, str) or not given or family in _SHORT:
        return name
    id, _, rest = name.removeprefix(_PREFIX).partition("-")
    return f"{given[:39]}-{id}-{rest.rpartition('-')[2]}" if family.endswith("Job") else given


def _part(name: str, most: int) -> str:
    """A step's name as a part of another, in which only single letters, digits and hyphens may stand."""
    return name.replace("_", "-")[:most].strip("-") or "step"


def kept_job(resources: Resources, step: Step) -> Record | None:
    """What a step has made, None when it made nothing or that is gone."""
    job = step.get("Job")
    return resources.get(families.family(job["Family"]).store, job["Arn"]) if job else None


def outcome(job: Record) -> tuple[str, str]:
    """``succeeded`` or ``failed``, and the reason of a failure."""
    states = next(f.states for f in families.table().values() if f.store == f.title == job.family)
    if job.status in {states["stable"], states.get("updated")}:
        return "succeeded", ""
    reason = job.doc.get("FailureReason") or f"The job {job.name} ended in the status {job.status}."
    return "failed", str(reason)


def stop_job(resources: Resources, step: Step, submit: Submit) -> bool:
    """Stop what a step waits for; False when there is nothing to stop."""
    job = kept_job(resources, step)
    if job is None or not job.plan:
        return False
    family = families.family(step["Job"]["Family"])
    operation = next((o for o, role in family.operations.items() if role == "stop"), None)
    if operation is None:
        return False
    try:
        submit(resources, operation, {family.id[0]: job.name})
    except Refusal:
        return False
    return True


def properties(resources: Resources, step: Step, job: Record | None, submit: Submit) -> dict[str, Any]:
    """What other steps can refer to: the description of the job, or what a Callback was answered."""
    metadata: dict[str, Any] = next(iter((step.get("Metadata") or {}).values()), {})
    if job is None:
        return dict(metadata)
    family = families.family(step["Job"]["Family"])
    key = job.arn if family.title == "ModelPackage" else job.name
    describe = "DescribeAutoMLJobV2" if "AutoMLJobInputDataConfig" in job.doc else _describe(family.operations)
    known = {**metadata, **submit(resources, describe, {family.id[0]: key})}
    if family.title == "HyperParameterTuningJob":
        asked = {"HyperParameterTuningJobName": key, "SortBy": "FinalObjectiveMetricValue", "MaxResults": 50}
        objective = known["HyperParameterTuningJobConfig"].get("HyperParameterTuningJobObjective", {})
        asked["SortOrder"] = "Ascending" if objective.get("Type") == "Minimize" else "Descending"
        known |= submit(resources, "ListTrainingJobsForHyperParameterTuningJob", asked)
    elif family.title == "AutoMLJob":
        best = known.get("BestCandidate", {}).get("CandidateProperties", {}).get("CandidateArtifactLocations", {})
        # The names that the steps of the Python SDK have for the reports of the best candidate.
        known["BestCandidateProperties"] = {
            "ModelInsightsJsonReportPath": f"{best.get('ModelInsights')}/statistics.json",
            "ExplainabilityJsonReportPath": f"{best.get('Explainability')}/analysis.json",
        }
    return known


def _describe(operations: dict[str, str]) -> str:
    return next(operation for operation, role in operations.items() if role == "describe")
