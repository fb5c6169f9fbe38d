"""What an AutoML job came to: its candidates, the best of them, what it resolved the request to.

Nothing is trained. The values of the objective are drawn from the names of job and candidate, the same whenever they
are shown; they say nothing of any data. A candidate's steps would be jobs, which there are none of, so none are named.
"""

from __future__ import annotations

from awsshadow.sandbox.contract import drawn_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Known = dict[str, Any]

#: How many candidates there are when the request does not say; invented.
_COUNT = 10
#: The end of the names of the members of AutoMLProblemTypeConfig.
_CONFIG = "JobConfig"
#: Problem type or kind of V2 configuration -> the metric of its objective when none is given, as
#: the documentation of AutoMLJobObjective says.
_METRICS = {
    "BinaryClassification": "F1",
    "MulticlassClassification": "Accuracy",
    "Regression": "MSE",
    "ImageClassification": "Accuracy",
    "TextClassification": "Accuracy",
    "TimeSeriesForecasting": "AverageWeightedQuantileLoss",
}
_MINIMIZED = frozenset({"MSE", "RMSE", "MAE", "MAPE", "MASE", "WAPE", "AverageWeightedQuantileLoss"})


def problem_kind(job: Known) -> str:
    """``Tabular``, ``ImageClassification``, ...: the configuration of V2; what V1 creates is tabular."""
    config = job.get("AutoMLProblemTypeConfig") or {}
    return next((name.removesuffix(_CONFIG) for name in config), "Tabular")


def _config(job: Known) -> dict[str, Any]:
    """The configuration of the problem, of either version."""
    of_v2 = job.get("AutoMLProblemTypeConfig") or {}
    return next(iter(of_v2.values()), None) or {**job, **(job.get("AutoMLJobConfig") or {})}


def _problem(job: Known) -> str:
    """The type of a tabular problem; where none is given it would follow from the data, which nobody reads."""
    return str(_config(job).get("ProblemType") or "BinaryClassification")


def _metric(job: Known) -> str:
    given = (job.get("AutoMLJobObjective") or {}).get("MetricName")
    kind = problem_kind(job)
    return str(given or _METRICS.get(_problem(job) if kind == "Tabular" else kind, "Accuracy"))


def objective(job: Known) -> dict[str, str] | None:
    """The objective of a kind of problem that has one metric by default; that of a tabular one follows from the data,
    and text generation has none."""
    metric = _METRICS.get(problem_kind(job))
    return {"MetricName": metric} if metric else None


def resolved(job: Known) -> dict[str, Any] | None:
    """What the request was resolved to, of V1 and V2 alike; None while the data would still be looked at."""
    if job.get("AutoMLJobStatus") == "InProgress":
        return None
    criteria = {"MaxCandidates": _count(job), **(_config(job).get("CompletionCriteria") or {})}
    kind = problem_kind(job)
    shown: dict[str, Any] = {"CompletionCriteria": criteria}
    if kind == "Tabular":
        shown |= {"ProblemType": _problem(job)}
        shown["AutoMLProblemTypeResolvedAttributes"] = {"TabularResolvedAttributes": {"ProblemType": _problem(job)}}
    elif kind == "TextGeneration":
        base = _config(job).get("BaseModelName")
        shown["AutoMLProblemTypeResolvedAttributes"] = {"TextGenerationResolvedAttributes": {"BaseModelName": base}}
    return {"AutoMLJobObjective": {"MetricName": _metric(job)}, **shown}


def artifacts(job: Known) -> dict[str, str] | None:
    """The notebooks of a tabular job; their paths are those of the service's own examples."""
    if job.get("AutoMLJobStatus") != "Completed" or problem_kind(job) != "Tabular":
        return None
    folder = f"{_folder(job)}/sagemaker-automl-candidates/notebooks"
    return {
        "CandidateDefinitionNotebookLocation": f"{folder}/SageMakerAutopilotCandidateDefinitionNotebook.ipynb",
        "DataExplorationNotebookLocation": f"{folder}/SageMakerAutopilotDataExplorationNotebook.ipynb",
    }


def _folder(job: Known) -> str:
    return f"{str(job['OutputDataConfig']['S3OutputPath']).rstrip('/')}/{job['AutoMLJobName']}"


def _count(job: Known) -> int:
    return int((_config(job).get("CompletionCriteria") or {}).get("MaxCandidates") or _COUNT)


def candidates(job: Known) -> list[dict[str, Any]]:
    """The candidates of a job that has completed, in the order they were made; none before."""
    if job.get("AutoMLJobStatus") != "Completed" or _config(job).get("GenerateCandidateDefinitionsOnly"):
        return []
    count = _count(job)
    made = [_candidate(job, place, count) for place in range(count)]
    best = max(made, key=lambda candidate: _rank(candidate["FinalAutoMLJobObjectiveMetric"]))
    report = f"{_folder(job)}/documentation"
    best["CandidateProperties"]["CandidateArtifactLocations"] = {
        "Explainability": f"{report}/explainability/output",
        "ModelInsights": f"{report}/model_monitor/output",
    }
    return made


def best_candidate(job: Known) -> dict[str, Any] | None:
    """The candidate with the best value of the objective."""
    return max(candidates(job), key=lambda c: _rank(c["FinalAutoMLJobObjectiveMetric"]), default=None)


def _rank(metric: dict[str, Any]) -> float:
    return float(metric["Value"]) * (-1 if metric["Type"] == "Minimize" else 1)


def _candidate(job: Known, place: int, count: int) -> dict[str, Any]:
    metric, arn = _metric(job), str(job["Arn"])
    name = f"{job['AutoMLJobName'][:50]}-{place + 1:03}-{drawn_values.digest(arn, str(place))[:8]}"
    lower = metric in _MINIMIZED
    value = drawn_values.objective(lower, arn, name)
    begin, end = job["CreationTime"], job["EndTime"]
    ended = begin + (end - begin) * (place + 1) / count
    container = {
        "Image": f"{arn.split(':')[4]}.dkr.ecr.{arn.split(':')[3]}.amazonaws.com/sagemaker-automl:candidate",
        "ModelDataUrl": f"{_folder(job)}/tuning/{name}/output/model.tar.gz",
        "Environment": {},
    }
    return {
        "CandidateName": name,
        "FinalAutoMLJobObjectiveMetric": {
            "Type": "Minimize" if lower else "Maximize",
            "MetricName": metric,
            "Value": value,
            "StandardMetricName": metric,
        },
        "ObjectiveStatus": "Succeeded",
        "CandidateSteps": [],
        "CandidateStatus": "Completed",
        "InferenceContainers": [container],
        "InferenceContainerDefinitions": {"CPU": [container]},
        "CreationTime": begin + (end - begin) * place / count,
        "EndTime": ended,
        "LastModifiedTime": ended,
        "CandidateProperties": {
            "CandidateMetrics": [
                {"MetricName": metric, "StandardMetricName": metric, "Value": value, "Set": "Validation"}
            ]
        },
        "_value": value,
    }
