"""Contents of hubs with their versions, references to public contents, links to their files."""

from __future__ import annotations

from awsshadow.sandbox.contract import error_messages
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.listing import answer
from awsshadow.sandbox.engine.transitions import advance_shown
from awsshadow.sandbox.operations.presigned_urls import link

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.lifecycle import View
    from awsshadow.sandbox.engine.request import Request
    from awsshadow.sandbox.state.resources import Record

REFERENCE = "ModelReference"
FIRST = "1.0.0"


def import_content(request: Request) -> View:
    """Answer ``ImportHubContent``."""
    hub = request.named("Hub", "HubName")
    return _add(request, hub, {"HubContentVersion": FIRST, **request.params})


def _add(request: Request, hub: Record, params: dict[str, Any]) -> View:
    family = lifecycle.family_of("HubContent")
    params = {**params, "HubName": hub.name, "HubArn": hub.arn}
    parts = [params[m] for m in family.id]
    arn = request.arn(family.type, "/".join(parts))
    return lifecycle.view(request, family, lifecycle.make(request, family, params, arn=arn, key="/".join(parts)))


def add_reference(request: Request) -> View:
    """The public hub is not here; its ARN is taken on trust."""
    hub = request.named("Hub", "HubName")
    public = request.params["SageMakerPublicHubContentArn"]
    params = {
        "HubContentName": public.split("/")[3],
        **request.params,
        "HubContentType": REFERENCE,
        "HubContentVersion": request.params.get("MinVersion", FIRST),
        "ReferenceMinVersion": request.params.get("MinVersion"),
        "DocumentSchemaVersion": "2.0.0",
        "HubContentDocument": "{}",
    }
    if _versions(request, hub, REFERENCE, params["HubContentName"]):
        family = lifecycle.family_of("HubContent")
        raise error_messages.taken(
            family, params["HubContentName"], f"{hub.arn}/{params['HubContentName']}", request.errors
        )
    return _add(request, hub, params)


def _versions(request: Request, hub: Record, kind: str, name: str) -> list[Record]:
    """Versions of one content, lowest number first."""
    where = "family=? AND parent=? AND name=?"
    found = request.resources.select(where, ("HubContent", f"{hub.name}/{kind}", name))
    return sorted(found, key=lambda record: _number(record.doc["HubContentVersion"]))


def _number(version: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in version.split(".")]


def _content(request: Request) -> Record:
    """The content that a request names, in the version it names or the newest."""
    hub, params = request.named("Hub", "HubName"), request.params
    kind, name, version = params["HubContentType"], params["HubContentName"], params.get("HubContentVersion")
    found = _versions(request, hub, kind, name)
    if version is not None:
        found = [r for r in found if r.doc["HubContentVersion"] == version]
    if not found:
        raise request.no_such(
            lifecycle.family_of("HubContent"), "/".join(filter(None, (hub.name, kind, name, version)))
        )
    return found[-1]


def describe(request: Request) -> View:
    """Answer ``DescribeHubContent``."""
    record = _content(request)
    shown = lifecycle.view(request, lifecycle.family_of("HubContent"), record)
    advance_shown(request, record)
    return shown


def update(request: Request) -> View:
    """Answer ``UpdateHubContent``."""
    family = lifecycle.family_of("HubContent")
    record = _content(request)
    params = {k: v for k, v in request.params.items() if k not in family.id}
    if "MinVersion" in params:
        params["ReferenceMinVersion"] = params.pop("MinVersion")
    record.doc.update(params)
    record.become(None, record.plan, request.now)
    request.resources.save(record)
    return lifecycle.view(request, family, record)


def update_reference(request: Request) -> View:
    """Answer ``UpdateHubContentReference``."""
    request.params["HubContentType"] = REFERENCE
    return update(request)


def delete(request: Request) -> View:
    """Answer ``DeleteHubContent``."""
    return lifecycle.remove(request, lifecycle.family_of("HubContent"), _content(request))


def delete_reference(request: Request) -> View:
    """Answer ``DeleteHubContentReference``."""
    request.params["HubContentType"] = REFERENCE
    return delete(request)


def contents(request: Request) -> View:
    """The newest version of every content of a kind."""
    hub = request.named("Hub", "HubName")
    parent = f"{hub.name}/{request.params['HubContentType']}"
    newest: dict[str, Record] = {}
    for record in request.resources.children("HubContent", parent):
        best = newest.get(record.name)
        if best is None or _number(record.doc["HubContentVersion"]) > _number(best.doc["HubContentVersion"]):
            newest[record.name] = record
    return _listed(request, list(newest.values()))


def content_versions(request: Request) -> View:
    """Answer ``ListHubContentVersions``."""
    hub, params = request.named("Hub", "HubName"), request.params
    found = _versions(request, hub, params["HubContentType"], params["HubContentName"])
    lowest = _number(params.get("MinVersion", "0"))
    return _listed(request, [r for r in found if _number(r.doc["HubContentVersion"]) >= lowest])


def _listed(request: Request, records: list[Record]) -> View:
    params, family = request.params, lifecycle.family_of("HubContent")
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
    shown = [{**lifecycle.view(request, family, r), "OriginalCreationTime": r.created} for r in chosen]
    return answer(request, "HubContentSummaries", shown)


def presign(request: Request) -> View:
    """Answer ``CreateHubContentPresignedUrls``."""
    record = _content(request)
    url = link(request, f"hub-content/{record.key}")
    files = [{"Url": url, "LocalPath": record.name}]
    return answer(request, "AuthorizedUrlConfigs", files)


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
