"""Every fault of ``every``: exit code, one message, nothing on standard output, so many tries.

Where AWSSHADOW_REFERENCE names an AWS CLI, it is held to the same table.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.network_faults.attempt import attempt
from tests.network_faults.certificates import Certificates
from tests.network_faults.every import EVERY
from tests.network_faults.faulty import Reply, failure, http, raw
from tests.network_faults.table import CLOSED, CREATE, Fault
from tests.support.interpreter import in_one_wording
from tests.support.program import reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.program import Program

PROGRAM = "AWSSHADOW_REFERENCE"
ARN = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p"

#: Operations that carry an idempotency token, and where it stands in the body.
REPEATABLE = {
    "ClientRequestToken": ("start-pipeline-execution", "--pipeline-name", "p"),
    "ClientToken": ("create-image-version", "--image-name", "i", "--base-image", "image:1"),
}

#: Faults that are worth another try, each followed by an answer.
PASSING = {
    "closed": raw(),
    "reset": raw(end="reset"),
    "cut short": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{}"),
    "throttled": failure(400, "ThrottlingException"),
    "unavailable": http(503),
}

#: Answers that are taken for a success, whatever they say.
TAKEN = {
    "empty": http(200),
    "HTML": http(200, b"<html></html>"),
    "half a document": http(200, b'{"ModelArn": "arn'),
    "a list": http(200, []),
    "not UTF-8": http(200, b"\xff"),
    "accepted": http(202, {}),
}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """An authority and the certificates it signed."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    found = Certificates(tmp_path_factory.mktemp("certificates"))
    found.make()
    return found


@pytest.fixture(scope="session")
def real() -> Iterator[Program]:
    """The reference."""
    if PROGRAM not in os.environ:
        pytest.skip(f"{PROGRAM} names no AWS CLI")
    started = reference(os.environ[PROGRAM])
    yield started
    started.close()


def check(fault: Fault, program: Program, made: Certificates, cache: Path) -> None:
    """Hold a program to a row of the table."""
    found = attempt(fault, program, made, cache)
    message = None if found.message is None else in_one_wording(found.message)
    assert (found.code, message, found.tries) == (fault.code, fault.message, fault.tries)
    assert bool(found.stdout) == (fault.code == 0 and fault.prints)


@pytest.mark.parametrize("fault", EVERY, ids=lambda fault: fault.name)
def test_fault(fault: Fault, program: Program, made: Certificates, slices: Path, tmp_path: Path) -> None:
    # Where a call over TLS has succeeded, its certificates are in the cache, and one that is refused by these is tried
    # once more by the whole bundle.
    check(fault, program, made, tmp_path if fault.tls else slices)


@pytest.mark.reference
@pytest.mark.parametrize("fault", EVERY, ids=lambda fault: fault.name)
def test_fault_with_the_reference(fault: Fault, real: Program, made: Certificates, slices: Path) -> None:
    check(fault, real, made, slices)


def test_names_are_unique() -> None:
    assert len({fault.name for fault in EVERY}) == len(EVERY)


@pytest.mark.parametrize("token", REPEATABLE)
@pytest.mark.parametrize("reply", PASSING.values(), ids=list(PASSING))
def test_another_try_carries_the_same_token(
    reply: Reply, token: str, program: Program, made: Certificates, slices: Path
) -> None:
    fault = Fault("", [reply, reply, http(200, {})], 0, None, 3, command=("sagemaker", *REPEATABLE[token]))
    found = attempt(fault, program, made, slices)
    assert (found.code, found.message) == (0, None)
    assert [request["headers"]["amz-sdk-request"] for request in found.requests] == [
        "attempt=1",
        "attempt=2; max=3",
        "attempt=3; max=3",
    ]
    assert len({request["headers"]["amz-sdk-invocation-id"] for request in found.requests}) == 1
    assert len({request["body"][token] for request in found.requests}) == 1
    assert len(found.requests[0]["body"][token]) == 36


def test_another_command_has_another_token(program: Program, made: Certificates, slices: Path) -> None:
    command = ("sagemaker", *REPEATABLE["ClientRequestToken"])
    fault = Fault("", [http(200, {"PipelineExecutionArn": ARN})], 0, None, 1, command=command)
    bodies = [attempt(fault, program, made, slices).requests[0]["body"] for _ in range(2)]
    assert bodies[0]["ClientRequestToken"] != bodies[1]["ClientRequestToken"]


@pytest.mark.parametrize("reply", TAKEN.values(), ids=list(TAKEN))
def test_what_was_answered_is_not_sent_again(reply: Reply, program: Program, made: Certificates, slices: Path) -> None:
    found = attempt(Fault("", [reply], 0, None, 1, command=CREATE), program, made, slices)
    assert len(found.requests) == 1


@pytest.mark.parametrize("code", ["ValidationException", "ResourceLimitExceeded", "AccessDeniedException", "Conflict"])
def test_what_was_refused_is_not_sent_again(code: str, program: Program, made: Certificates, slices: Path) -> None:
    found = attempt(Fault("", [failure(400, code)], 254, None, 1, command=CREATE), program, made, slices)
    assert (found.code, found.stdout, len(found.requests)) == (254, "", 1)


def test_one_attempt_means_one(program: Program, made: Certificates, slices: Path) -> None:
    fault = Fault("", [raw()], 255, CLOSED, 1, environ={"AWS_MAX_ATTEMPTS": "1"}, command=CREATE)
    found = attempt(fault, program, made, slices)
    assert (found.code, found.message, found.tries) == (255, CLOSED, 1)


def test_nobody_listens(program: Program, made: Certificates, slices: Path) -> None:
    options = ("--endpoint-url", "http://127.0.0.1:9")
    found = attempt(Fault("", [http(200, {})], 255, None, 0, options), program, made, slices)
    message = 'Could not connect to the endpoint URL: "http://127.0.0.1:9/"'
    assert (found.code, found.message, found.stdout) == (255, message, "")
