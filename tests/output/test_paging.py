"""Pages: how they are merged, what is kept in memory, what is left when one fails."""

import tracemalloc
from collections.abc import Callable, Iterator
from typing import IO, Any

import pytest

from awsshadow.errors import AwsShadowError
from awsshadow.output import spooled_text
from awsshadow.output.merge_pages import merge
from awsshadow.output.spooled_text import Spool
from tests.output.answers import Pages, Recorder, show

BUFFERED = ["json", "yaml", "table"]


def made(count: int) -> Iterator[dict[str, Any]]:
    """``count`` pages of 20 items, each made when it is asked for."""
    for number in range(count):
        yield {"Models": [{"Name": f"model-{number}-{item}", "Arn": "a" * 40} for item in range(20)], "NextToken": "t"}


@pytest.mark.parametrize(
    ("pages", "non_aggregate", "token", "expected"),
    [
        ([{"Models": [1]}, {"Models": [2], "Other": 3}], {}, None, {"Models": [1, 2]}),
        ([{"Models": [1]}, {}, {"Models": None}], {}, "t", {"Models": [1], "NextToken": "t"}),
        ([{"Other": 1}], {}, None, {}),
        ([{"Models": []}], {}, None, {"Models": []}),
        ([{}], {"TotalHits": None}, None, {"TotalHits": None}),
        ([{"Models": ["a"]}], {"TotalHits": {"Value": 3}}, None, {"Models": ["a"], "TotalHits": {"Value": 3}}),
        ([{"Models": "a"}, {"Models": "b"}], {}, None, {"Models": "ab"}),
        ([{}, {"Models": 1}, {"Models": 2}], {}, None, {"Models": 3}),
        ([{"Models": [1]}, {"Models": {"a": 1}}], {}, None, {"Models": [1]}),
    ],
)
def test_what_pages_add_up_to(pages: Any, non_aggregate: Any, token: str | None, expected: Any) -> None:
    """The text is that of the merged document, whether the pages are merged as values or as text."""
    for format in BUFFERED:
        assert show(format, Pages(pages, non_aggregate=non_aggregate, resume_token=token)) == show(
            format, Pages(pages, non_aggregate=non_aggregate, resume_token=token), "@"
        )
    asked = Pages(pages, non_aggregate=non_aggregate, resume_token=token)
    assert merge(asked, asked) == expected


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ([1], "a", 'can only concatenate list (not "str") to list'),
        ("a", [1], "'str' object has no attribute 'extend'"),
        ("a", 1, 'can only concatenate str (not "int") to str'),
    ],
)
@pytest.mark.parametrize("query", [None, "@"])
def test_pages_that_do_not_fit_together(query: str | None, first: object, second: object, message: str) -> None:
    stdout = Recorder()
    with pytest.raises(AwsShadowError) as caught:
        show("json", Pages([{"Models": first}, {"Models": second}]), query, stdout=stdout)
    assert caught.value.message == message
    assert stdout.writes == []


def test_several_and_dotted_result_keys() -> None:
    pages = [{"A": {"B": [1]}, "C": ["x"]}, {"A": {"B": [2]}, "C": ["y"]}]
    asked = Pages(pages, keys=("A.B", "C"), non_aggregate={"A": {"Z": 0}})
    assert merge(asked, asked) == {"A": {"B": [1, 2], "Z": 0}, "C": ["x", "y"]}
    assert pages[0] == {"A": {"B": [1]}, "C": ["x"]}


@pytest.mark.parametrize("format", ["json", "yaml", "table", "text", "yaml-stream"])
def test_a_query_sees_pages_or_all_of_them(format: str) -> None:
    expected = {"json": "3\n", "yaml": "3\n", "text": "2\n1\n", "yaml-stream": "- 2\n- 1\n"}
    text = show(format, Pages([{"Models": [1, 2]}, {"Models": [3]}]), "length(Models)")
    assert text == expected.get(format, "------------\n|ListModels|\n+----------+\n")


@pytest.mark.parametrize("format", [*BUFFERED, "off"])
@pytest.mark.parametrize("query", [None, "@"])
def test_a_page_that_fails_leaves_nothing(format: str, query: str | None) -> None:
    stdout = Recorder()
    with pytest.raises(AwsShadowError, match="boom"):
        show(format, Pages([*made(3), AwsShadowError("boom")]), query, stdout=stdout)
    assert stdout.writes == []


@pytest.mark.parametrize("format", ["text", "yaml-stream"])
def test_a_page_that_fails_leaves_the_pages_before_it(format: str) -> None:
    stdout = Recorder()
    with pytest.raises(AwsShadowError, match="boom"):
        show(format, Pages([*made(3), AwsShadowError("boom")]), stdout=stdout)
    assert stdout.getvalue() == show(format, Pages(made(3)))


@pytest.mark.parametrize("format", ["text", "yaml-stream", "json", "yaml"])
def test_a_page_is_one_write_at_most(format: str) -> None:
    frame = {"json": 2, "yaml": 2}.get(format, 0)
    for count in (5, 50):
        stdout = Recorder()
        show(format, Pages(made(count)), stdout=stdout)
        assert len(stdout.writes) <= count + frame


class Drain(Recorder):
    """A stream that keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)


def peak(format: str, count: int) -> int:
    tracemalloc.start()
    try:
        show(format, Pages(made(count)), stdout=Drain())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("format", ["text", "yaml-stream", "json", "yaml"])
def test_memory_does_not_grow_with_the_pages(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooled_text, "ROOM", 10_000)
    monkeypatch.setattr(Spool.__init__, "__defaults__", (10_000,))
    peak(format, 2)  # what is imported and cached on the first use
    assert peak(format, 500) < peak(format, 50) + 100_000


@pytest.mark.parametrize("room", [0, 7, 1000])
def test_a_spool_hands_back_what_it_was_given(room: int) -> None:
    pieces = ["abc", "é日\U0001f600", "\ud800", "x" * 5, "y"]
    kept = Spool(room)
    assert kept.empty
    for piece in pieces:
        kept.write(piece)
    assert not kept.empty
    assert list(kept.pieces()) == pieces
    kept.close()


def test_a_full_disk_costs_memory_only(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Spool(0)
    kept.write("on disk")
    assert kept._file is not None

    def write(data: memoryview) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "_file", FullFile(kept._file, write))
    kept.write("in memory")
    kept.write("too")
    assert list(kept.pieces()) == ["on disk", "in memory", "too"]
    kept.close()


class FullFile:
    """A file that can be read but takes no more."""

    def __init__(self, file: IO[bytes], write: Callable[[memoryview], int]) -> None:
        self.write = write
        self.seek, self.read, self.close = file.seek, file.read, file.close


def test_no_temporary_folder_costs_memory_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(**options: Any) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.TemporaryFile", missing)
    kept = Spool(0)
    kept.write("a")
    kept.write("b")
    assert list(kept.pieces()) == ["a", "b"]
