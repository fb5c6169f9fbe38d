"""Endpoints and what runs on them: variants from the configuration, updates, weights, components."""

from __future__ import annotations

import json

from awsshadow.sandbox import engine
from awsshadow.sandbox.references import check_references
from awsshadow.sandbox.refusal import invalid
from awsshadow.sandbox.times import seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.call import Call
    from awsshadow.sandbox.engine import View
    from awsshadow.sandbox.resources import Record, Resources

    Variants = list[dict[str, Any]]

#: Members of an endpoint configuration that its endpoints show.
_SHOWN = ("AsyncInferenceConfig", "ExplainerConfig", "MetricsConfig", "CrossRegionTrafficConfig")


def create(call: Call) -> View:
    """Answer ``CreateEndpoint``."""
    family = engine.family_of("Endpoint")
    check_references(call)
    config = call.named("EndpointConfig", "EndpointConfigName")
    params = {**call.params, **deployed(config.doc)}
    if "DeploymentConfig" in params:
        params["LastDeploymentConfig"] = params.pop("DeploymentConfig")
    return engine.view(call, family, engine.make(call, family, params))


def update(call: Call) -> View:
    """The variants change when the update is through; until then the old ones are shown."""
    family = engine.family_of("Endpoint")
    record = engine.locate(call, family)
    engine.refuse_busy(call, family, record, "update")
    config = call.named("EndpointConfig", "EndpointConfigName")
    patch = {**dict.fromkeys(_SHOWN), "DataCaptureConfig": None, "ShadowProductionVariants": None}
    patch.update(deployed(config.doc), EndpointConfigName=config.name)
    if call.params.get("RetainAllVariantProperties"):
        excluded = {p["VariantPropertyType"] for p in call.params.get("ExcludeRetainedVariantProperties", ())}
        _retain(record.doc, patch, excluded)
    if "DeploymentConfig" in call.params:
        patch["LastDeploymentConfig"] = call.params["DeploymentConfig"]
    begin_change(call.resources, record, patch, call.now)
    return engine.view(call, family, record)


def update_weights(call: Call) -> View:
    """Answer ``UpdateEndpointWeightsAndCapacities``."""
    family = engine.family_of("Endpoint")
    record = engine.locate(call, family)
    engine.refuse_busy(call, family, record, "update")
    variants = {v["VariantName"]: dict(v) for v in record.doc.get("ProductionVariants", ())}
    for wanted in call.params["DesiredWeightsAndCapacities"]:
        variant = variants.get(wanted["VariantName"])
        if variant is None:
            raise invalid(f'The variant name "{wanted["VariantName"]}" was not found in endpoint "{record.arn}".')
        for kind in ("Weight", "InstanceCount"):
            if f"Desired{kind}" in wanted:
                variant[f"Desired{kind}"] = variant[f"Current{kind}"] = wanted[f"Desired{kind}"]
    begin_change(call.resources, record, {"ProductionVariants": list(variants.values())}, call.now)
    return engine.view(call, family, record)


def begin_change(resources: Resources, endpoint: Record, patch: dict[str, Any], moment: float) -> None:
    """Set an endpoint to Updating; the patch shows when it is InService again."""
    step = {"after": seconds(engine.family_of("Endpoint")), "status": "InService", "patch": patch}
    endpoint.become("Updating", [step], moment)
    resources.save(endpoint)


def deployed(config: dict[str, Any]) -> dict[str, Any]:
    """What an endpoint shows of its configuration."""
    shown = {member: config[member] for member in _SHOWN if member in config}
    for member in ("ProductionVariants", "ShadowProductionVariants"):
        if member in config:
            shown[member] = [summary(variant) for variant in config[member]]
    capture = config.get("DataCaptureConfig")
    if capture:
        shown["DataCaptureConfig"] = {
            "EnableCapture": capture.get("EnableCapture", False),
            "CaptureStatus": "Started" if capture.get("EnableCapture") else "Stopped",
            "CurrentSamplingPercentage": capture["InitialSamplingPercentage"],
            "DestinationS3Uri": capture["DestinationS3Uri"],
            "KmsKeyId": capture.get("KmsKeyId", ""),
        }
    return shown


def summary(variant: dict[str, Any]) -> dict[str, Any]:
    """A variant as an endpoint shows it. No image is pulled, so none is shown."""
    shown = {"VariantName": variant["VariantName"]}
    for member in ("ManagedInstanceScaling", "RoutingConfig"):
        if member in variant:
            shown[member] = variant[member]
    if "ServerlessConfig" in variant:
        shown["CurrentServerlessConfig"] = shown["DesiredServerlessConfig"] = variant["ServerlessConfig"]
    else:
        shown["CurrentInstanceCount"] = shown["DesiredInstanceCount"] = variant.get("InitialInstanceCount", 1)
    shown["CurrentWeight"] = shown["DesiredWeight"] = variant.get("InitialVariantWeight", 1.0)
    return shown


def _retain(old: dict[str, Any], patch: dict[str, Any], excluded: set[str]) -> None:
    before = {v["VariantName"]: v for v in old.get("ProductionVariants", ())}
    for variant in patch.get("ProductionVariants") or ():
        kept = before.get(variant["VariantName"], {})
        for kind in ("Weight", "InstanceCount"):
            if f"Desired{kind}" not in excluded and f"Desired{kind}" in kept:
                variant[f"Desired{kind}"] = variant[f"Current{kind}"] = kept[f"Desired{kind}"]
    if "DataCaptureConfig" not in excluded and old.get("DataCaptureConfig"):
        patch["DataCaptureConfig"] = old["DataCaptureConfig"]


def create_component(call: Call) -> View:
    """Answer ``CreateInferenceComponent``."""
    family = engine.family_of("InferenceComponent")
    check_references(call)
    endpoint = call.named("Endpoint", "EndpointName")
    params = {**call.params, "EndpointArn": endpoint.arn}
    variants = endpoint.doc.get("ProductionVariants") or [{"VariantName": "AllTraffic"}]
    params.setdefault("VariantName", variants[0]["VariantName"])
    _set_copies(params)
    return engine.view(call, family, engine.make(call, family, params))


def update_component(call: Call) -> View:
    """Answer ``UpdateInferenceComponent`` and ``UpdateInferenceComponentRuntimeConfig``."""
    family = engine.family_of("InferenceComponent")
    params = dict(call.params)
    if "DesiredRuntimeConfig" in params:
        params["RuntimeConfig"] = params.pop("DesiredRuntimeConfig")
    if "DeploymentConfig" in params:
        params["LastDeploymentConfig"] = params.pop("DeploymentConfig")
    _set_copies(params)
    return engine.view(call, family, engine.change(call, family, params))


def _set_copies(params: dict[str, Any]) -> None:
    if "RuntimeConfig" in params:
        copies = params["RuntimeConfig"]["CopyCount"]
        params["RuntimeConfig"] = {"DesiredCopyCount": copies, "CurrentCopyCount": copies}


def put_policy(call: Call) -> View:
    """Answer ``PutEndpointPolicy``."""
    endpoint = call.named("Endpoint", "EndpointName")
    try:
        json.loads(call.params["ResourcePolicy"])
    except ValueError as error:
        raise invalid(f"The resource policy is not JSON: {error}") from error
    endpoint.doc["ResourcePolicy"] = call.params["ResourcePolicy"]
    call.resources.save(endpoint)
    return engine.view(call, engine.family_of("Endpoint"), endpoint)


def get_policy(call: Call) -> View:
    """Answer ``GetEndpointPolicy``."""
    return engine.view(call, engine.family_of("Endpoint"), call.named("Endpoint", "EndpointName"))


def delete_policy(call: Call) -> View:
    """Answer ``DeleteEndpointPolicy``."""
    endpoint = call.named("Endpoint", "EndpointName")
    endpoint.doc.pop("ResourcePolicy", None)
    call.resources.save(endpoint)
    return {}


OPERATIONS = {
    "CreateEndpoint": create,
    "UpdateEndpoint": update,
    "UpdateEndpointWeightsAndCapacities": update_weights,
    "CreateInferenceComponent": create_component,
    "UpdateInferenceComponent": update_component,
    "UpdateInferenceComponentRuntimeConfig": update_component,
    "PutEndpointPolicy": put_policy,
    "GetEndpointPolicy": get_policy,
    "DeleteEndpointPolicy": delete_policy,
}
