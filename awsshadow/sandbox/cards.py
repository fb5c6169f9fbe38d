"""Model cards: every change is a new version; exports of a version."""

from __future__ import annotations

from awsshadow.sandbox import engine
from awsshadow.sandbox.listing import answer
from awsshadow.sandbox.refusal import Refusal
from awsshadow.sandbox.resources import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.call import Call
    from awsshadow.sandbox.engine import View

VERSION = "ModelCardVersion"


def create(call: Call) -> View:
    """Answer ``CreateModelCard``."""
    family = engine.family_of("ModelCard")
    record = engine.make(call, family, {**call.params, "ModelCardVersion": 1})
    _keep(call, record)
    return engine.view(call, family, record)


def update(call: Call) -> View:
    """Answer ``UpdateModelCard``."""
    family = engine.family_of("ModelCard")
    record = engine.locate(call, family)
    number = record.doc["ModelCardVersion"] + 1
    record = engine.change(call, family, {**call.params, "ModelCardVersion": number})
    _keep(call, record)
    return engine.view(call, family, record)


def _keep(call: Call, card: Record) -> None:
    """Remember the card as it is now as one of its versions."""
    number = card.doc["ModelCardVersion"]
    key = f"{card.name}/{number}"
    record = Record(VERSION, key, card.name, None, card.doc, now=call.now, parent=card.name, status=card.status)
    call.resources.insert(record)


def _version(call: Call, card: Record, number: int) -> Record:
    record = call.resources.get(VERSION, f"{card.name}/{number}")
    if record is None:
        raise Refusal("ResourceNotFound", f"ModelCard {card.arn} has no version {number}.")
    return record


def describe(call: Call) -> View:
    """Answer ``DescribeModelCard``."""
    family = engine.family_of("ModelCard")
    card = engine.locate(call, family)
    shown = engine.view(call, family, card)
    if "ModelCardVersion" in call.params:
        record = _version(call, card, call.params["ModelCardVersion"])
        shown.update(record.doc, ModelCardStatus=record.status, LastModifiedTime=record.created)
    return shown


def versions(call: Call) -> View:
    """Answer ``ListModelCardVersions``."""
    card = call.named("ModelCard", "ModelCardName")
    low, high = call.params.get("CreationTimeAfter", 0), call.params.get("CreationTimeBefore", float("inf"))
    found = [
        {**r.doc, "ModelCardArn": card.arn, "ModelCardStatus": r.status, "CreationTime": r.created}
        for r in call.resources.children(VERSION, card.name)
        if low <= r.created <= high and call.params.get("ModelCardStatus") in {None, r.status}
    ]
    if not call.params.get("SortOrder", "").startswith("A"):
        found.reverse()
    return answer(call, "ModelCardVersionSummaryList", found)


def delete(call: Call) -> View:
    """Answer ``DeleteModelCard``."""
    family = engine.family_of("ModelCard")
    record = engine.locate(call, family)
    for kind in (VERSION, "ModelCardExportJob"):
        for child in call.resources.children(kind, record.name):
            call.resources.remove(child)
    return engine.remove(call, family, record)


def export(call: Call) -> View:
    """Nothing is written to S3; the artifact's name is where it would be."""
    family = engine.family_of("ModelCardExportJob")
    card = call.named("ModelCard", "ModelCardName")
    number = call.params.get("ModelCardVersion", card.doc["ModelCardVersion"])
    _version(call, card, number)
    folder = call.params["OutputConfig"]["S3OutputPath"].rstrip("/")
    artifacts = {"S3ExportArtifacts": f"{folder}/{card.name}/{number}/{call.params['ModelCardExportJobName']}.pdf"}
    params = {**call.params, "ModelCardName": card.name, "ModelCardVersion": number, "ExportArtifacts": artifacts}
    return engine.view(call, family, engine.make(call, family, params))


OPERATIONS = {
    "CreateModelCard": create,
    "UpdateModelCard": update,
    "DescribeModelCard": describe,
    "DeleteModelCard": delete,
    "ListModelCardVersions": versions,
    "CreateModelCardExportJob": export,
}
