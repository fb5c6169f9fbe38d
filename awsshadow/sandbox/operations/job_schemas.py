"""Versions of the schemas of job configurations. Those of the service are its own; the sandbox takes any object."""

from __future__ import annotations

import json

from awsshadow.sandbox.engine.listing import answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.request import Request, View

#: The version there is, of every category.
VERSION = "1.0.0"
#: What job configurations are held to here.
SCHEMA = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}


def describe(request: Request) -> View:
    """Answer ``DescribeJobSchemaVersion``: of any version that is asked for, as jobs may name any."""
    return {"JobConfigSchemaVersion": VERSION, **request.params, "JobConfigSchema": json.dumps(SCHEMA)}


def list_versions(request: Request) -> View:
    """Answer ``ListJobSchemaVersions``."""
    return answer(request, "JobConfigSchemas", [{"JobConfigSchemaVersion": VERSION}])
