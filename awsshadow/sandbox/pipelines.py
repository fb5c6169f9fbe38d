"""Pipelines and their versions. A definition in S3 cannot be read, so it counts as one without steps."""

from __future__ import annotations

import json

from awsshadow.sandbox import engine, listing
from awsshadow.sandbox.plan import advance_shown
from awsshadow.sandbox.refusal import NOT_FOUND, Refusal, invalid
from awsshadow.sandbox.resources import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.call import Call
    from awsshadow.sandbox.engine import View

VERSION = "PipelineVersion"


def create(call: Call) -> View:
    """Answer ``CreatePipeline``."""
    family = engine.family_of("Pipeline")
    params = {**call.params, **_definition(call.params)}
    record = engine.make(call, family, params)
    _add_version(call, record)
    return engine.view(call, family, record)


def update(call: Call) -> View:
    """Answer ``UpdatePipeline``."""
    record = call.named("Pipeline", "PipelineName")
    params = {k: v for k, v in call.params.items() if k not in {"PipelineName", "PipelineDefinitionS3Location"}}
    changed = "PipelineDefinition" in call.params or "PipelineDefinitionS3Location" in call.params
    record.doc.update(params, **_definition(call.params) if changed else {})
    record.become(None, [], call.now)
    call.resources.save(record)
    if changed:
        _add_version(call, record)
    return {**engine.view(call, engine.family_of("Pipeline"), record), "PipelineVersionId": record.doc["Version"]}


def _definition(params: dict[str, Any]) -> dict[str, Any]:
    text = params.get("PipelineDefinition")
    if text is None:
        if "PipelineDefinitionS3Location" not in params:
            raise invalid("Either PipelineDefinition or PipelineDefinitionS3Location must be given.")
        return {"PipelineDefinition": json.dumps({"Version": "2020-12-01", "Steps": []})}
    try:
        definition = json.loads(text)
    except ValueError as error:
        raise invalid(f"Unable to parse pipeline definition. Pipeline definition is not JSON: {error}") from error
    if not isinstance(definition, dict) or not isinstance(definition.get("Steps", []), list):
        raise invalid("Unable to parse pipeline definition. It must be an object with a list of Steps.")
    return {"PipelineDefinition": text}


def _add_version(call: Call, record: Record) -> None:
    number = call.resources.next_number("pipeline-version", record.name)
    record.doc["Version"] = number
    call.resources.save(record)
    doc = {
        "PipelineArn": record.arn,
        "PipelineVersionId": number,
        "PipelineDefinition": record.doc["PipelineDefinition"],
        "PipelineVersionAliases": call.params.get("PipelineVersionAliases"),
    }
    key = f"{record.name}/{number}"
    call.resources.insert(Record(VERSION, key, key, None, doc, now=call.now, parent=record.name))


def describe(call: Call) -> View:
    """Answer ``DescribePipeline``."""
    record = call.named("Pipeline", "PipelineName")
    shown = engine.view(call, engine.family_of("Pipeline"), record)
    if "PipelineVersionId" in call.params or "PipelineVersionAlias" in call.params:
        version = version_of(
            call, record, call.params.get("PipelineVersionId"), call.params.get("PipelineVersionAlias")
        )
        shown.update(version.doc)
    advance_shown(call.resources, record)
    return shown


def version_of(call: Call, pipeline: Record, number: int | None, alias: str | None) -> Record:
    """The version of a number or alias, the newest for neither."""
    if number is None and alias is None:
        number = pipeline.doc["Version"]
    for version in call.resources.children(VERSION, pipeline.name):
        aliases = version.doc["PipelineVersionAliases"] or []
        if version.doc["PipelineVersionId"] == number or (number is None and alias in aliases):
            return version
    wanted = f"version {number}" if number is not None else f"version alias {alias}"
    raise Refusal(NOT_FOUND, f"Pipeline '{pipeline.arn}' has no {wanted}.")


def list_versions(call: Call) -> View:
    """Answer ``ListPipelineVersions``."""
    record = call.named("Pipeline", "PipelineName")
    low, high = call.params.get("CreatedAfter", 0), call.params.get("CreatedBefore", float("inf"))
    versions = [v for v in call.resources.children(VERSION, record.name) if low <= v.created <= high]
    if not call.params.get("SortOrder", "").startswith("A"):
        versions.reverse()
    shown = [{**v.doc, "CreationTime": v.created} for v in versions]
    return listing.answer(call, "PipelineVersionSummaries", shown)


def update_version(call: Call) -> View:
    """Answer ``UpdatePipelineVersion``."""
    pipeline = call.named("Pipeline", "PipelineArn")
    version = version_of(call, pipeline, call.params["PipelineVersionId"], None)
    for member in ("PipelineVersionDisplayName", "PipelineVersionDescription"):
        if member in call.params:
            version.doc[member] = call.params[member]
    change = call.params.get("PipelineVersionAliasOperations", {})
    kept = [a for a in version.doc["PipelineVersionAliases"] or [] if a not in change.get("Remove", ())]
    version.doc["PipelineVersionAliases"] = list(dict.fromkeys([*kept, *change.get("Add", ())]))
    call.resources.save(version)
    return version.doc


OPERATIONS = {
    "CreatePipeline": create,
    "UpdatePipeline": update,
    "DescribePipeline": describe,
    "ListPipelineVersions": list_versions,
    "UpdatePipelineVersion": update_version,
}
