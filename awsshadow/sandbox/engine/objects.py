"""What requests say of S3, where an S3 is there: documents that are read and written, and things that must exist.

Whether there is one depends on how the sandbox is run (``services``, ``serving``). Without it every name of an object
is taken on trust. With ``strict`` a model without its artifact, a job without its input or its bucket is refused or
fails.

Sentences: model data aws/amazon-sagemaker-examples 2264, input data 2267 and 2414; the others are invented.
"""

from __future__ import annotations

from urllib.parse import quote

from awsshadow.model.families.references import found
from awsshadow.sandbox.contract.service_errors import invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Protocol

    from awsshadow.sandbox.engine.request import Request
    from awsshadow.sandbox.state.resources import Resources

    class Objects(Protocol):
        """An S3. ``strict``: what requests name has to be there."""

        strict: bool

        def follow(self, resources: Resources) -> None:
            """Forget what belongs to another state of the sandbox than this one. Needs a writing transaction."""

        def ask(self, method: str, target: str, body: bytes = b"") -> tuple[int, bytes]:
            """HTTP status and body of a call for ``/bucket/key?query``; status 0 when no S3 is there."""


class MissingError(Exception):
    """An S3 is there, and has no such object."""


#: Operation -> the paths of what the service looks for before it takes the request.
_MODEL_DATA = {
    "CreateModel": (
        "PrimaryContainer.ModelDataUrl",
        "PrimaryContainer.ModelDataSource.S3DataSource.S3Uri",
        "Containers.*.ModelDataUrl",
        "Containers.*.ModelDataSource.S3DataSource.S3Uri",
    ),
}
_INPUTS = {
    "CreateTrainingJob": ("InputDataConfig.*.DataSource.S3DataSource.S3Uri",),
    "CreateTransformJob": ("TransformInput.DataSource.S3DataSource.S3Uri",),
    "CreateAutoMLJobV2": ("AutoMLJobInputDataConfig.*.DataSource.S3DataSource.S3Uri",),
    "CreateAutoMLJob": ("InputDataConfig.*.DataSource.S3DataSource.S3Uri",),
}
#: Operation -> the paths of what a job finds out while it runs: inputs, and places whose bucket has to be there.
_LATE_INPUTS = {
    "CreateProcessingJob": ("ProcessingInputs.*.S3Input.S3Uri",),
    "CreateCompilationJob": ("InputConfig.S3Uri",),
    "CreateLabelingJob": ("InputConfig.DataSource.S3DataSource.ManifestS3Uri",),
}
_OUTPUTS = {
    "CreateTrainingJob": ("OutputDataConfig.S3OutputPath",),
    "CreateTransformJob": ("TransformOutput.S3OutputPath",),
    "CreateProcessingJob": ("ProcessingOutputConfig.Outputs.*.S3Output.S3Uri",),
    "CreateCompilationJob": ("OutputConfig.S3OutputLocation",),
    "CreateLabelingJob": ("OutputConfig.S3OutputPath",),
    "CreateModelCardExportJob": ("OutputConfig.S3OutputPath",),
}


def read(request: Request, place: Mapping[str, Any]) -> bytes | None:
    """The object at ``Bucket``, ``ObjectKey`` and ``VersionId``; None when no S3 is there. Raises MissingError."""
    objects = request.objects
    if objects is None:
        return None
    objects.follow(request.resources)
    version = f"?versionId={quote(place['VersionId'], safe='')}" if place.get("VersionId") else ""
    status, body = objects.ask("GET", f"/{place['Bucket']}/{quote(place['ObjectKey'])}{version}")
    if status == 404:
        raise MissingError()
    return body if status == 200 else None


def store(request: Request, uri: str, body: bytes) -> None:
    """Put an object where an S3 with its bucket is there."""
    objects, (bucket, key) = request.objects, _parts(uri)
    if objects is not None and bucket and key:
        objects.follow(request.resources)
        objects.ask("PUT", f"/{bucket}/{quote(key)}", body)


def check_objects(request: Request) -> None:
    """Raise Refusal when the service would miss an object that the request names."""
    objects, params = request.objects, dict(request.params)
    if objects is None or not objects.strict:
        return
    objects.follow(request.resources)
    for uri in _uris(_MODEL_DATA, request.operation, params):
        if not _is_there(objects, uri) and not _is_output(request, uri):
            raise invalid(f"Could not find model data at {uri}.")
    for uri in _uris(_INPUTS, request.operation, params):
        if not _is_there(objects, uri):
            bucket, role = _parts(uri)[0], params.get("RoleArn", "")
            raise invalid(
                f'No S3 objects found under S3 URL "{uri}" given in input data source. Please ensure that the bucket '
                f"exists in the selected region ({request.resources.region}), that objects exist under that S3 prefix, "
                f'and that the role "{role}" has "s3:ListBucket" permissions on bucket "{bucket}".'
            )


def missing(request: Request) -> str | None:
    """Why a job fails once it runs, None when it misses nothing."""
    objects, params = request.objects, dict(request.params)
    if objects is None or not objects.strict:
        return None
    for uri in _uris(_LATE_INPUTS, request.operation, params):
        if not _is_there(objects, uri):
            return f'ClientError: No S3 objects found under S3 URL "{uri}" given in input data source.'
    for uri in _uris(_OUTPUTS, request.operation, params):
        if objects.ask("HEAD", f"/{_parts(uri)[0]}")[0] == 404:
            return f'ClientError: The bucket of "{uri}" does not exist: NoSuchBucket.'
    return None


def _uris(table: Mapping[str, tuple[str, ...]], operation: str, params: dict[str, Any]) -> list[str]:
    return [uri for path in table.get(operation, ()) for uri in found(params, path.split(".")) if _parts(uri)[0]]


def _is_there(objects: Objects, uri: str) -> bool:
    """Whether anything lies at an address, or below it; without an S3 everything is."""
    bucket, key = _parts(uri)
    status, body = objects.ask("GET", f"/{bucket}?list-type=2&max-keys=1&prefix={quote(key, safe='')}")
    return status != 404 and (status != 200 or b"<Contents>" in body)


def _is_output(request: Request, uri: str) -> bool:
    """Whether an address is where a training job here has its artifact: nothing is trained, so nothing lies there."""
    words = uri.split("/")
    job = request.resources.get("TrainingJob", words[-3]) if len(words) > 3 else None
    return job is not None and uri.startswith(str((job.doc.get("OutputDataConfig") or {}).get("S3OutputPath")))


def _parts(uri: str) -> tuple[str, str]:
    """Bucket and key of ``s3://bucket/key``, or of its address over https; empty of anything else."""
    scheme, _, rest = uri.partition("://")
    if scheme == "https":
        host, _, rest = rest.partition("/")
        bucket = host.partition(".s3")[0]
        return (rest.partition("/")[0], rest.partition("/")[2]) if host.startswith("s3") else (bucket, rest)
    bucket, _, key = rest.partition("/")
    return (bucket, key) if scheme == "s3" else ("", "")
