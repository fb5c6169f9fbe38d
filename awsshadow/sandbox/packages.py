"""Model packages with their versions, groups and policies; versions of images."""

from __future__ import annotations

from awsshadow.sandbox import engine
from awsshadow.sandbox.listing import answer
from awsshadow.sandbox.plan import advance_shown
from awsshadow.sandbox.refusal import invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.call import Call
    from awsshadow.sandbox.engine import View
    from awsshadow.sandbox.resources import Record


def create(call: Call) -> View:
    """A package in a group is a version of it and has a number; one outside has a name.

    The sentences are those that getmoto/moto pull request 7165 took from the service.
    """
    family = engine.family_of("ModelPackage")
    params = dict(call.params)
    if "ModelPackageGroupName" not in params:
        if "ModelPackageName" not in params:
            raise invalid("Missing ARN.")
        return engine.view(call, family, engine.make(call, family, params))
    if "ModelPackageName" in params:
        raise invalid(
            "Both ModelPackageName and ModelPackageGroupName are provided in the input. "
            "Cannot determine which one to use."
        )
    group = call.named("ModelPackageGroup", "ModelPackageGroupName")
    number = call.resources.next_number("model-package", group.name)
    key = f"{group.name}/{number}"
    arn = call.arn(family.type, key)
    params.setdefault("ModelApprovalStatus", "PendingManualApproval")
    params.update(ModelPackageGroupName=group.name, ModelPackageVersion=number)
    # The service answers the name of the group as the name of a version.
    params["ModelPackageName"] = group.name
    return engine.view(call, family, engine.make(call, family, params, key=key, arn=arn))


def update(call: Call) -> View:
    """Answer ``UpdateModelPackage``."""
    family = engine.family_of("ModelPackage")
    record = call.named("ModelPackage", "ModelPackageArn")
    params = {k: v for k, v in call.params.items() if k not in {"ModelPackageArn", "ClientToken"}}
    added = params.pop("AdditionalInferenceSpecificationsToAdd", [])
    if added:
        params["AdditionalInferenceSpecifications"] = [*record.doc.get("AdditionalInferenceSpecifications", ()), *added]
    merged = {**record.doc.get("CustomerMetadataProperties", {}), **params.pop("CustomerMetadataProperties", {})}
    if merged:
        params = {"CustomerMetadataProperties": merged, **params}
    engine.revise(record.doc, params)
    record.become(None, record.plan, call.now)
    call.resources.save(record)
    return engine.view(call, family, record)


def describe_many(call: Call) -> View:
    """Answer ``BatchDescribeModelPackage``."""
    family = engine.family_of("ModelPackage")
    found, errors = {}, {}
    for arn in call.params["ModelPackageArnList"]:
        record = call.resources.get("ModelPackage", arn)
        if record:
            group = record.doc.get("ModelPackageGroupName", record.name)
            found[arn] = {**engine.view(call, family, record), "ModelPackageGroupName": group}
        else:
            missing = call.no_such(family, arn)
            errors[arn] = {"ErrorCode": missing.code, "ErrorResponse": missing.message}
    return {"ModelPackageSummaries": found, "BatchDescribeModelPackageErrorMap": errors or None}


def list_packages(call: Call) -> View:
    """Without a group: packages that are no versions, unless both kinds are asked for."""
    family = engine.family_of("ModelPackage")
    kind = call.params.get("ModelPackageType", "Unversioned")
    if "ModelPackageGroupName" in call.params:
        group = call.named("ModelPackageGroup", "ModelPackageGroupName")
        call.params["ModelPackageGroupName"] = group.name
    elif kind == "Unversioned":
        return engine.list_page(call, family, "parent=''")
    elif kind == "Versioned":
        return engine.list_page(call, family, "parent<>''")
    return engine.list_page(call, family)


def put_policy(call: Call) -> View:
    """Answer ``PutModelPackageGroupPolicy``."""
    group = call.named("ModelPackageGroup", "ModelPackageGroupName")
    call.resources.put_note("group-policy", group.name, call.params["ResourcePolicy"])
    return {"ModelPackageGroupArn": group.arn}


def get_policy(call: Call) -> View:
    """Answer ``GetModelPackageGroupPolicy``."""
    group = call.named("ModelPackageGroup", "ModelPackageGroupName")
    policy = call.resources.note("group-policy", group.name)
    if policy is None:
        raise invalid(f"Cannot find resource policy for model package group {group.arn}.")
    return {"ResourcePolicy": policy}


def delete_policy(call: Call) -> View:
    """Answer ``DeleteModelPackageGroupPolicy``."""
    group = call.named("ModelPackageGroup", "ModelPackageGroupName")
    call.resources.put_note("group-policy", group.name, None)
    return {}


def create_image_version(call: Call) -> View:
    """Answer ``CreateImageVersion``."""
    family = engine.family_of("ImageVersion")
    image = call.named("Image", "ImageName")
    number = call.resources.next_number("image-version", image.name)
    base = call.params["BaseImage"]
    params = {**call.params, "Version": number, "ImageArn": image.arn, "ContainerImage": base}
    _free_aliases(call, image.name, call.params.get("Aliases", []))
    return engine.view(call, family, engine.make(call, family, params))


def _image_version(call: Call) -> Record:
    """By number, by alias, or the newest."""
    family = engine.family_of("ImageVersion")
    image = call.named("Image", "ImageName")
    versions = call.resources.children("ImageVersion", image.name)
    number, alias = call.params.get("Version"), call.params.get("Alias")
    for record in reversed(versions):
        if (number is None and alias is None) or record.doc["Version"] == number:
            return record
        if number is None and alias in record.doc.get("Aliases", ()):
            return record
    raise call.no_such(family, f"{image.name}/{number or alias or 1}")


def _free_aliases(call: Call, image: str, aliases: list[str]) -> None:
    """An alias belongs to one version: taken by a new one, it leaves the old one."""
    for record in call.resources.children("ImageVersion", image):
        kept = [a for a in record.doc.get("Aliases", ()) if a not in aliases]
        if kept != record.doc.get("Aliases", []):
            record.doc["Aliases"] = kept
            call.resources.save(record)


def describe_image_version(call: Call) -> View:
    """Answer ``DescribeImageVersion``."""
    record = _image_version(call)
    shown = engine.view(call, engine.family_of("ImageVersion"), record)
    advance_shown(call.resources, record)
    return shown


def update_image_version(call: Call) -> View:
    """Answer ``UpdateImageVersion``."""
    record = _image_version(call)
    params = {k: v for k, v in call.params.items() if k not in {"ImageName", "Version", "Alias"}}
    added, gone = params.pop("AliasesToAdd", []), params.pop("AliasesToDelete", [])
    _free_aliases(call, call.params["ImageName"], added)
    record.doc["Aliases"] = [a for a in [*record.doc.get("Aliases", ()), *added] if a not in gone]
    record.doc.update(params)
    record.become(None, record.plan, call.now)
    call.resources.save(record)
    return engine.view(call, engine.family_of("ImageVersion"), record)


def delete_image_version(call: Call) -> View:
    """Answer ``DeleteImageVersion``."""
    return engine.remove(call, engine.family_of("ImageVersion"), _image_version(call))


def aliases(call: Call) -> View:
    """Answer ``ListAliases``."""
    image = call.named("Image", "ImageName")
    number, alias = call.params.get("Version"), call.params.get("Alias")
    found = [
        name
        for record in call.resources.children("ImageVersion", image.name)
        for name in record.doc.get("Aliases", ())
        if number in {None, record.doc["Version"]} and alias in {None, name}
    ]
    return answer(call, "SageMakerImageVersionAliases", found)


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
