"""Model cards: every change is a new version; exports of a version."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.engine import lifecycle, objects
from awsshadow.sandbox.engine.listing import BY_AGE, MADE, answer
from awsshadow.sandbox.operations.model_card_pdf import rendered
from awsshadow.sandbox.state.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.request import Request, View

VERSION = "ModelCardVersion"


def create(request: Request) -> View:
    """Answer ``CreateModelCard``."""
    family = families.family("ModelCard")
    record = lifecycle.make(request, family, {**request.params, "ModelCardVersion": 1})
    _keep(request, record)
    return lifecycle.view(request, family, record)


def update(request: Request) -> View:
    """Answer ``UpdateModelCard``."""
    family = families.family("ModelCard")
    record = lifecycle.locate(request, family)
    number = record.doc["ModelCardVersion"] + 1
    record = lifecycle.change(request, family, {**request.params, "ModelCardVersion": number})
    _keep(request, record)
    return lifecycle.view(request, family, record)


def _keep(request: Request, card: Record) -> None:
    """Remember the card as it is now as one of its versions."""
    number = card.doc["ModelCardVersion"]
    key = f"{card.name}/{number}"
    record = Record(VERSION, key, card.doc, now=request.now, name=card.name, parent=card.name, status=card.status)
    request.resources.insert(record)


def _version(request: Request, card: Record, number: int) -> Record:
    record = request.resources.get(VERSION, f"{card.name}/{number}")
    if record is None:
        raise Refusal("ResourceNotFound", f"ModelCard {card.arn} has no version {number}.")
    return record


def describe(request: Request) -> View:
    """Answer ``DescribeModelCard``."""
    family = families.family("ModelCard")
    card = lifecycle.locate(request, family)
    shown = lifecycle.view(request, family, card)
    if "ModelCardVersion" in request.params:
        record = _version(request, card, request.params["ModelCardVersion"])
        shown.update(record.doc, ModelCardStatus=record.status, LastModifiedTime=record.created)
    return shown


def versions(request: Request) -> View:
    """Answer ``ListModelCardVersions``."""
    card = request.named("ModelCard", "ModelCardName")
    shown = [
        {
            **version.doc, "ModelCardArn": card.arn, "ModelCardStatus": version.status,
            "CreationTime": version.created, "LastModifiedTime": version.created,
        }
        for version in request.resources.find(VERSION, parent=card.name)
    ]  # fmt: skip
    filters = {**MADE, "ModelCardStatus": ("=", "ModelCardStatus")}
    return answer(request, "ModelCardVersionSummaryList", shown, filters=filters, sort=BY_AGE)


def delete(request: Request) -> View:
    """Answer ``DeleteModelCard``."""
    family = families.family("ModelCard")
    record = lifecycle.locate(request, family)
    for kind in (VERSION, "ModelCardExportJob"):
        for child in request.resources.find(kind, parent=record.name):
            request.resources.remove(child)
    return lifecycle.remove(request, family, record)


def export(request: Request) -> View:
    """Answer ``CreateModelCardExportJob``: the document is written where an S3 with its bucket is there."""
    family = families.family("ModelCardExportJob")
    card = request.named("ModelCard", "ModelCardName")
    number = request.params.get("ModelCardVersion", card.doc["ModelCardVersion"])
    version = _version(request, card, number)
    folder = request.params["OutputConfig"]["S3OutputPath"].rstrip("/")
    artifacts = {"S3ExportArtifacts": f"{folder}/{card.name}/{number}/{request.params['ModelCardExportJobName']}.pdf"}
    params = {**request.params, "ModelCardName": card.name, "ModelCardVersion": number, "ExportArtifacts": artifacts}
    job = lifecycle.make(request, family, params)
    objects.store(request, artifacts["S3ExportArtifacts"], rendered(card.name, version.doc["Content"]))
    return lifecycle.view(request, family, job)
