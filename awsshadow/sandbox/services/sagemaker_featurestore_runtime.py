"""Records of feature groups: the online store. What goes to the offline store alone is checked and not kept.

A record of an older event time does not take the place of a newer one, deletions included (Feature Store developer
guide, "Ingestion"; API reference, PutRecord and DeleteRecord). Sentences are invented.
"""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.services.values import iso, moment
from awsshadow.sandbox.state.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.services.served import ServiceRequest

    Features = list[dict[str, Any]]

INVALID = "ValidationError"
NOT_FOUND = "ResourceNotFound"
#: The family of the records; they lie in their feature group and go with it.
RECORD = "FeatureRecord"
_UNITS = {"Seconds": 1, "Minutes": 60, "Hours": 3600, "Days": 86_400, "Weeks": 604_800}
#: Identifiers of a page when no number is asked for.
_PAGE = 100


def put(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``PutRecord``."""
    params = request.params
    _put(request, _group(request, params["FeatureGroupName"]), params["Record"], params)
    return {}


def get(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``GetRecord``; without a record the answer has none."""
    params = request.params
    group = _online(_group(request, params["FeatureGroupName"]))
    found = _shown(request, group, params["RecordIdentifierValueAsString"], params)
    return found or {}


def delete(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``DeleteRecord``; a soft deletion stays as a mark, against records of an older time."""
    params = request.params
    group, event = _group(request, params["FeatureGroupName"]), _moment(params["EventTime"])
    identifier = params["RecordIdentifierValueAsString"]
    if "OnlineStore" not in _stores(group, params.get("TargetStores")):
        return {}
    kept = request.resources.get(RECORD, _key(group, identifier))
    if kept is not None and event < kept.doc["EventTime"]:
        return {}
    if params.get("DeletionMode") == "HardDelete":
        if kept is not None:
            request.resources.remove(kept)
        return {}
    _keep(request, group, identifier, {"Record": [], "EventTime": event, "Deleted": True})
    return {}


def batch_get(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``BatchGetRecord``; what is not there is left out, a group that is not there is an error of its own."""
    records, errors = [], []
    for asked in request.params["Identifiers"]:
        name = asked["FeatureGroupName"]
        for identifier in asked["RecordIdentifiersValueAsString"]:
            about = {"FeatureGroupName": name, "RecordIdentifierValueAsString": identifier}
            try:
                group = _online(_group(request, name))
                found = _shown(request, group, identifier, {**request.params, **asked})
            except Refusal as refusal:
                errors.append({**about, "ErrorCode": refusal.code, "ErrorMessage": refusal.message})
                continue
            if found:
                records.append({**about, **found})
    return {"Records": records, "Errors": errors, "UnprocessedIdentifiers": []}


def batch_write(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``BatchWriteRecord``: each entry by itself."""
    errors = []
    for entry in request.params["Entries"]:
        try:
            group = _group(request, entry["FeatureGroupName"])
            _put(request, group, entry["Record"], {"TtlDuration": request.params.get("TtlDuration"), **entry})
        except Refusal as refusal:
            errors.append({"Entry": entry, "ErrorCode": refusal.code, "ErrorMessage": refusal.message})
    return {"Errors": errors, "UnprocessedEntries": []}


def update(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``UpdateRecord``: features that are named take the place of those of the record."""
    params = request.params
    group = _online(_group(request, params["FeatureGroupName"]))
    identifier = params["RecordIdentifierValueAsString"]
    kept = request.resources.get(RECORD, _key(group, identifier))
    if kept is None or not _is_shown(request, kept):
        raise Refusal(NOT_FOUND, f"Feature group {group.name} has no record {identifier}.")
    features = {feature["FeatureName"]: feature for feature in kept.doc["Record"]}
    features |= {feature["FeatureName"]: feature for feature in params["Features"]}
    _put(request, group, list(features.values()), params, identifier)
    return {}


def listed(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``ListRecords``: identifiers, oldest record first."""
    params = request.params
    group = _online(_group(request, params["FeatureGroupName"]))
    deleted = params.get("IncludeSoftDeletedRecords", False)
    found = [
        record.name
        for record in request.resources.find(RECORD, parent=group.key)
        if _is_shown(request, record) or (deleted and record.doc.get("Deleted"))
    ]
    token = params.get("NextToken", "0")
    if not (token.isascii() and token.isdigit()):
        raise Refusal(INVALID, "The NextToken is not one of this operation.")
    begin, size = int(token[:18]), params.get("MaxResults", _PAGE)
    more = begin + size < len(found)
    return {"RecordIdentifiers": found[begin : begin + size], "NextToken": str(begin + size) if more else None}


def _group(request: ServiceRequest, name: str) -> Record:
    """The feature group of a name or an ARN. Raises Refusal unless it is there and Created."""
    found = request.resources.get("FeatureGroup", name)
    if found is None:
        raise Refusal(NOT_FOUND, f"Feature Group {name} does not exist.")
    if found.status != "Created":
        raise Refusal(INVALID, f"Feature Group {name} is not Created: its status is {found.status}.")
    return found


def _stores(group: Record, wanted: list[str] | None) -> list[str]:
    """The stores that a call is for: those asked for, or all that the group has. Raises Refusal."""
    online = (group.doc.get("OnlineStoreConfig") or {}).get("EnableOnlineStore", False)
    has = [
        store
        for store, there in (("OnlineStore", online), ("OfflineStore", "OfflineStoreConfig" in group.doc))
        if there
    ]
    for store in wanted or ():
        if store not in has:
            raise Refusal(INVALID, f"The {store} is not enabled for Feature Group {group.name}.")
    return wanted or has


def _online(group: Record) -> Record:
    _stores(group, ["OnlineStore"])
    return group


def _put(
    request: ServiceRequest, group: Record, features: Features, params: dict[str, Any], identifier: str | None = None
) -> None:
    values = _checked(group, features)
    own = group.doc["RecordIdentifierFeatureName"]
    if identifier is not None and values[own] != identifier:
        raise Refusal(INVALID, f"The record identifier {own} cannot be changed.")
    event = _moment(str(values[group.doc["EventTimeFeatureName"]]))
    if "OnlineStore" not in _stores(group, params.get("TargetStores")):
        return
    kept = request.resources.get(RECORD, _key(group, str(values[own])))
    if kept is not None and event < kept.doc["EventTime"]:
        return
    doc: dict[str, Any] = {"Record": features, "EventTime": event}
    span = params.get("TtlDuration") or (group.doc.get("OnlineStoreConfig") or {}).get("TtlDuration")
    if span:
        doc["ExpiresAt"] = event + span["Value"] * _UNITS[span["Unit"]]
    _keep(request, group, str(values[own]), doc)


def _checked(group: Record, features: Features) -> dict[str, Any]:
    """The values by the names of their features. Raises Refusal for a record that the group cannot hold."""
    types = {feature["FeatureName"]: feature["FeatureType"] for feature in group.doc["FeatureDefinitions"]}
    values: dict[str, Any] = {}
    for feature in features:
        name = feature["FeatureName"]
        if name not in types:
            raise Refusal(INVALID, f"Feature {name} is not in the definitions of Feature Group {group.name}.")
        if name in values:
            raise Refusal(INVALID, f"Feature {name} is in the record more than once.")
        text = feature.get("ValueAsString")
        if (text is None) == ("ValueAsStringList" not in feature):
            raise Refusal(INVALID, f"Feature {name} needs one of ValueAsString and ValueAsStringList.")
        for value in [text] if text is not None else feature["ValueAsStringList"]:
            _check_type(name, value, types[name])
        values[name] = text if text is not None else feature["ValueAsStringList"]
    for member in ("RecordIdentifierFeatureName", "EventTimeFeatureName"):
        if not isinstance(values.get(group.doc[member]), str):
            raise Refusal(INVALID, f"The record has no value of {group.doc[member]}, which is the {member}.")
    return values


def _check_type(name: str, value: str, kind: str) -> None:
    try:
        {"Integral": int, "Fractional": float}.get(kind, str)(value)
    except ValueError:
        raise Refusal(INVALID, f"Feature {name} is {kind}: its value cannot be {value[:100]!r}.") from None


def _moment(text: str) -> float:
    """An event time: seconds since the epoch or ISO 8601. Raises Refusal for what is neither."""
    try:
        return moment(text)
    except ValueError:
        raise Refusal(INVALID, f"The event time {text[:100]!r} is neither a number nor ISO 8601.") from None


def _key(group: Record, identifier: str) -> str:
    return f"{group.key}/{identifier}"


def _keep(request: ServiceRequest, group: Record, identifier: str, doc: dict[str, Any]) -> None:
    kept = request.resources.get(RECORD, _key(group, identifier))
    if kept is None:
        record = Record(RECORD, _key(group, identifier), doc, now=request.now, name=identifier, parent=group.key)
        request.resources.insert(record)
    else:
        kept.doc = doc
        kept.modified = request.now
        request.resources.save(kept)


def _is_shown(request: ServiceRequest, record: Record) -> bool:
    return not record.doc.get("Deleted") and record.doc.get("ExpiresAt", request.now + 1) > request.now


def _shown(request: ServiceRequest, group: Record, identifier: str, params: dict[str, Any]) -> dict[str, Any] | None:
    """``Record`` and, when it is asked for, ``ExpiresAt``; None without a record."""
    kept = request.resources.get(RECORD, _key(group, identifier))
    if kept is None or not _is_shown(request, kept):
        return None
    wanted = params.get("FeatureNames")
    known = [feature["FeatureName"] for feature in group.doc["FeatureDefinitions"]]
    for name in wanted or ():
        if name not in known:
            raise Refusal(INVALID, f"Feature {name} is not in the definitions of Feature Group {group.name}.")
    features = [feature for feature in kept.doc["Record"] if wanted is None or feature["FeatureName"] in wanted]
    expires = kept.doc.get("ExpiresAt") if params.get("ExpirationTimeResponse") == "Enabled" else None
    return {"Record": features, "ExpiresAt": None if expires is None else iso(expires)}


OPERATIONS = {
    "PutRecord": put,
    "GetRecord": get,
    "DeleteRecord": delete,
    "BatchGetRecord": batch_get,
    "BatchWriteRecord": batch_write,
    "UpdateRecord": update,
    "ListRecords": listed,
}
READING = frozenset({"GetRecord", "BatchGetRecord", "ListRecords"})
