"""Feature groups and what is noted about their features."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import NOT_FOUND, Refusal, invalid
from awsshadow.sandbox.engine import lifecycle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.records import Record


def create(request: Request) -> View:
    """Answer ``CreateFeatureGroup``."""
    family = families.family("FeatureGroup")
    params = {**request.params, "FeatureNotes": {}}
    names = [f["FeatureName"] for f in params["FeatureDefinitions"]]
    for member in ("RecordIdentifierFeatureName", "EventTimeFeatureName"):
        if params[member] not in names:
            raise invalid(f"{member} {params[member]} is not among the feature definitions.")
    if "OfflineStoreConfig" in params:
        params["OfflineStoreStatus"] = {"Status": "Active"}
        params["OfflineStoreConfig"] = _offline_store(request, params["OfflineStoreConfig"])
    return lifecycle.view(request, family, lifecycle.make(request, family, params))


def _offline_store(request: Request, config: dict[str, Any]) -> dict[str, Any]:
    """The offline store with the place and the table that the service makes of the request.

    Their form is that of descriptions in public tests (aws/sagemaker-python-sdk, datahub-project/datahub): the name of
    the group and the seconds of its creation, below account and region.
    """
    resources = request.resources
    name = f"{request.params['FeatureGroupName']}-{int(request.now)}"
    storage = config["S3StorageConfig"]
    place = f"{resources.account}/sagemaker/{resources.region}/offline-store/{name}/data"
    shown = {**config, "S3StorageConfig": {**storage, "ResolvedOutputS3Uri": f"{storage['S3Uri'].rstrip('/')}/{place}"}}
    if not config.get("DisableGlueTableCreation"):
        table = name.lower().replace("-", "_")
        made = {"TableName": table, "Catalog": "AwsDataCatalog", "Database": "sagemaker_featurestore"}
        shown.setdefault("DataCatalogConfig", made)
    return shown


def update(request: Request) -> View:
    """Answer ``UpdateFeatureGroup``."""
    family = families.family("FeatureGroup")
    record = request.named("FeatureGroup", "FeatureGroupName")
    added = request.params.get("FeatureAdditions", [])
    names = {f["FeatureName"] for f in record.doc["FeatureDefinitions"]}
    for feature in added:
        if feature["FeatureName"] in names:
            raise invalid(f"Feature {feature['FeatureName']} already exists in feature group {record.name}.")
    failure = request.faults.failure(family, record.name, "update", usual="Failed")
    if failure:
        # Its status stays; how the last update went is said beside it.
        record.doc["LastUpdateStatus"] = {"Status": "Failed", "FailureReason": failure[1]}
        record.become(None, record.plan, request.now)
        request.resources.save(record)
        return lifecycle.view(request, family, record)
    record.doc["FeatureDefinitions"] += added
    for member in ("OnlineStoreConfig", "ThroughputConfig"):
        if member in request.params:
            record.doc[member] = {**record.doc.get(member, {}), **request.params[member]}
    record.doc["LastUpdateStatus"] = {"Status": "Successful"}
    record.become(None, record.plan, request.now)
    request.resources.save(record)
    return lifecycle.view(request, family, record)


def describe_feature(request: Request) -> View:
    """Answer ``DescribeFeatureMetadata``."""
    record, feature = _feature(request)
    notes = record.doc["FeatureNotes"].get(feature["FeatureName"], {})
    parameters = [{"Key": k, "Value": v} for k, v in notes.get("Parameters", {}).items()]
    changed = notes.get("LastModifiedTime", record.created)
    shown = lifecycle.view(request, families.family("FeatureGroup"), record)
    return {
        **shown,
        **feature,
        "Description": notes.get("Description"),
        "Parameters": parameters,
        "LastModifiedTime": changed,
    }


def update_feature(request: Request) -> View:
    """Answer ``UpdateFeatureMetadata``."""
    record, feature = _feature(request)
    notes: dict[str, Any] = record.doc["FeatureNotes"].setdefault(feature["FeatureName"], {})
    if "Description" in request.params:
        notes["Description"] = request.params["Description"]
    parameters = notes.setdefault("Parameters", {})
    parameters.update({p["Key"]: p["Value"] for p in request.params.get("ParameterAdditions", ())})
    for key in request.params.get("ParameterRemovals", ()):
        parameters.pop(key, None)
    notes["LastModifiedTime"] = request.now
    request.resources.save(record)
    return {}


def _feature(request: Request) -> tuple[Record, dict[str, Any]]:
    record = request.named("FeatureGroup", "FeatureGroupName")
    for feature in record.doc["FeatureDefinitions"]:
        if feature["FeatureName"] == request.params["FeatureName"]:
            return record, feature
    raise Refusal(NOT_FOUND, f"Feature group {record.name} has no feature {request.params['FeatureName']}.")
