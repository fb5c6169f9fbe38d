"""Endpoints and what runs on them: variants from the configuration, updates, weights, components."""

from __future__ import annotations

import json

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import invalid
from awsshadow.sandbox.contract.service_made import digested
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.durations import seconds
from awsshadow.sandbox.engine.references import check_references

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.plans import Step
    from awsshadow.sandbox.state.records import Record
    from awsshadow.sandbox.state.resources import Resources

    Variants = list[dict[str, Any]]

#: Members of an endpoint configuration that its endpoints show.
_SHOWN = ("AsyncInferenceConfig", "ExplainerConfig", "MetricsConfig", "CrossRegionTrafficConfig")


def create(request: Request) -> View:
    """Answer ``CreateEndpoint``."""
    family = families.family("Endpoint")
    check_references(request)
    config = request.named("EndpointConfig", "EndpointConfigName")
    params = {**request.params, **_deployed(request, config.doc)}
    if "DeploymentConfig" in params:
        params["LastDeploymentConfig"] = params.pop("DeploymentConfig")
    return lifecycle.view(request, family, lifecycle.make(request, family, params))


def update(request: Request) -> View:
    """The variants change when the update is through; until then the old ones are shown."""
    family = families.family("Endpoint")
    record = lifecycle.locate(request, family)
    lifecycle.refuse_busy(request, family, record, "update")
    config = request.named("EndpointConfig", "EndpointConfigName")
    patch = {**dict.fromkeys(_SHOWN), "DataCaptureConfig": None, "ShadowProductionVariants": None}
    patch.update(_deployed(request, config.doc), EndpointConfigName=config.name)
    if request.params.get("RetainAllVariantProperties"):
        excluded = {p["VariantPropertyType"] for p in request.params.get("ExcludeRetainedVariantProperties", ())}
        _retain(record.doc, patch, excluded)
    if "DeploymentConfig" in request.params:
        patch["LastDeploymentConfig"] = request.params["DeploymentConfig"]
    return _change(request, record, patch)


def update_weights(request: Request) -> View:
    """Answer ``UpdateEndpointWeightsAndCapacities``."""
    family = families.family("Endpoint")
    record = lifecycle.locate(request, family)
    lifecycle.refuse_busy(request, family, record, "update")
    variants = {v["VariantName"]: dict(v) for v in record.doc.get("ProductionVariants", ())}
    named = [wanted["VariantName"] for wanted in request.params["DesiredWeightsAndCapacities"]]
    for name in named:
        # Both sentences are those of getmoto/moto.
        if named.count(name) > 1:
            raise invalid(f'The variant name "{name}" was non-unique within the request.')
        if name not in variants:
            raise invalid(
                f'The variant name(s) "{name}" is/are not present within endpoint configuration '
                f'"{record.doc["EndpointConfigName"]}".'
            )
    for wanted in request.params["DesiredWeightsAndCapacities"]:
        variant = variants[wanted["VariantName"]]
        for kind in ("Weight", "InstanceCount"):
            if f"Desired{kind}" in wanted:
                variant[f"Desired{kind}"] = variant[f"Current{kind}"] = wanted[f"Desired{kind}"]
    return _change(request, record, {"ProductionVariants": list(variants.values())})


def _change(request: Request, record: Record, patch: dict[str, Any]) -> View:
    """Begin an update; one that was asked to fail goes back to what there was, and says why."""
    family = families.family("Endpoint")
    failing = lifecycle.failed_update(request, family, record)
    if failing:
        lifecycle.begin_update(request, family, record, failing)
    else:
        begin_change(request.resources, record, patch, request.now)
    return lifecycle.view(request, family, record)


def begin_change(resources: Resources, endpoint: Record, patch: dict[str, Any], moment: float) -> None:
    """Set an endpoint to Updating; the patch shows when it is InService again."""
    step: Step = {"after": seconds(families.family("Endpoint")), "status": "InService", "patch": patch}
    lifecycle.forget_failure(endpoint)
    endpoint.become("Updating", [step], moment)
    resources.save(endpoint)


def _deployed(request: Request, config: dict[str, Any]) -> dict[str, Any]:
    """What an endpoint shows of its configuration."""
    shown = {member: config[member] for member in _SHOWN if member in config}
    for member in ("ProductionVariants", "ShadowProductionVariants"):
        if member in config:
            shown[member] = [_summary(request, variant) for variant in config[member]]
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


def _summary(request: Request, variant: dict[str, Any]) -> dict[str, Any]:
    """A variant as an endpoint shows it."""
    shown = {"VariantName": variant["VariantName"]}
    images = _images(request, variant.get("ModelName"))
    if images:
        shown["DeployedImages"] = [_deployed_image(image, request.now) for image in images]
    for member in ("ManagedInstanceScaling", "RoutingConfig"):
        if member in variant:
            shown[member] = variant[member]
    if "ServerlessConfig" in variant:
        shown["CurrentServerlessConfig"] = shown["DesiredServerlessConfig"] = variant["ServerlessConfig"]
    else:
        shown["CurrentInstanceCount"] = shown["DesiredInstanceCount"] = variant.get("InitialInstanceCount", 1)
    shown["CurrentWeight"] = shown["DesiredWeight"] = variant.get("InitialVariantWeight", 1.0)
    return shown


def _images(request: Request, name: str | None) -> list[str]:
    """The images of a model's containers, of which one from a model package has those of the package."""
    model = request.find(families.family("Model"), name) if name else None
    if model is None:
        return []
    primary = model.doc.get("PrimaryContainer")
    containers = [primary] if primary else model.doc.get("Containers", [])
    return [image for container in containers for image in _images_of(request, container)]


def _images_of(request: Request, container: dict[str, Any]) -> list[str]:
    if "Image" in container:
        return [container["Image"]]
    package = request.resources.get("ModelPackage", container.get("ModelPackageName", ""))
    specification = package.doc.get("InferenceSpecification", {}) if package else {}
    return [inner["Image"] for inner in specification.get("Containers", ()) if "Image" in inner]


def _deployed_image(image: str, moment: float) -> dict[str, Any]:
    return {"SpecifiedImage": image, "ResolvedImage": digested(image), "ResolutionTime": moment}


def _retain(old: dict[str, Any], patch: dict[str, Any], excluded: set[str]) -> None:
    before = {v["VariantName"]: v for v in old.get("ProductionVariants", ())}
    for variant in patch.get("ProductionVariants") or ():
        kept = before.get(variant["VariantName"], {})
        for kind in ("Weight", "InstanceCount"):
            if f"Desired{kind}" not in excluded and f"Desired{kind}" in kept:
                variant[f"Desired{kind}"] = variant[f"Current{kind}"] = kept[f"Desired{kind}"]
    if "DataCaptureConfig" not in excluded and old.get("DataCaptureConfig"):
        patch["DataCaptureConfig"] = old["DataCaptureConfig"]


def create_component(request: Request) -> View:
    """Answer ``CreateInferenceComponent``."""
    family = families.family("InferenceComponent")
    check_references(request)
    endpoint = request.named("Endpoint", "EndpointName")
    params = {**request.params, "EndpointArn": endpoint.arn}
    variants = endpoint.doc.get("ProductionVariants") or [{"VariantName": "AllTraffic"}]
    params.setdefault("VariantName", variants[0]["VariantName"])
    _set_copies(params)
    _set_images(request, params)
    return lifecycle.view(request, family, lifecycle.make(request, family, params))


def update_component(request: Request) -> View:
    """Answer ``UpdateInferenceComponent`` and ``UpdateInferenceComponentRuntimeConfig``."""
    family = families.family("InferenceComponent")
    params = dict(request.params)
    if "DesiredRuntimeConfig" in params:
        params["RuntimeConfig"] = params.pop("DesiredRuntimeConfig")
    if "DeploymentConfig" in params:
        params["LastDeploymentConfig"] = params.pop("DeploymentConfig")
    _set_copies(params)
    _set_images(request, params)
    return lifecycle.view(request, family, lifecycle.change(request, family, params))


def _set_copies(params: dict[str, Any]) -> None:
    if "RuntimeConfig" in params:
        copies = params["RuntimeConfig"]["CopyCount"]
        params["RuntimeConfig"] = {"DesiredCopyCount": copies, "CurrentCopyCount": copies}


def _set_images(request: Request, params: dict[str, Any]) -> None:
    """Show the images of a component's specifications as they were resolved."""
    for member in ("Specification", "Specifications"):
        given = params.get(member)
        if isinstance(given, dict):
            params[member] = _resolved(request, given)
        elif given:
            params[member] = [_resolved(request, specification) for specification in given]


def _resolved(request: Request, specification: dict[str, Any]) -> dict[str, Any]:
    container = specification.get("Container", {})
    images = [container["Image"]] if "Image" in container else _images(request, specification.get("ModelName"))
    if not images:
        return specification
    shown = {**container, "DeployedImage": _deployed_image(images[0], request.now)}
    return {**specification, "Container": shown}


def put_policy(request: Request) -> View:
    """Answer ``PutEndpointPolicy``."""
    endpoint = request.named("Endpoint", "EndpointName")
    try:
        json.loads(request.params["ResourcePolicy"])
    except ValueError as error:
        raise invalid(f"The resource policy is not JSON: {error}") from error
    endpoint.doc["ResourcePolicy"] = request.params["ResourcePolicy"]
    request.resources.save(endpoint)
    return lifecycle.view(request, families.family("Endpoint"), endpoint)


def get_policy(request: Request) -> View:
    """Answer ``GetEndpointPolicy``."""
    return lifecycle.view(request, families.family("Endpoint"), request.named("Endpoint", "EndpointName"))


def delete_policy(request: Request) -> View:
    """Answer ``DeleteEndpointPolicy``."""
    endpoint = request.named("Endpoint", "EndpointName")
    endpoint.doc.pop("ResourcePolicy", None)
    request.resources.save(endpoint)
    return {}
