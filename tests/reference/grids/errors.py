"""Errors in every format, and answers that come late, broken or not at all."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

from tests.reference.grids.scenes import DESCRIBE, LIST, NO_KEYS, SOME_ENDPOINTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.reference.grids.scenes import Reply
    from tests.support.cases import Case

ERROR_FORMATS = ("legacy", "json", "yaml", "text", "table", "enhanced", "bogus", "JSON")


def errors() -> Iterator[Case]:
    """Each way to fail, reported in each format, which is said in each place."""
    refusal = [
        {
            "status": 400,
            "body": json.dumps({"__type": "ValidationException", "message": "no such thing", "Detail": "d"}),
        }
    ]
    detailed = {
        "__type": "ResourceInUse",
        "message": "m\nm",
        "n": 1,
        "l": [1, {"a": []}],
        "z": None,
        "t": True,
        "e": {},
    }
    tags = ["sagemaker", "add-tags", "--resource-arn", "a", "--tags", "x"]
    scenes: list[Case] = [
        {"argv": DESCRIBE, "responses": refusal},
        {"argv": DESCRIBE, "responses": [{"status": 400, "body": json.dumps(detailed)}]},
        {"argv": DESCRIBE[:2]}, {"argv": [*LIST, "--query", "foo["]}, {"argv": tags}, {"argv": LIST, "env": NO_KEYS},
        {"argv": LIST, "env": {"AWS_ENDPOINT_URL_SAGEMAKER": "http://127.0.0.1:1"}},
        {"argv": ["sagemaker", "describe-endpont"]},
        {"argv": LIST, "env": {"AWS_DEFAULT_REGION": None}}, {"argv": [*LIST, "--nope"]},
        {"argv": [*LIST, "--profile", "p"]},
        {"argv": [*LIST, "--max-items", "x"]},
        {"argv": ["sagemaker", "wait", "endpoint-deleted", "--endpoint-name", "e"],
                                                "responses": [{"status": 200, "body": '{"EndpointStatus": "Failed"}'}]},
        {"argv": [*LIST, "--output", "bad"]}, {"argv": LIST, "env": {"AWS_DEFAULT_OUTPUT": "bad"}}, {"argv": []},
        {"argv": [*LIST, "--query", "length(`1`)"]}, {"argv": [*DESCRIBE, "--cli-input-json", "[]"]},
        {"argv": LIST, "responses": [{"status": 200, "body": "[]"}]}, {"argv": LIST, "responses": [{"fault": "close"}]},
    ]  # fmt: skip
    for scene, format in itertools.product(scenes, ERROR_FORMATS):
        environ = scene.get("env", {})
        yield {**scene, "argv": [*scene["argv"], "--cli-error-format", format]}
        yield {**scene, "env": {**environ, "AWS_CLI_ERROR_FORMAT": format}}
        yield {**scene, "home": {".aws/config": f"[default]\ncli_error_format = {format}\n"}}
    sections = {"default": "text", "profile json": "json", "profile x": "x"}
    home = {".aws/config": "".join(f"[{name}]\ncli_error_format = {format}\n" for name, format in sections.items())}
    wrong = (
        "--query foo[",
        "--endpoint-url x",
        "--output x",
        "--nope",
        "--max-items x",
        "--page-size 0",
        "--cli-read-timeout x",
        "x",
    )
    for options, profile in itertools.product(wrong, ("json", "x", "none")):
        yield {"argv": [*LIST, *options.split(), "--profile", profile], "home": home}
        yield {"argv": [*LIST, *options.split()], "home": home, "env": {"AWS_PROFILE": profile}}


def faults() -> Iterator[Case]:
    """Replies that are late, cut or refused, so often, and so many attempts."""
    fault: tuple[Reply, ...] = (
        {"fault": "hang", "seconds": 3}, {"fault": "close"}, {"fault": "truncate"}, {"fault": "truncate", "body": ""},
        {"status": 500, "headers": {"Retry-After": "1"}, "body": "{}"},
        {"status": 429, "body": '{"__type": "SlowDown"}'},
    )  # fmt: skip
    good = {"status": 200, "body": json.dumps(SOME_ENDPOINTS)}
    operations = (LIST, DESCRIBE, ["sagemaker", "add-tags", "--resource-arn", "a", "--tags", "Key=a,Value=b"])
    for argv, reply, count, limit in itertools.product(operations, fault, (1, 2, 5), ("1", "2", "3", None)):
        if reply.get("fault") == "hang" and limit not in ("1", "2"):
            continue
        timeout = ["--cli-read-timeout", "1"] if reply.get("fault") == "hang" else []
        yield {"argv": argv + timeout, "env": {"AWS_MAX_ATTEMPTS": limit}, "responses": [reply] * count + [good]}
