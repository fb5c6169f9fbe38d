"""Recommendations for scaling an endpoint, worked out from what the request expects: nothing is measured here."""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.request import Request, View

#: Documented as the default.
TARGET_PERCENT = 50
#: Seconds between two changes: the default of Application Auto Scaling.
COOLDOWN = 300


def recommend(request: Request) -> View:
    """Answer ``GetScalingConfigurationRecommendation``: as if one instance carried the least traffic expected."""
    request.named("InferenceRecommendationsJob", "InferenceRecommendationsJobName")
    params = request.params
    if ("RecommendationId" in params) == ("EndpointName" in params):
        raise invalid("Specify either RecommendationId or EndpointName.")
    objective = params.get("ScalingPolicyObjective", {})
    least = max(1, objective.get("MinInvocationsPerMinute", 1))
    most = max(least, objective.get("MaxInvocationsPerMinute", least))
    share = params.get("TargetCpuUtilizationPerCore", TARGET_PERCENT)
    metric = {"Predefined": {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"}}
    scaling = {
        "MinCapacity": 1,
        "MaxCapacity": -(-most // least),
        "ScaleInCooldown": COOLDOWN,
        "ScaleOutCooldown": COOLDOWN,
        "ScalingPolicies": [{"TargetTracking": {"MetricSpecification": metric, "TargetValue": float(least)}}],
    }
    return {**params, "TargetCpuUtilizationPerCore": share, "DynamicScalingConfiguration": scaling}
