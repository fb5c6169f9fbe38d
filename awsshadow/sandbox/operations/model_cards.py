"""Model cards: every change is a new version; exports of a version."""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.listing import answer
from awsshadow.sandbox.state.resources import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.lifecycle import View
    from awsshadow.sandbox.engine.request import Request

VERSION = "ModelCardVersion"


def create(request: Request) -> View:
    """Answer ``CreateModelCard``."""
    family = lifecycle.family_of("ModelCard")
    record = lifecycle.make(request, family, {**request.params, "ModelCardVersion": 1})
    _keep(request, record)
    return lifecycle.view(request, family, record)


def update(request: Request) -> View:
    """Answer ``UpdateModelCard``."""
    family = lifecycle.family_of("ModelCard")
    record = lifecycle.locate(request, family)
    number = record.doc["ModelCardVersion"] + 1
    record = lifecycle.change(request, family, {**request.params, "ModelCardVersion": number})
    _keep(request, record)
    return lifecycle.view(request, family, record)


def _keep(request: Request, card: Record) -> None:
    """Remember the card as it is now as one of its versions."""
    number = card.doc["ModelCardVersion"]
    key = f"{card.name}/{number}"
    record = Record(VERSION, key, card.name, None, card.doc, now=request.now, parent=card.name, status=card.status)
    request.resources.insert(record)


def _version(request: Request, card: Record, number: int) -> Record:
    record = request.resources.get(VERSION, f"{card.name}/{number}")
    if record is None:
        raise Refusal("ResourceNotFound", f"ModelCard {card.arn} has no version {number}.")
    return record


def describe(request: Request) -> View:
    """Answer ``DescribeModelCard``."""
    family = lifecycle.family_of("ModelCard")
    card = lifecycle.locate(request, family)
    shown = lifecycle.view(request, family, card)
    if "ModelCardVersion" in request.params:
        record = _version(request, card, request.params["ModelCardVersion"])
        shown.update(record.doc, ModelCardStatus=record.status, LastModifiedTime=record.created)
    return shown


def versions(request: Request) -> View:
    """Answer ``ListModelCardVersions``."""
    card = request.named("ModelCard", "ModelCardName")
    low, high = request.params.get("CreationTimeAfter", 0), request.params.get("CreationTimeBefore", float("inf"))
    found = [
        {**r.doc, "ModelCardArn": card.arn, "ModelCardStatus": r.status, "CreationTime": r.created}
        for r in request.resources.children(VERSION, card.name)
        if low <= r.created <= high and request.params.get("ModelCardStatus") in {None, r.status}
    ]
    if not request.params.get("SortOrder", "").startswith("A"):
        found.reverse()
    return answer(request, "ModelCardVersionSummaryList", found)


def delete(request: Request) -> View:
    """Answer ``DeleteModelCard``."""
    family = lifecycle.family_of("ModelCard")
    record = lifecycle.locate(request, family)
    for kind in (VERSION, "ModelCardExportJob"):
        for child in request.resources.children(kind, record.name):
            request.resources.remove(child)
    return lifecycle.remove(request, family, record)


def export(request: Request) -> View:
    """Nothing is written to S3; the artifact's name is where it would be."""
    family = lifecycle.family_of("ModelCardExportJob")
    card = request.named("ModelCard", "ModelCardName")
    number = request.params.get("ModelCardVersion", card.doc["ModelCardVersion"])
    _version(request, card, number)
    folder = request.params["OutputConfig"]["S3OutputPath"].rstrip("/")
    artifacts = {"S3ExportArtifacts": f"{folder}/{card.name}/{number}/{request.params['ModelCardExportJobName']}.pdf"}
    params = {**request.params, "ModelCardName": card.name, "ModelCardVersion": number, "ExportArtifacts": artifacts}
    return lifecycle.view(request, family, lifecycle.make(request, family, params))


OPERATIONS = {
    "CreateModelCard": create,
    "UpdateModelCard": update,
    "DescribeModelCard": describe,
    "DeleteModelCard": delete,
    "ListModelCardVersions": versions,
    "CreateModelCardExportJob": export,
}
