"""Feature groups and what is noted about their features."""

from __future__ import annotations

from awsshadow.sandbox import engine
from awsshadow.sandbox.refusal import NOT_FOUND, Refusal, invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.call import Call
    from awsshadow.sandbox.engine import View
    from awsshadow.sandbox.resources import Record


def create(call: Call) -> View:
    """Answer ``CreateFeatureGroup``."""
    family = engine.family_of("FeatureGroup")
    params = {**call.params, "FeatureNotes": {}}
    names = [f["FeatureName"] for f in params["FeatureDefinitions"]]
    for member in ("RecordIdentifierFeatureName", "EventTimeFeatureName"):
        if params[member] not in names:
            raise invalid(f"{member} {params[member]} is not among the feature definitions.")
    if "OfflineStoreConfig" in params:
        params["OfflineStoreStatus"] = {"Status": "Active"}
    return engine.view(call, family, engine.make(call, family, params))


def update(call: Call) -> View:
    """Answer ``UpdateFeatureGroup``."""
    family = engine.family_of("FeatureGroup")
    record = call.named("FeatureGroup", "FeatureGroupName")
    added = call.params.get("FeatureAdditions", [])
    names = {f["FeatureName"] for f in record.doc["FeatureDefinitions"]}
    for feature in added:
        if feature["FeatureName"] in names:
            raise invalid(f"Feature {feature['FeatureName']} already exists in feature group {record.name}.")
    record.doc["FeatureDefinitions"] += added
    for member in ("OnlineStoreConfig", "ThroughputConfig"):
        if member in call.params:
            record.doc[member] = {**record.doc.get(member, {}), **call.params[member]}
    record.doc["LastUpdateStatus"] = {"Status": "Successful"}
    record.become(None, record.plan, call.now)
    call.resources.save(record)
    return engine.view(call, family, record)


def describe_feature(call: Call) -> View:
    """Answer ``DescribeFeatureMetadata``."""
    record, feature = _feature(call)
    notes = record.doc["FeatureNotes"].get(feature["FeatureName"], {})
    parameters = [{"Key": k, "Value": v} for k, v in notes.get("Parameters", {}).items()]
    changed = notes.get("LastModifiedTime", record.created)
    shown = engine.view(call, engine.family_of("FeatureGroup"), record)
    return {
        **shown,
        **feature,
        "Description": notes.get("Description"),
        "Parameters": parameters,
        "LastModifiedTime": changed,
    }


def update_feature(call: Call) -> View:
    """Answer ``UpdateFeatureMetadata``."""
    record, feature = _feature(call)
    notes: dict[str, Any] = record.doc["FeatureNotes"].setdefault(feature["FeatureName"], {})
    if "Description" in call.params:
        notes["Description"] = call.params["Description"]
    parameters = notes.setdefault("Parameters", {})
    parameters.update({p["Key"]: p["Value"] for p in call.params.get("ParameterAdditions", ())})
    for key in call.params.get("ParameterRemovals", ()):
        parameters.pop(key, None)
    notes["LastModifiedTime"] = call.now
    call.resources.save(record)
    return {}


def _feature(call: Call) -> tuple[Record, dict[str, Any]]:
    record = call.named("FeatureGroup", "FeatureGroupName")
    for feature in record.doc["FeatureDefinitions"]:
        if feature["FeatureName"] == call.params["FeatureName"]:
            return record, feature
    raise Refusal(NOT_FOUND, f"Feature group {record.name} has no feature {call.params['FeatureName']}.")


OPERATIONS = {
    "CreateFeatureGroup": create,
    "UpdateFeatureGroup": update,
    "DescribeFeatureMetadata": describe_feature,
    "UpdateFeatureMetadata": update_feature,
}
