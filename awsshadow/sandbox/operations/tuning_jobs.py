"""Hyperparameter tuning jobs and the training jobs they launch.

A tuning job goes through rounds, each with as many training jobs as may run at a time. Their hyperparameters lie in
the ranges that were given, and so does nothing else of them: nothing is trained, so the objective is a drawn value.
"""

from __future__ import annotations

from math import ceil, prod

from awsshadow.model import families
from awsshadow.sandbox.contract import drawn_values
from awsshadow.sandbox.contract.service_errors import invalid
from awsshadow.sandbox.engine import lifecycle, listing
from awsshadow.sandbox.engine.durations import seconds
from awsshadow.sandbox.engine.fault_injection import Faults, kept_faults
from awsshadow.sandbox.engine.request import random_text
from awsshadow.sandbox.engine.transitions import advance_shown, apply
from awsshadow.sandbox.state.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.conditions import Condition
    from awsshadow.sandbox.state.plans import Step
    from awsshadow.sandbox.state.resources import Resources

#: Status of a training job -> the counter it is in.
_COUNTERS = {
    "Completed": "Completed",
    "InProgress": "InProgress",
    "Stopping": "InProgress",
    "Failed": "NonRetryableError",
    "Stopped": "Stopped",
}
_COUNTED = ("Completed", "InProgress", "RetryableError", "NonRetryableError", "Stopped")
#: Members of a definition that its training jobs have as they are.
_TAKEN_OVER = (
    "AlgorithmSpecification", "RoleArn", "InputDataConfig", "VpcConfig", "OutputDataConfig", "ResourceConfig",
    "StoppingCondition", "EnableNetworkIsolation", "EnableInterContainerTrafficEncryption",
    "EnableManagedSpotTraining", "CheckpointConfig", "RetryStrategy", "Environment",
)  # fmt: skip
_RANGES = ("IntegerParameterRanges", "ContinuousParameterRanges")
_SORT = {
    "Name": "TrainingJobName",
    "CreationTime": "CreationTime",
    "Status": "TrainingJobStatus",
    "FinalObjectiveMetricValue": "_objective",
}


def create(request: Request) -> View:
    """Answer ``CreateHyperParameterTuningJob``: the first round begins at once."""
    family = families.family("HyperParameterTuningJob")
    params = dict(request.params)
    for definition in _definitions(params):
        _check_ranges(_ranges(params, definition))
    # Training jobs outlive their tuning job, whose name can be used again.
    params["Series"] = random_text("%")
    status, plan = lifecycle.beginning(request, family, params["HyperParameterTuningJobName"], params)
    rounds = ceil(_count(params) / _parallel(params))
    work: list[Step] = [{"after": seconds(family) / rounds, "effect": "tuning-round-ends"} for _ in range(rounds)]
    record = lifecycle.make(request, family, params, status=status, plan=[*work, {**plan[-1], "after": 0}])
    _launch(request.resources, record, request.now)
    return lifecycle.view(request, family, record)


def _definitions(doc: dict[str, Any]) -> list[dict[str, Any]]:
    alone = doc.get("TrainingJobDefinition")
    return [alone] if alone else list(doc.get("TrainingJobDefinitions") or ())


def _ranges(doc: dict[str, Any], definition: dict[str, Any]) -> dict[str, Any]:
    found = definition.get("HyperParameterRanges") or doc["HyperParameterTuningJobConfig"].get("ParameterRanges")
    return found or {}


def _check_ranges(ranges: dict[str, Any]) -> None:
    """Raise Refusal for a range that holds no value; the sentence is invented."""
    for each in (each for kind in _RANGES for each in ranges.get(kind) or ()):
        limits = drawn_values.limits(each)
        if limits and limits[0] > limits[1]:
            raise invalid(f"The range of hyperparameter {each['Name']} has a MinValue above its MaxValue.")


def _parallel(doc: dict[str, Any]) -> int:
    return int(max(1, doc["HyperParameterTuningJobConfig"]["ResourceLimits"]["MaxParallelTrainingJobs"]))


def _count(doc: dict[str, Any]) -> int:
    """How many training jobs there will be: as many as may, of a grid each combination; else one round."""
    if not _definitions(doc):
        return 1
    config = doc["HyperParameterTuningJobConfig"]
    most = config["ResourceLimits"].get("MaxNumberOfTrainingJobs")
    if config["Strategy"] == "Grid":
        categories = _ranges(doc, _definitions(doc)[0]).get("CategoricalParameterRanges") or ()
        combinations = prod(len(each["Values"]) for each in categories)
        return max(1, min(combinations, most or combinations))
    return max(1, most or _parallel(doc))


def _launch(resources: Resources, record: Record, moment: float) -> None:
    """Begin the training jobs of a round."""
    definitions = _definitions(record.doc)
    launched = record.doc.get("Launched", 0)
    if not definitions:
        return
    number = min(_parallel(record.doc), _count(record.doc) - launched)
    after = record.plan[0]["after"]
    faults = Faults(kept_faults(resources.connection))
    family = families.family("TrainingJob")
    for place in range(launched, launched + number):
        name = f"{record.name}-{place + 1:03}-{random_text('@8')}"
        doc = _training_job(record, definitions[place % len(definitions)], place, name)
        failure = faults.failure(family, name)
        ending = lifecycle.ending(family, *(failure or (family.states["stable"],)))
        arn = (record.arn or "").rpartition(":")[0] + f":{family.type}/{name.lower()}"
        resources.insert(
            Record(
                family.store, name, doc, now=moment, name=name, arn=arn, parent=record.doc["Series"],
                status=family.states["start"], plan=[{"after": after, **ending}],
            )
        )  # fmt: skip
    record.doc["Launched"] = launched + number
    resources.save(record)


def _training_job(record: Record, definition: dict[str, Any], place: int, name: str) -> dict[str, Any]:
    """What is known of a training job when it is launched."""
    ranges = _ranges(record.doc, definition)
    if record.doc["HyperParameterTuningJobConfig"]["Strategy"] == "Grid":
        tuned = drawn_values.from_grid(ranges, place)
    else:
        tuned = drawn_values.from_ranges(ranges, record.name, str(place))
    objective = _objective(record.doc, definition)
    known = {member: definition[member] for member in _TAKEN_OVER if member in definition}
    known.setdefault("ResourceConfig", _resources(definition))
    fixed = dict(definition.get("StaticHyperParameters") or {})
    if objective:
        # The service tells the algorithm what it is tuned by under this name.
        fixed["_tuning_objective_metric"] = objective["MetricName"]
        lower = objective["Type"] == "Minimize"
        value = drawn_values.objective(lower, record.name, str(place))
        known["FinalHyperParameterTuningJobObjectiveMetric"] = {**objective, "Value": value}
    return {
        **known,
        "TrainingJobName": name,
        "TuningJobArn": record.arn,
        "TuningJobName": record.name,
        "TrainingJobDefinitionName": definition.get("DefinitionName"),
        "HyperParameters": {**fixed, **tuned},
        "TunedHyperParameters": tuned,
    }


def _objective(doc: dict[str, Any], definition: dict[str, Any]) -> dict[str, Any] | None:
    found: dict[str, Any] | None = definition.get("TuningObjective")
    return found or doc["HyperParameterTuningJobConfig"].get("HyperParameterTuningJobObjective")


def _resources(definition: dict[str, Any]) -> dict[str, Any]:
    """The machines of a training job whose definition lists several kinds: the first of them."""
    config = definition.get("HyperParameterTuningResourceConfig") or {}
    first = next(iter(config.get("InstanceConfigs") or ()), config)
    members = ("InstanceType", "InstanceCount", "VolumeSizeInGB", "VolumeKmsKeyId")
    return {member: {**config, **first}[member] for member in members if member in {**config, **first}}


def end_round(resources: Resources, record: Record, moment: float) -> None:
    """Effect of a round's time being up: its training jobs end, and the next ones begin."""
    for job in _jobs(resources, record, ("status", "in", ["InProgress", "Stopping"])):
        if job.plan:
            apply(resources, job, moment)
    if "effect" in record.plan[0]:
        _launch(resources, record, moment)
    else:
        last = record.plan[0]
        del last["after"]
        last["at"] = moment
        resources.save(record)


def _jobs(resources: Resources, record: Record, *conditions: Condition) -> list[Record]:
    """The training jobs of a tuning job, those that meet all conditions, in the order they were launched."""
    series = record.doc.get("Series")
    return resources.find("TrainingJob", *conditions, parent=series) if series else []


def describe(request: Request) -> View:
    """Answer ``DescribeHyperParameterTuningJob``."""
    family = families.family("HyperParameterTuningJob")
    record = lifecycle.locate(request, family)
    shown = {**lifecycle.view(request, family, record), **_counters(request.resources, record)}
    until = record.doc.get("HyperParameterTuningEndTime", request.now)
    shown["ConsumedResources"] = {"RuntimeInSeconds": int(until - record.created)}
    best = _best(request.resources, [record])
    if best:
        shown["BestTrainingJob"] = best
        # Documented of warm starts: the best of this one and of those that it began from.
        if "WarmStartConfig" in record.doc:
            shown["OverallBestTrainingJob"] = _best(request.resources, [record, *_parents(request, record)])
    advance_shown(request, record)
    return shown


def _parents(request: Request, record: Record) -> list[Record]:
    """The tuning jobs that a warm start names, as far as they are here."""
    named = record.doc["WarmStartConfig"].get("ParentHyperParameterTuningJobs", ())
    found = (request.resources.get(record.family, parent["HyperParameterTuningJobName"]) for parent in named)
    return [parent for parent in found if parent]


def _best(resources: Resources, records: list[Record]) -> View | None:
    """The training job of tuning jobs with the best value of the objective, None while there is no value."""
    ended = [job for record in records for job in map(_summary, _jobs(resources, record)) if "_objective" in job]
    return max(ended, key=lambda job: _rank(job["FinalHyperParameterTuningJobObjectiveMetric"]), default=None)


def _rank(metric: dict[str, Any]) -> float:
    return float(metric["Value"]) * (-1 if metric.get("Type") == "Minimize" else 1)


def _counters(resources: Resources, record: Record) -> dict[str, dict[str, int]]:
    statuses = resources.statuses("TrainingJob", record.doc["Series"]) if "Series" in record.doc else {}
    counts = dict.fromkeys(_COUNTED, 0)
    for status, count in statuses.items():
        counts[_COUNTERS.get(status, "Stopped")] += count
    objectives = {
        "Succeeded": counts["Completed"],
        "Pending": counts["InProgress"],
        "Failed": counts["NonRetryableError"] + counts["Stopped"],
    }
    return {"TrainingJobStatusCounters": counts, "ObjectiveStatusCounters": objectives}


def list_jobs(request: Request) -> View:
    """Answer ``ListHyperParameterTuningJobs``."""
    family = families.family("HyperParameterTuningJob")
    records, token = listing.page(request, family)
    shown = [{**lifecycle.view(request, family, r), **_counters(request.resources, r)} for r in records]
    return {family.listing["items"]: shown, "NextToken": token}


def stop(request: Request) -> View:
    """The training jobs that run are stopped with their tuning job."""
    record = lifecycle.locate(request, families.family("HyperParameterTuningJob"))
    shown = lifecycle.stop(request)
    training = families.family("TrainingJob")
    step: Step = {"after": seconds(training, "stop"), **lifecycle.ending(training, training.states["stopped"])}
    for job in _jobs(request.resources, record):
        if job.status == training.states["start"]:
            job.become(training.states["stopping"], [step], request.now)
            request.resources.save(job)
    return shown


def training_jobs(request: Request) -> View:
    """Answer ``ListTrainingJobsForHyperParameterTuningJob``: by name and ascending, as its documentation says."""
    record = request.named("HyperParameterTuningJob", "HyperParameterTuningJobName")
    request = request.with_params(**{"SortBy": "Name", "SortOrder": "Ascending", **request.params})
    shown = list(_listed(request, record))
    filters = {"StatusEquals": ("=", "TrainingJobStatus")}
    return listing.answer(request, "TrainingJobSummaries", shown, filters=filters, sort=_SORT)


def _listed(request: Request, record: Record) -> Iterator[View]:
    """Summaries; by the value of the objective only of those that have one, as the documentation says."""
    by_value = request.params["SortBy"] == "FinalObjectiveMetricValue"
    for job in map(_summary, _jobs(request.resources, record)):
        if "_objective" in job or not by_value:
            yield job


def _summary(job: Record) -> View:
    shown: View = {
        **job.doc,
        "TrainingJobArn": job.arn,
        "TrainingJobStatus": job.status,
        "CreationTime": job.created,
        "TrainingStartTime": job.created,
        "ObjectiveStatus": {"Completed": "Succeeded", "InProgress": "Pending"}.get(job.status, "Failed"),
    }
    metric = shown.pop("FinalHyperParameterTuningJobObjectiveMetric", None)
    if metric and job.status == "Completed":
        shown |= {"FinalHyperParameterTuningJobObjectiveMetric": metric, "_objective": metric["Value"]}
    return shown
