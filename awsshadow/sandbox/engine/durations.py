"""How long work takes under the real clock, in seconds, and which members hold its end.

The durations are invented: round numbers of the order that users of the service report. They only
matter under the ``real`` and ``frozen`` clocks.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.model.families import Family

DELETING_SECONDS = 30
STOPPING_SECONDS = 30
USUAL_SECONDS = 60

WORK_SECONDS = {
    "AutoMLJob": 1800,
    "Cluster": 600,
    "Domain": 300,
    "Endpoint": 300,
    "HyperParameterTuningJob": 600,
    "InferenceComponent": 180,
    "InferenceRecommendationsJob": 1800,
    "LabelingJob": 3600,
    "MlflowTrackingServer": 1500,
    "NotebookInstance": 180,
    "ProcessingJob": 300,
    "TrainingJob": 300,
    "TransformJob": 300,
}

#: Members set to the moment a job ends; ``EndTime`` for the rest.
END_TIMES = {
    "CompilationJob": ["CompilationEndTime"],
    "HyperParameterTuningJob": ["HyperParameterTuningEndTime"],
    "InferenceRecommendationsJob": ["CompletionTime"],
    "OptimizationJob": ["OptimizationEndTime"],
    "ProcessingJob": ["ProcessingEndTime"],
    "TrainingJob": ["TrainingEndTime"],
    "TransformJob": ["TransformEndTime"],
}


def seconds(family: Family, role: str = "create") -> float:
    """How long a resource of this family takes to get ready, or to stop."""
    return STOPPING_SECONDS if role == "stop" else WORK_SECONDS.get(family.store, USUAL_SECONDS)
