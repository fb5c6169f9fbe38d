"""Model packages with their versions, groups and policies; versions of images."""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import invalid
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.listing import answer
from awsshadow.sandbox.engine.transitions import advance_shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.lifecycle import View
    from awsshadow.sandbox.engine.request import Request
    from awsshadow.sandbox.state.resources import Record


def create(request: Request) -> View:
    """A package in a group is a version of it and has a number; one outside has a name.

    The sentences are those that getmoto/moto pull request 7165 took from the service.
    """
    family = lifecycle.family_of("ModelPackage")
    params = dict(request.params)
    if "ModelPackageGroupName" not in params:
        if "ModelPackageName" not in params:
            raise invalid("Missing ARN.")
        return lifecycle.view(request, family, lifecycle.make(request, family, params))
    if "ModelPackageName" in params:
        raise invalid(
            "Both ModelPackageName and ModelPackageGroupName are provided in the input. "
            "Cannot determine which one to use."
        )
    group = request.named("ModelPackageGroup", "ModelPackageGroupName")
    number = request.resources.next_number("model-package", group.name)
    key = f"{group.name}/{number}"
    arn = request.arn(family.type, key)
    params.setdefault("ModelApprovalStatus", "PendingManualApproval")
    params.update(ModelPackageGroupName=group.name, ModelPackageVersion=number)
    # The service answers the name of the group as the name of a version.
    params["ModelPackageName"] = group.name
    return lifecycle.view(request, family, lifecycle.make(request, family, params, key=key, arn=arn))


def update(request: Request) -> View:
    """Answer ``UpdateModelPackage``."""
    family = lifecycle.family_of("ModelPackage")
    record = request.named("ModelPackage", "ModelPackageArn")
    params = {k: v for k, v in request.params.items() if k not in {"ModelPackageArn", "ClientToken"}}
    added = params.pop("AdditionalInferenceSpecificationsToAdd", [])
    if added:
        params["AdditionalInferenceSpecifications"] = [*record.doc.get("AdditionalInferenceSpecifications", ()), *added]
    merged = {**record.doc.get("CustomerMetadataProperties", {}), **params.pop("CustomerMetadataProperties", {})}
    if merged:
        params = {"CustomerMetadataProperties": merged, **params}
    lifecycle.revise(record.doc, params)
    record.become(None, record.plan, request.now)
    request.resources.save(record)
    return lifecycle.view(request, family, record)


def describe_many(request: Request) -> View:
    """Answer ``BatchDescribeModelPackage``."""
    family = lifecycle.family_of("ModelPackage")
    found, errors = {}, {}
    for arn in request.params["ModelPackageArnList"]:
        record = request.resources.get("ModelPackage", arn)
        if record:
            group = record.doc.get("ModelPackageGroupName", record.name)
            found[arn] = {**lifecycle.view(request, family, record), "ModelPackageGroupName": group}
        else:
            missing = request.no_such(family, arn)
            errors[arn] = {"ErrorCode": missing.code, "ErrorResponse": missing.message}
    return {"ModelPackageSummaries": found, "BatchDescribeModelPackageErrorMap": errors or None}


def list_packages(request: Request) -> View:
    """Without a group: packages that are no versions, unless both kinds are asked for."""
    family = lifecycle.family_of("ModelPackage")
    kind = request.params.get("ModelPackageType", "Unversioned")
    if "ModelPackageGroupName" in request.params:
        group = request.named("ModelPackageGroup", "ModelPackageGroupName")
        request.params["ModelPackageGroupName"] = group.name
    elif kind == "Unversioned":
        return lifecycle.list_page(request, family, "parent=''")
    elif kind == "Versioned":
        return lifecycle.list_page(request, family, "parent<>''")
    return lifecycle.list_page(request, family)


def put_policy(request: Request) -> View:
    """Answer ``PutModelPackageGroupPolicy``."""
    group = request.named("ModelPackageGroup", "ModelPackageGroupName")
    request.resources.put_note("group-policy", group.name, request.params["ResourcePolicy"])
    return {"ModelPackageGroupArn": group.arn}


def get_policy(request: Request) -> View:
    """Answer ``GetModelPackageGroupPolicy``."""
    group = request.named("ModelPackageGroup", "ModelPackageGroupName")
    policy = request.resources.note("group-policy", group.name)
    if policy is None:
        raise invalid(f"Cannot find resource policy for model package group {group.arn}.")
    return {"ResourcePolicy": policy}


def delete_policy(request: Request) -> View:
    """Answer ``DeleteModelPackageGroupPolicy``."""
    group = request.named("ModelPackageGroup", "ModelPackageGroupName")
    request.resources.put_note("group-policy", group.name, None)
    return {}


def create_image_version(request: Request) -> View:
    """Answer ``CreateImageVersion``."""
    family = lifecycle.family_of("ImageVersion")
    image = request.named("Image", "ImageName")
    number = request.resources.next_number("image-version", image.name)
    base = request.params["BaseImage"]
    params = {**request.params, "Version": number, "ImageArn": image.arn, "ContainerImage": base}
    _free_aliases(request, image.name, request.params.get("Aliases", []))
    return lifecycle.view(request, family, lifecycle.make(request, family, params))


def _image_version(request: Request) -> Record:
    """By number, by alias, or the newest."""
    family = lifecycle.family_of("ImageVersion")
    image = request.named("Image", "ImageName")
    versions = request.resources.children("ImageVersion", image.name)
    number, alias = request.params.get("Version"), request.params.get("Alias")
    for record in reversed(versions):
        if (number is None and alias is None) or record.doc["Version"] == number:
            return record
        if number is None and alias in record.doc.get("Aliases", ()):
            return record
    raise request.no_such(family, f"{image.name}/{number or alias or 1}")


def _free_aliases(request: Request, image: str, aliases: list[str]) -> None:
    """An alias belongs to one version: taken by a new one, it leaves the old one."""
    for record in request.resources.children("ImageVersion", image):
        kept = [a for a in record.doc.get("Aliases", ()) if a not in aliases]
        if kept != record.doc.get("Aliases", []):
            record.doc["Aliases"] = kept
            request.resources.save(record)


def describe_image_version(request: Request) -> View:
    """Answer ``DescribeImageVersion``."""
    record = _image_version(request)
    shown = lifecycle.view(request, lifecycle.family_of("ImageVersion"), record)
    advance_shown(request, record)
    return shown


def update_image_version(request: Request) -> View:
    """Answer ``UpdateImageVersion``."""
    record = _image_version(request)
    params = {k: v for k, v in request.params.items() if k not in {"ImageName", "Version", "Alias"}}
    added, gone = params.pop("AliasesToAdd", []), params.pop("AliasesToDelete", [])
    _free_aliases(request, request.params["ImageName"], added)
    record.doc["Aliases"] = [a for a in [*record.doc.get("Aliases", ()), *added] if a not in gone]
    record.doc.update(params)
    record.become(None, record.plan, request.now)
    request.resources.save(record)
    return lifecycle.view(request, lifecycle.family_of("ImageVersion"), record)


def delete_image_version(request: Request) -> View:
    """Answer ``DeleteImageVersion``."""
    return lifecycle.remove(request, lifecycle.family_of("ImageVersion"), _image_version(request))


def aliases(request: Request) -> View:
    """Answer ``ListAliases``."""
    image = request.named("Image", "ImageName")
    number, alias = request.params.get("Version"), request.params.get("Alias")
    found = [
        name
        for record in request.resources.children("ImageVersion", image.name)
        for name in record.doc.get("Aliases", ())
        if number in {None, record.doc["Version"]} and alias in {None, name}
    ]
    return answer(request, "SageMakerImageVersionAliases", found)


OPERATIONS = {
    "CreateModelPackage": create,
    "UpdateModelPackage": update,
    "BatchDescribeModelPackage": describe_many,
    "ListModelPackages": list_packages,
    "PutModelPackageGroupPolicy": put_policy,
    "GetModelPackageGroupPolicy": get_policy,
    "DeleteModelPackageGroupPolicy": delete_policy,
    "CreateImageVersion": create_image_version,
    "DescribeImageVersion": describe_image_version,
    "UpdateImageVersion": update_image_version,
    "DeleteImageVersion": delete_image_version,
    "ListAliases": aliases,
}
