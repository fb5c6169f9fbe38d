"""``jsonl``, ``csv`` and ``tsv``: items page by page, queries that distribute, rows of one shape."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow import output
from awsshadow.errors import AwsShadowError, InterruptedLines, ServiceError
from awsshadow.output.rows import distributes
from awsshadow.streams import Streams
from tests.output.answers import Gone, Pages, Recorder, show

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES: list[dict[str, list[Any]]] = [
    {"Models": [{"N": "a", "T": [1, 2]}, {"N": 'b,"c"', "T": []}]},
    {"Models": []},
    {"Models": [{"N": "d\te\n", "T": [3]}]},
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (None, True),
        ("Models", True),
        ("Models[]", True),
        ("Models[*].N", True),
        ("Models[].[N, T]", True),
        ("Models[].{n: N, t: length(T)}", True),
        ("Models[?N == 'a'].T[]", True),
        ("Models[].T[]", True),
        ("length(Models)", False),
        ("Models[0]", False),
        ("Models[:2]", False),
        ("Models[] | [0]", False),
        ("sort_by(Models, &N)", False),
        ("reverse(Models)[].N", False),
        ("Others[].N", False),
        ("{m: Models}", False),
        ("Models[].T | []", False),
        ("[Models[].N, `1`]", False),
    ],
)
def test_what_is_evaluated_page_by_page_and_what_is_not(query: str | None, expected: bool) -> None:
    """Whichever way it is done, the lines are those of the whole result."""
    if query is not None:
        assert distributes(output.compile_query(query).parsed, "Models") is expected
    whole: Any = {"Models": [item for page in PAGES for item in page["Models"]]}
    result = whole["Models"] if query is None else output.compile_query(query).search(whole)
    lines = [json.loads(line) for line in show("jsonl", Pages(PAGES), query).splitlines()]
    assert lines == (result if isinstance(result, list) else [result])
    for format in ("csv", "tsv"):
        if query is None or "`1`" not in query:
            assert show(format, Pages(PAGES), query) == show(format, Pages([whole]), query)


@pytest.mark.parametrize(
    ("document", "query", "expected"),
    [
        ({"Name": "ü", "N": 1.5, "X": None}, None, '{"Name":"ü","N":1.5,"X":null}\n'),
        ({}, None, ""),
        ({"Name": "a"}, "Missing", "null\n"),
        ({"Name": "a"}, "Name", '"a"\n'),
        ({"Tags": [{"K": 1}, {"K": 2}]}, "Tags", '{"K":1}\n{"K":2}\n'),
        ({"Tags": [{"K": 1}], "NextToken": "t"}, None, '{"K":1}\n'),
        ({"Tags": [], "Name": "a"}, None, '{"Tags":[],"Name":"a"}\n'),
        ({"Tags": []}, None, ""),
        ({"Tags": []}, "Tags", ""),
    ],
)
def test_jsonl_of_one_document(document: Any, query: str | None, expected: str) -> None:
    assert show("jsonl", document, query) == expected


@pytest.mark.parametrize(
    ("query", "csv", "tsv"),
    [
        ("Models[].N", 'a\n"b,""c"""\n"d\te\n"\n', 'a\nb,"c"\nd\\te\\n\n'),
        ("Models[].[N, T]", 'a,"[1,2]"\n"b,""c""",[]\n"d\te\n",[3]\n', 'a\t[1,2]\nb,"c"\t[]\nd\\te\\n\t[3]\n'),
        ("Models[].{t: T[0], n: 'a'}", "t,n\n1,a\n,a\n3,a\n", "t\tn\n1\ta\n\ta\n3\ta\n"),
        ("Models[?N == 'x'].{t: T[0], n: N}", "t,n\n", "t\tn\n"),
        ("Models[?N == 'x'].N", "", ""),
        ("Models[].{t: `true`, n: `null`}", "t,n\ntrue,\ntrue,\ntrue,\n", "t\tn\ntrue\t\ntrue\t\ntrue\t\n"),
        ("length(Models)", "3\n", "3\n"),
        ("Missing", "", ""),
        ("{n: length(Models)}", "n\n3\n", "n\n3\n"),
        ("[['a\\\\b', ''], ['=1+1', 'c']]", "a\\\\b,\n=1+1,c\n", "a\\\\\\\\b\t\n=1+1\tc\n"),
        ("['', 'a']", '""\na\n', "\na\n"),
    ],
)
def test_rows(query: str, csv: str, tsv: str) -> None:
    assert show("csv", Pages(PAGES), query) == csv
    assert show("tsv", Pages(PAGES), query) == tsv


@pytest.mark.parametrize(
    ("models", "query", "before", "message"),
    [
        ([{"A": 1}, {"A": 1, "B": 2}], "Models[*]", "A\n1\n", "Row 2 .* an object with A, B, not an object with A$"),
        ([{"A": 1, "B": 2}, {"A": 1}], "Models[*]", "A,B\n1,2\n", "Row 2 "),
        ([[1, 2], [1]], "Models[*]", "1,2\n", "Row 2 .*: a list of 1, not a list of 2$"),
        ([1, 2, {"A": 1}], "Models", "1\n2\n", "Row 3 .*: an object with A, not a scalar$"),
        ([{"A": 1}, 5], "Models", "A\n1\n", "Row 2 .*: a scalar, not an object with A$"),
    ],
)
def test_rows_of_another_shape_end_it(models: list[Any], query: str, before: str, message: str) -> None:
    stdout = io.StringIO()
    with pytest.raises(AwsShadowError, match=message) as caught:
        show("csv", Pages([{"Models": models[:1]}, {"Models": models[1:]}]), query, stdout=stdout)
    assert (stdout.getvalue(), caught.value.exit_code) == (before, 255)


def test_a_later_page_that_fails_leaves_the_lines_before() -> None:
    for format, expected in (("jsonl", '{"N":"a","T":[1,2]}\n'), ("csv", 'N,T\na,"[1,2]"\n')):
        stdout = io.StringIO()
        first = {"Models": PAGES[0]["Models"][:1]}
        with pytest.raises(ServiceError):
            show(format, Pages([first, ServiceError("no", {})]), stdout=stdout)
        assert stdout.getvalue() == expected


def test_each_page_is_handed_on_before_the_next_is_asked_for() -> None:
    stdout = Recorder()
    seen: list[int] = []

    def pages() -> Iterator[Any]:
        for page in PAGES:
            seen.append(len("".join(stdout.writes).splitlines()))
            yield page

    show("jsonl", Pages(pages()), stdout=stdout)
    assert seen == [0, 2, 2]


def test_when_the_reader_goes_no_more_is_asked_for() -> None:
    for format in ("jsonl", "csv", "tsv"):
        pages = Pages(PAGES * 100)
        show(format, pages, stdout=Gone(room=30))
        assert pages.read <= 3


def test_a_full_disk_is_an_error() -> None:
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(AwsShadowError, match="Cannot write to standard output: No space left on device"):
        show("jsonl", Pages(PAGES), stdout=Full())


def test_the_token_stands_on_standard_error() -> None:
    stdout, stderr = io.StringIO(), io.StringIO()
    with output.printer("jsonl", None, "off", Streams(None, stdout, stderr), None) as printer:
        printer.pages("ListModels", Pages(PAGES[:1], resume_token="t1"))
    assert (stdout.getvalue().count("\n"), stderr.getvalue()) == (2, "NextToken: t1\n")


def test_ctrl_c_leaves_whole_lines() -> None:
    def pages() -> Iterator[Any]:
        yield PAGES[0]
        raise KeyboardInterrupt

    stdout = io.StringIO()
    with pytest.raises(InterruptedLines):
        show("jsonl", Pages(pages()), stdout=stdout)
    assert stdout.getvalue().count("\n") == 2


@pytest.mark.parametrize("format", ["jsonl", "csv", "tsv"])
def test_standard_output_was_closed(format: str) -> None:
    with pytest.raises(AwsShadowError, match=r"^Cannot write to standard output: it is closed$"):
        output.printer(format, None, "auto", Streams(None, None, None), None)


@pytest.mark.parametrize("format", ["jsonl", "csv", "tsv"])
def test_memory_is_that_of_a_page(format: str) -> None:
    class Nowhere(io.StringIO):
        lines = 0

        def write(self, text: str) -> int:
            self.lines += text.count("\n")
            return len(text)

    def pages(count: int) -> Iterator[dict[str, Any]]:
        for number in range(count):
            yield {"Models": [{"Name": f"model-{number}-{item}", "Arn": "a" * 60} for item in range(100)]}

    stdout = Nowhere()
    tracemalloc.start()
    show(format, Pages(pages(1000)), "Models[].{n: Name, a: Arn}", stdout=stdout)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert stdout.lines == 100_000 + (format != "jsonl")
    assert peak < 1_000_000  # the lines are ten times as much
