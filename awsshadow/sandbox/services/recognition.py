"""Which AWS service an HTTP request is for, told from its head alone.

The service stands in the credential scope of the signature: in ``Authorization`` or, of a presigned
URL, in ``X-Amz-Credential``. All that SageMaker has beside its control plane is signed for ``sagemaker``,
too, and told apart by path. What is not signed says it by ``X-Amz-Target``, by path, or by posting a form
to the root, which only STS takes unsigned.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from awsshadow.sandbox.contract.protocol import TARGET_PREFIX, credential_scope, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Headers(Protocol):
        """Header fields by name, whatever the case of its letters."""

        def get(self, name: str, default: str, /) -> str: ...


SAGEMAKER = "sagemaker"

#: What a path begins with -> the service of SageMaker's that has it: the ``requestUri`` of botocore's models.
_PATHS = (
    (re.compile(r"/endpoints/[^/]+/(async-invocations|invocations|invocations-response-stream)$"), "sagemaker-runtime"),
    (re.compile(r"/(FeatureGroup/[^/]+(/\w+)?|Batch(Get|Write)Record)$"), "sagemaker-featurestore-runtime"),
    (re.compile(r"/Batch(Get|Put)Metrics$"), "sagemaker-metrics"),
    (re.compile(r"/(GetDeployments|GetDeviceRegistration|SendHeartbeat)$"), "sagemaker-edge"),
    (re.compile(r"/human-loops(/[^/]+)?$"), "sagemaker-a2i-runtime"),
)
#: What ``X-Amz-Target`` begins with -> service, where the first is not the service's own name.
_TARGETS = {
    "Logs_20140328": "logs",
    "AmazonSSM": "ssm",
    "AmazonEC2ContainerRegistry_V20150921": "ecr",
    "TrentService": "kms",
}

FORM = "application/x-www-form-urlencoded"


def service_of(path: str, headers: Headers) -> str:
    """The service that the request for ``path`` (as sent, with its query) is for; empty when nothing says it.

    It is the name that the service is signed for, but for the runtimes of SageMaker, which have the name of
    their model (``sagemaker-runtime``).
    """
    target = headers.get("X-Amz-Target", "")
    if target.startswith(TARGET_PREFIX):
        return SAGEMAKER
    route, _, query = path.partition("?")
    signed = scope_of(query, headers)[1]
    if signed not in ("", SAGEMAKER):
        return signed
    if target:
        prefix = target.partition(".")[0]
        return _TARGETS.get(prefix, prefix)
    beside = next((service for form, service in _PATHS if form.match(route)), "")
    if beside or signed:
        return beside or signed
    is_form = headers.get("Content-Type", "").startswith(FORM)
    return "sts" if is_form and route == "/" and headers.get("amz-sdk-invocation-id", "") else ""


def scope_of(query: str, headers: Headers) -> tuple[str, str]:
    """Region and service that a request is signed for, each empty when it does not say."""
    authorization = headers.get("Authorization", "")
    if authorization:
        # Signature 2, which some clients of S3 still use, has no scope.
        return ("", "s3") if authorization.startswith("AWS ") else credential_scope(authorization)
    if "X-Amz-Credential" in query or "AWSAccessKeyId" in query:
        words = parse_qs(query)
        if "AWSAccessKeyId" in words and "Signature" in words:
            return "", "s3"
        return credential_scope("Credential=" + words.get("X-Amz-Credential", [""])[0])
    return "", ""


def shown(service: str) -> str:
    """The name of a service as a message may show it."""
    return printable(service) or "another API"
