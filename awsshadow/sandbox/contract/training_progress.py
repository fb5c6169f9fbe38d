"""What a training job shows of its way: secondary statuses and the seconds it took.

The messages are those that the service's clients print line by line while they wait (public notebooks by the
thousand: "Starting - Preparing the instances for training", "Training - Training image download completed. Training in
progress."). How long each phase takes is not simulated: machines, data and images are there at once, so all of the
time is training.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Known = dict[str, Any]

_BEFORE = (
    ("Starting", "Preparing the instances for training"),
    ("Downloading", "Downloading input data"),
)
_TRAINING = ("Training", "Training image download completed. Training in progress.")
_UPLOADING = ("Uploading", "Uploading generated training model")
#: Status of the job -> its last transition.
_LAST = {
    "Completed": ("Completed", "Training job completed"),
    "Failed": ("Failed", "Training job failed"),
    "Stopping": ("Stopping", "Stopping the training job"),
    "Stopped": ("Stopped", "Training job stopped"),
}
#: Part of the training time that is billed with managed spot training; invented, of the order of its advertised saving.
_SPOT = 0.3


def transitions(job: Known) -> list[dict[str, Any]]:
    """The secondary statuses that a training job went through, with their times."""
    begin, end = job["CreationTime"], job.get("TrainingEndTime")
    status = job.get("TrainingJobStatus")
    until = end or (job["LastModifiedTime"] if status == "Stopping" else None)
    shown = [_transition(phase, begin, begin) for phase in _BEFORE]
    shown.append(_transition(_TRAINING, begin, until))
    if end and status == "Completed":
        shown.append(_transition(_UPLOADING, end, end))
    if until and status in _LAST:
        shown.append(_transition(_LAST[status], until, end))
    return shown


def _transition(phase: tuple[str, str], begin: float, end: float | None) -> dict[str, Any]:
    status, message = phase
    times = {"StartTime": begin} if end is None else {"StartTime": begin, "EndTime": end}
    return {"Status": status, **times, "StatusMessage": message}


def training_seconds(job: Known) -> int | None:
    """The whole seconds from start to end, at least one as the model says; None before it has ended."""
    end = job.get("TrainingEndTime")
    return max(1, round(end - job["CreationTime"])) if end else None


def billable_seconds(job: Known) -> int | None:
    """The seconds that are billed for each instance."""
    spent = training_seconds(job)
    if spent is None or not job.get("EnableManagedSpotTraining"):
        return spent
    return max(1, round(spent * _SPOT))


def profiling(job: Known) -> str:
    """Whether a training job was profiled: when it was told how."""
    config = job.get("ProfilerConfig")
    return "Disabled" if not config or config.get("DisableProfiler") else "Enabled"


def rule_statuses(member: str) -> Callable[[Known], list[dict[str, Any]] | None]:
    """A rule: how far the evaluation is of the rules under ``member``. No rule finds anything in what did not run."""

    def rule(job: Known) -> list[dict[str, Any]] | None:
        status = {"InProgress": "InProgress", "Stopping": "Stopping", "Stopped": "Stopped"}
        shown = status.get(str(job.get("TrainingJobStatus")), "NoIssuesFound")
        return [
            {
                "RuleConfigurationName": each["RuleConfigurationName"],
                "RuleEvaluationStatus": shown,
                "LastModifiedTime": job["LastModifiedTime"],
            }
            for each in job.get(member) or ()
        ] or None

    return rule


def final_metrics(job: Known) -> list[dict[str, Any]] | None:
    """The metrics of a training job that a tuning job launched; of others nothing was measured."""
    metric = job.get("FinalHyperParameterTuningJobObjectiveMetric")
    if not metric or job.get("TrainingJobStatus") != "Completed":
        return None
    return [{"MetricName": metric["MetricName"], "Value": metric["Value"], "Timestamp": job["TrainingEndTime"]}]
