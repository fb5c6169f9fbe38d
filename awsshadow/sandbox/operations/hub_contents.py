"""Contents of hubs with their versions, references to public contents, links to their files."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract import error_messages
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.listing import MADE, answer
from awsshadow.sandbox.engine.transitions import advance_shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.records import Record

REFERENCE = "ModelReference"
FIRST = "1.0.0"


def import_content(request: Request) -> View:
    """Answer ``ImportHubContent``."""
    hub = request.named("Hub", "HubName")
    return _add(request, hub, {"HubContentVersion": FIRST, **request.params})


def _add(request: Request, hub: Record, params: dict[str, Any]) -> View:
    family = families.family("HubContent")
    params = {**params, "HubName": hub.name, "HubArn": hub.arn}
    parts = [params[m] for m in family.id]
    arn = request.arn_of(family, "/".join(parts))
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
        family = families.family("HubContent")
        raise error_messages.taken(
            family, params["HubContentName"], f"{hub.arn}/{params['HubContentName']}", request.errors
        )
    return _add(request, hub, params)


def _versions(request: Request, hub: Record, kind: str, name: str) -> list[Record]:
    """Versions of one content, lowest number first."""
    found = request.resources.find("HubContent", parent=f"{hub.name}/{kind}", name=name)
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
        raise request.no_such(families.family("HubContent"), "/".join(filter(None, (hub.name, kind, name, version))))
    return found[-1]


def describe(request: Request) -> View:
    """Answer ``DescribeHubContent``."""
    record = _content(request)
    shown = lifecycle.view(request, families.family("HubContent"), record)
    advance_shown(request, record)
    return shown


def update(request: Request) -> View:
    """Answer ``UpdateHubContent``."""
    family = families.family("HubContent")
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
    return update(request.with_params(HubContentType=REFERENCE))


def delete(request: Request) -> View:
    """Answer ``DeleteHubContent``."""
    return lifecycle.remove(request, families.family("HubContent"), _content(request))


def delete_reference(request: Request) -> View:
    """Answer ``DeleteHubContentReference``."""
    return delete(request.with_params(HubContentType=REFERENCE))


def contents(request: Request) -> View:
    """The newest version of every content of a kind."""
    hub = request.named("Hub", "HubName")
    parent = f"{hub.name}/{request.params['HubContentType']}"
    newest: dict[str, Record] = {}
    for record in request.resources.find("HubContent", parent=parent):
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
    family = families.family("HubContent")
    schema = _number(request.params.get("MaxSchemaVersion", "999999"))
    chosen = [r for r in records if _number(r.doc["DocumentSchemaVersion"]) <= schema]
    chosen.sort(key=lambda record: (record.created, record.id))
    shown = [{**lifecycle.view(request, family, r), "OriginalCreationTime": r.created} for r in chosen]
    filters = {**MADE, "NameContains": ("contains", "HubContentName")}
    sort = {member: member for member in ("HubContentName", "HubContentStatus")}
    return answer(request, "HubContentSummaries", shown, filters=filters, sort=sort)


def presign(request: Request) -> View:
    """Answer ``CreateHubContentPresignedUrls``."""
    record = _content(request)
    url = request.link(f"hub-content/{record.key}")
    files = [{"Url": url, "LocalPath": record.name}]
    return answer(request, "AuthorizedUrlConfigs", files)
