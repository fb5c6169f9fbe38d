"""Contents of hubs with their versions, references to public contents, links to their files."""

from __future__ import annotations

from awsshadow.sandbox import engine, wording
from awsshadow.sandbox.listing import answer
from awsshadow.sandbox.plan import advance_shown
from awsshadow.sandbox.urls import link

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.call import Call
    from awsshadow.sandbox.engine import View
    from awsshadow.sandbox.resources import Record

REFERENCE = "ModelReference"
FIRST = "1.0.0"


def import_content(call: Call) -> View:
    """Answer ``ImportHubContent``."""
    hub = call.named("Hub", "HubName")
    return _add(call, hub, {"HubContentVersion": FIRST, **call.params})


def _add(call: Call, hub: Record, params: dict[str, Any]) -> View:
    family = engine.family_of("HubContent")
    params = {**params, "HubName": hub.name, "HubArn": hub.arn}
    parts = [params[m] for m in family.id]
    arn = call.arn(family.type, "/".join(parts))
    return engine.view(call, family, engine.make(call, family, params, arn=arn, key="/".join(parts)))


def add_reference(call: Call) -> View:
    """The public hub is not here; its ARN is taken on trust."""
    hub = call.named("Hub", "HubName")
    public = call.params["SageMakerPublicHubContentArn"]
    params = {
        "HubContentName": public.split("/")[3],
        **call.params,
        "HubContentType": REFERENCE,
        "HubContentVersion": call.params.get("MinVersion", FIRST),
        "ReferenceMinVersion": call.params.get("MinVersion"),
        "DocumentSchemaVersion": "2.0.0",
        "HubContentDocument": "{}",
    }
    if _versions(call, hub, REFERENCE, params["HubContentName"]):
        family = engine.family_of("HubContent")
        raise wording.taken(family, params["HubContentName"], f"{hub.arn}/{params['HubContentName']}", call.errors)
    return _add(call, hub, params)


def _versions(call: Call, hub: Record, kind: str, name: str) -> list[Record]:
    """Versions of one content, lowest number first."""
    where = "family=? AND parent=? AND name=?"
    found = call.resources.select(where, ("HubContent", f"{hub.name}/{kind}", name))
    return sorted(found, key=lambda record: _number(record.doc["HubContentVersion"]))


def _number(version: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in version.split(".")]


def _content(call: Call) -> Record:
    """The content that a request names, in the version it names or the newest."""
    hub, params = call.named("Hub", "HubName"), call.params
    kind, name, version = params["HubContentType"], params["HubContentName"], params.get("HubContentVersion")
    found = _versions(call, hub, kind, name)
    if version is not None:
        found = [r for r in found if r.doc["HubContentVersion"] == version]
    if not found:
        raise call.no_such(engine.family_of("HubContent"), "/".join(filter(None, (hub.name, kind, name, version))))
    return found[-1]


def describe(call: Call) -> View:
    """Answer ``DescribeHubContent``."""
    record = _content(call)
    shown = engine.view(call, engine.family_of("HubContent"), record)
    advance_shown(call.resources, record)
    return shown


def update(call: Call) -> View:
    """Answer ``UpdateHubContent``."""
    family = engine.family_of("HubContent")
    record = _content(call)
    params = {k: v for k, v in call.params.items() if k not in family.id}
    if "MinVersion" in params:
        params["ReferenceMinVersion"] = params.pop("MinVersion")
    record.doc.update(params)
    record.become(None, record.plan, call.now)
    call.resources.save(record)
    return engine.view(call, family, record)


def update_reference(call: Call) -> View:
    """Answer ``UpdateHubContentReference``."""
    call.params["HubContentType"] = REFERENCE
    return update(call)


def delete(call: Call) -> View:
    """Answer ``DeleteHubContent``."""
    return engine.remove(call, engine.family_of("HubContent"), _content(call))


def delete_reference(call: Call) -> View:
    """Answer ``DeleteHubContentReference``."""
    call.params["HubContentType"] = REFERENCE
    return delete(call)


def contents(call: Call) -> View:
    """The newest version of every content of a kind."""
    hub = call.named("Hub", "HubName")
    parent = f"{hub.name}/{call.params['HubContentType']}"
    newest: dict[str, Record] = {}
    for record in call.resources.children("HubContent", parent):
        best = newest.get(record.name)
        if best is None or _number(record.doc["HubContentVersion"]) > _number(best.doc["HubContentVersion"]):
            newest[record.name] = record
    return _listed(call, list(newest.values()))


def content_versions(call: Call) -> View:
    """Answer ``ListHubContentVersions``."""
    hub, params = call.named("Hub", "HubName"), call.params
    found = _versions(call, hub, params["HubContentType"], params["HubContentName"])
    lowest = _number(params.get("MinVersion", "0"))
    return _listed(call, [r for r in found if _number(r.doc["HubContentVersion"]) >= lowest])


def _listed(call: Call, records: list[Record]) -> View:
    params, family = call.params, engine.family_of("HubContent")
    low, high = params.get("CreationTimeAfter", 0), params.get("CreationTimeBefore", float("inf"))
    schema = _number(params.get("MaxSchemaVersion", "999999"))
    chosen = [
        r
        for r in records
        if low <= r.created <= high
        and params.get("NameContains", "") in r.name
        and _number(r.doc["DocumentSchemaVersion"]) <= schema
    ]
    keys = {"HubContentName": lambda r: r.name, "HubContentStatus": lambda r: r.status}
    chosen.sort(key=keys.get(params.get("SortBy", ""), lambda r: (r.created, r.id)))
    if not params.get("SortOrder", "").startswith("A"):
        chosen.reverse()
    shown = [{**engine.view(call, family, r), "OriginalCreationTime": r.created} for r in chosen]
    return answer(call, "HubContentSummaries", shown)


def presign(call: Call) -> View:
    """Answer ``CreateHubContentPresignedUrls``."""
    record = _content(call)
    url = link(call, f"hub-content/{record.key}")
    files = [{"Url": url, "LocalPath": record.name}]
    return answer(call, "AuthorizedUrlConfigs", files)


OPERATIONS = {
    "ImportHubContent": import_content,
    "CreateHubContentReference": add_reference,
    "DescribeHubContent": describe,
    "UpdateHubContent": update,
    "UpdateHubContentReference": update_reference,
    "DeleteHubContent": delete,
    "DeleteHubContentReference": delete_reference,
    "ListHubContents": contents,
    "ListHubContentVersions": content_versions,
    "CreateHubContentPresignedUrls": presign,
}
