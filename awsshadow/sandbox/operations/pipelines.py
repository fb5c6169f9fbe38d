"""Pipelines and their versions. A definition in S3 counts as one without steps where no S3 is there to read it from."""

from __future__ import annotations

import json

from awsshadow.model import families
from awsshadow.sandbox.contract import pipeline_definitions
from awsshadow.sandbox.contract.service_errors import NOT_FOUND, Refusal, invalid
from awsshadow.sandbox.engine import lifecycle, listing, objects
from awsshadow.sandbox.engine.transitions import advance_shown
from awsshadow.sandbox.state.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View

VERSION = "PipelineVersion"
#: What follows is known of values of the wrong kind only (aws/sagemaker-python-sdk issues 2345 and 3908).
_UNREADABLE = "Unable to parse pipeline definition."


def create(request: Request) -> View:
    """Answer ``CreatePipeline``."""
    family = families.family("Pipeline")
    params = {**request.params, **_definition(request)}
    record = lifecycle.make(request, family, params)
    _add_version(request, record)
    return lifecycle.view(request, family, record)


def update(request: Request) -> View:
    """Answer ``UpdatePipeline``."""
    record = request.named("Pipeline", "PipelineName")
    params = {k: v for k, v in request.params.items() if k not in {"PipelineName", "PipelineDefinitionS3Location"}}
    changed = "PipelineDefinition" in request.params or "PipelineDefinitionS3Location" in request.params
    record.doc.update(params, **_definition(request) if changed else {})
    record.become(None, [], request.now)
    request.resources.save(record)
    if changed:
        _add_version(request, record)
    return {
        **lifecycle.view(request, families.family("Pipeline"), record),
        "PipelineVersionId": record.doc["Version"],
    }


def _definition(request: Request) -> dict[str, Any]:
    text = request.params.get("PipelineDefinition")
    if text is None:
        text = _in_s3(request)
    if text is None:
        return {"PipelineDefinition": json.dumps({"Version": "2020-12-01", "Steps": []})}
    try:
        definition = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise invalid(f"{_UNREADABLE} Pipeline definition is not JSON: {error}") from error
    if not isinstance(definition, dict):
        raise invalid(f"{_UNREADABLE} Expecting start of Json Object.")
    if not isinstance(definition.get("Version"), str):
        raise invalid(f"{_UNREADABLE} It must have a Version.")
    if not isinstance(definition.get("Steps", []), list):
        raise invalid(f"{_UNREADABLE} Expecting start of Json Array.")
    pipeline_definitions.check(definition)
    return {"PipelineDefinition": text}


def _in_s3(request: Request) -> str | None:
    """The text of a definition in S3, None where no S3 is there. Raises Refusal when it is missing there."""
    place = request.params.get("PipelineDefinitionS3Location")
    if place is None:
        raise invalid("Either PipelineDefinition or PipelineDefinitionS3Location must be given.")
    try:
        body = objects.read(request, place)
        return None if body is None else body.decode()
    except objects.MissingError:
        raise invalid(f"There is no pipeline definition at s3://{place['Bucket']}/{place['ObjectKey']}.") from None
    except UnicodeDecodeError as error:
        raise invalid(f"Unable to parse pipeline definition. Pipeline definition is not JSON: {error}") from error


def _add_version(request: Request, record: Record) -> None:
    number = request.resources.next_number("pipeline-version", record.name)
    record.doc["Version"] = number
    request.resources.save(record)
    doc = {
        "PipelineArn": record.arn,
        "PipelineVersionId": number,
        "PipelineDefinition": record.doc["PipelineDefinition"],
        "PipelineVersionAliases": request.params.get("PipelineVersionAliases"),
    }
    key = f"{record.name}/{number}"
    request.resources.insert(Record(VERSION, key, doc, now=request.now, parent=record.name))


def describe(request: Request) -> View:
    """Answer ``DescribePipeline``."""
    record = request.named("Pipeline", "PipelineName")
    shown = lifecycle.view(request, families.family("Pipeline"), record)
    if "PipelineVersionId" in request.params or "PipelineVersionAlias" in request.params:
        version = version_of(
            request, record, request.params.get("PipelineVersionId"), request.params.get("PipelineVersionAlias")
        )
        shown.update(version.doc)
    advance_shown(request, record)
    return shown


def version_of(request: Request, pipeline: Record, number: int | None, alias: str | None) -> Record:
    """The version of a number or alias, the newest for neither."""
    if number is None and alias is None:
        number = pipeline.doc["Version"]
    for version in request.resources.find(VERSION, parent=pipeline.name):
        aliases = version.doc["PipelineVersionAliases"] or []
        if version.doc["PipelineVersionId"] == number or (number is None and alias in aliases):
            return version
    wanted = f"version {number}" if number is not None else f"version alias {alias}"
    raise Refusal(NOT_FOUND, f"Pipeline '{pipeline.arn}' has no {wanted}.")


def list_versions(request: Request) -> View:
    """Answer ``ListPipelineVersions``."""
    record = request.named("Pipeline", "PipelineName")
    versions = request.resources.find(VERSION, parent=record.name)
    shown = [{**v.doc, "CreationTime": v.created} for v in versions]
    return listing.answer(request, "PipelineVersionSummaries", shown, filters=listing.MADE, sort=listing.BY_AGE)


def update_version(request: Request) -> View:
    """Answer ``UpdatePipelineVersion``."""
    pipeline = request.named("Pipeline", "PipelineArn")
    version = version_of(request, pipeline, request.params["PipelineVersionId"], None)
    for member in ("PipelineVersionDisplayName", "PipelineVersionDescription"):
        if member in request.params:
            version.doc[member] = request.params[member]
    change = request.params.get("PipelineVersionAliasOperations", {})
    kept = [a for a in version.doc["PipelineVersionAliases"] or [] if a not in change.get("Remove", ())]
    version.doc["PipelineVersionAliases"] = list(dict.fromkeys([*kept, *change.get("Add", ())]))
    request.resources.save(version)
    return version.doc
