"""Command lines as people mistype them; the mode of the prompt; encodings."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

from tests.reference.grids.scenes import DESCRIBE, FORMATS, LIST, SOME_ENDPOINT, SOME_ENDPOINTS, case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.cases import Case


def words() -> Iterator[Case]:
    """Words before, inside and after a command; the prompt asked for; text in encodings."""
    yield from mistyped()
    yield from prompts()
    yield from encodings()


def mistyped() -> Iterator[Case]:
    """Command lines as people mistype them, one word each separated by a bar."""
    lines = (
        "--output|json|--output|text", "--region|a|--region|eu-west-1", "--query|a|--query|Endpoints[0]", "--output=",
        "--region=",
        "--profile=", "--query=", "--endpoint-url=", "--ca-bundle=", "--ca-bundle|none.pem", "--cli-connect-timeout=",
        "--cli-connect-timeout| 5 ", "--cli-read-timeout|1_0", "--cli-read-timeout|1.5", "--color=", "--color|ON",
        "--no-verify-ssl=1",
        "--no-sign-request|x", "--out|text", "--no-p", "--no", "--no-", "--re|x", "--regio|eu-west-1", "--prof|x",
        "--q|[]", "--c",
        "--cli|x", "--cli-read|5", "--v", "--ver", "--max", "--max-r|1", "--max-items|1|--max-items|2", "--m|1",
        "--name|x", "--name-c|x",
        "--sort|x", "--sort-by|Name|--sort-by|Status", "--sort-by", "--sort-by=", "--status-equals=--x",
        "--status-equals|--x",
        "--status-equals|-x", "--status-equals|-1", "--status-equals|-1e5", "--max-results|-5", "--max-results=-5",
        "--max-items|-1",
        "--max-items=-1", "-", "--", "--|--", "--|--output|text", "x|y", "--x|y", "--x=y", "-h", "--help", "-v",
        "-o|text", "--output|TEXT",
        "--Output|text", "--output text", "--output|text ", " --output|text", "--name-contains|*",
        "--name-contains|file:///dev/stdin",
        "--name-contains|file://v.txt", "--name-contains|fileb://v.txt", "--name-contains|file://none",
        "--name-contains|file://.",
        "--name-contains|file://bad.txt", "--name-contains|fileb://bad.txt", "--name-contains|file://~/v.txt",
        "--name-contains|file://$HOME/v",
        "--name-contains|file://bom.txt", "--name-contains|file://empty.txt", "--name-contains|FILE://v.txt",
        "--name-contains| file://v.txt",
        "--name-contains|file:v.txt", "--name-contains|http://127.0.0.1:1/", "--name-contains|https://127.0.0.1:1/",
        "--name-contains|\udcff",
        "--name-contains|é", "--name-contains|\n", "--name-contains=", "--name-contains=a=b", "--name-contains|a|b",
        "--no-cli-pager",
        "--no-cli-pager=x", "--cli-binary-format|x", "--cli-binary-format|base64", "--cli-binary-format",
        "--no-paginate=1",
        "--no-paginate|--no-paginate", "--paginate", "--cli-input-json", "--cli-input-json|{}|--cli-input-yaml|{}",
        "--cli-input-json|-",
        "--cli-input-json|{}|--cli-input-json|[]", "--cli-input-json|{\"MaxResults\": 5}",
        "--cli-input-json|{\"PaginationConfig\": {}}",
        "--cli-input-json|{\"NextToken\": \"t\"}", "--cli-input-json|{\"MaxResults\": 5}|--max-items|1",
        "--generate-cli-skeleton=output",
        "--generate-cli-skeleton|input|--generate-cli-skeleton|output", "--generate-cli-skeleton|--output|text",
        "--cli-error-format=",
        "--cli-error-format|JSON|--nope", "--endpoint-url|//x", "--endpoint-url|ftp://x",
        "--endpoint-url|{ENDPOINT}/a b", "--endpoint-url|http://",
        "--endpoint-url|{ENDPOINT}#f", "--endpoint-url|http://x y/", "--endpoint-url|http:/127.0.0.1:1",
        "--endpoint-url| {ENDPOINT}",
        "--endpoint-url|http://127.0.0.1:x/", "--endpoint-url|http://127.0.0.1:99999/",
        "--endpoint-url|{ENDPOINT}/a/../b", "--endpoint-url|http://[::1/",
    )  # fmt: skip
    files = {"v.txt": "from file\n", "bad.txt": "\udcff\udcfe", "bom.txt": "\ufeffx", "empty.txt": ""}
    for line in lines:
        given = line.split("|")
        yield case([*LIST, *given], SOME_ENDPOINTS, files=files, home={"v.txt": "home"}, stdin="from stdin")
        yield case([*given, *LIST], SOME_ENDPOINTS, files=files)
        yield case(["sagemaker", *given, "describe-endpoint"], SOME_ENDPOINT, files=files)


def prompts() -> Iterator[Case]:
    """Each mode of the prompt where there is no terminal."""
    modes = ("on", "on-partial", "off", "ON", "x", "")
    asked = ("list-endpoints", "list-endpoint", "describe-endpoint", "list-endpoints --nope", "")
    for mode, line in itertools.product(modes, asked):
        yield case(
            ["sagemaker", *line.split(), "--no-cli-auto-prompt"], SOME_ENDPOINTS, env={"AWS_CLI_AUTO_PROMPT": mode}
        )
        if mode not in ("on", "on-partial"):
            yield case(["sagemaker", *line.split()], SOME_ENDPOINTS, env={"AWS_CLI_AUTO_PROMPT": mode})


def encodings() -> Iterator[Case]:
    """Letters of all kinds in each encoding and format."""
    text = json.dumps({"EndpointName": "é漢😀\x1b[1m\udcff", "EndpointArn": "x"})
    named = ("utf-8", "latin-1", "ascii", "utf-16", "UTF8", "cp1252", "bogus", "")
    names = ("AWS_CLI_OUTPUT_ENCODING", "PYTHONIOENCODING")
    for name, encoding, format in itertools.product(names, named, FORMATS[:-1]):
        yield case([*DESCRIBE, "--output", format], text, env={name: encoding})
