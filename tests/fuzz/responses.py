"""Responses of any status, headers and bytes: through the whole program, from parsing to print or report."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from awsshadow.errors import AwsShadowError
from awsshadow.invocation import Checked, Process
from awsshadow.run import Conductor
from awsshadow.stages import Stages
from awsshadow.streams import Streams
from tests.fuzz import words, world
from tests.fuzz.target import Target, main

if TYPE_CHECKING:
    from botocore.awsrequest import AWSPreparedRequest

COMMANDS = {
    "list-models": [],
    "describe-model": ["--model-name", "m"],
    "search": ["--resource", "Model"],
    "describe-endpoint": ["--endpoint-name", "e"],
    "describe-auto-ml-job-v2": ["--auto-ml-job-name", "j"],
    "delete-model": ["--model-name", "m"],
    "list-training-jobs": ["--no-paginate"],
}
FORMATS = ["json", "text", "table", "yaml", "yaml-stream", "off"]
QUERIES = [None, "Models[].ModelName", "*", "@", "sort_by(Models, &ModelName)", "length(@)", "Models[0]", "sum(*)"]
NAMES = st.sampled_from(["__type", "message", "Message", "NextToken", *world.members(*COMMANDS)])
OBJECTS = st.dictionaries(NAMES | words.TEXT, words.documents(NAMES), max_size=6)
LISTS = st.lists(st.dictionaries(NAMES, words.documents(NAMES), max_size=4), max_size=4)
PAGES = st.builds(lambda models, rest: {"Models": models, **rest}, LISTS, OBJECTS)
BODIES = st.one_of(
    OBJECTS.map(json.dumps),
    PAGES.map(json.dumps),
    words.documents(NAMES).map(json.dumps),
    OBJECTS.map(lambda value: json.dumps(value)[:-2]),
    st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")),
    st.sampled_from(["", "null", "<html>", "[]", "\xef\xbb\xbf{}", '{"__type":null}', '{"__type":"a#b:c"}', "{}{}"]),
)
STATUSES = st.sampled_from([200, 200, 200, 200, 201, 204, 300, 301, 307, 400, 403, 404, 429, 500, 503, 599])
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "x-amzn-requestid",
            "x-amzn-query-error",
            "Date",
            "Content-Length",
            "Content-Type",
            "x-amzn-ErrorType",
            "Retry-After",
        ]
    ),
    st.sampled_from(["", "0", "999", "x;y", ";", "Sun, 22 Nov 2026 11:01:00 GMT", "nonsense", "text/html", "-1"]),
    max_size=3,
)
VALUES = st.tuples(
    st.sampled_from(sorted(COMMANDS)),
    st.sampled_from(FORMATS),
    st.integers(0, len(QUERIES) - 1),
    st.lists(st.tuples(STATUSES, HEADERS, BODIES), min_size=1, max_size=3),
)
Reply = tuple[int, Mapping[str, str], str]


class Fed(Conductor):
    """The program, and the endpoint that gives it the ``replies`` in turn, the last one again and again."""

    pace = 1.0

    def __init__(self, streams: Streams, replies: list[Reply]) -> None:
        super().__init__(Process("aws", "aws", world.environ(), streams, is_own=True))
        self._replies = list(replies)
        self._asked = 0

    def _stages(self, checked: Checked) -> Stages:
        stages = Stages(self._process, checked)
        stages.transport = lambda: self  # type: ignore[method-assign] # nothing else comes between
        return stages

    def close(self) -> None:
        """There is nothing to let go of."""

    def __call__(self, _: AWSPreparedRequest, /) -> tuple[int, Mapping[str, str], bytes]:
        self._asked += 1
        if self._asked > 20:  # a listing that never ends is the service's doing
            return 200, {}, b"{}"
        status, headers, body = self._replies[min(self._asked, len(self._replies)) - 1]
        return status, headers, body.encode("utf-8" if any(ord(c) > 255 for c in body) else "latin-1")


def check(value: tuple[str, str, int, list[Reply]]) -> None:
    command, format, query, replies = value
    stdout, stderr = io.StringIO(), io.StringIO()
    program = Fed(Streams(None, stdout, stderr), replies)
    argv = ["sagemaker", command, *COMMANDS[command], "--output", format]
    text = QUERIES[query]
    if text is not None:
        argv += ["--query", text]
    sleep, time.sleep = time.sleep, lambda _: None
    try:
        code = program.run(argv)
    except AwsShadowError as raised:
        code = program.report(raised)
        if code != raised.exit_code or not stderr.getvalue().startswith("\naws: [ERROR]:"):
            raise ValueError(code, stderr.getvalue()) from raised
    finally:
        time.sleep = sleep
    if format == "json":
        # A whole document or none: values that are no JSON to others (NaN) are as the reference prints them.
        assert stdout.getvalue() == "" or (code == 0 and stdout.getvalue().endswith("\n"))
        if stdout.getvalue():
            json.loads(stdout.getvalue())
    assert "Traceback" not in stderr.getvalue()


TARGET = Target("responses", VALUES, check)

if __name__ == "__main__":
    sys.setrecursionlimit(1000)
    main(TARGET)
