"""Model packages with their versions, and the policies of their groups."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import invalid
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.revision import revise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.request import Request, View


def create(request: Request) -> View:
    """A package in a group is a version of it and has a number; one outside has a name.

    The sentences are those that getmoto/moto pull request 7165 took from the service.
    """
    family = families.family("ModelPackage")
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
    family = families.family("ModelPackage")
    record = request.named("ModelPackage", "ModelPackageArn")
    params = {k: v for k, v in request.params.items() if k not in {"ModelPackageArn", "ClientToken"}}
    added = params.pop("AdditionalInferenceSpecificationsToAdd", [])
    if added:
        params["AdditionalInferenceSpecifications"] = [*record.doc.get("AdditionalInferenceSpecifications", ()), *added]
    revise(request, family, record.doc, params)
    record.become(None, record.plan, request.now)
    request.resources.save(record)
    return lifecycle.view(request, family, record)


def describe_many(request: Request) -> View:
    """Answer ``BatchDescribeModelPackage``."""
    family = families.family("ModelPackage")
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
    """Without a group: packages that are no versions, unless both kinds are asked for. A list has no names of versions
    (aws/sagemaker-python-sdk issue 5606)."""
    family = families.family("ModelPackage")
    kind = request.params.get("ModelPackageType", "Unversioned")
    if "ModelPackageGroupName" in request.params:
        group = request.named("ModelPackageGroup", "ModelPackageGroupName")
        page = lifecycle.list_page(request.with_params(ModelPackageGroupName=group.name), family)
    else:
        kinds = {"Unversioned": [("parent", "=", "")], "Versioned": [("parent", "<>", "")]}
        page = lifecycle.list_page(request, family, *kinds.get(kind, ()))
    for package in page["ModelPackageSummaryList"]:
        if "ModelPackageVersion" in package:
            package.pop("ModelPackageName", None)
    return page


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
