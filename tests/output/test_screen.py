"""Where the text goes: pagers, readers that leave, closed streams, encodings."""

import io
import locale
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from awsshadow.errors import AwsShadowError, ConfigurationError
from tests.output.answers import Gone, Pages, Recorder, show

FORMATS = ["json", "text", "table", "yaml", "yaml-stream"]
ANSWER = {"Name": "x", "List": [{"a": 1}]}
LOCALE = locale.getpreferredencoding(False)


def encoded(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict", newline="\n")


def left(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode(stream.encoding)


@pytest.mark.parametrize("format", FORMATS)
def test_a_pager_gets_the_text_and_its_exit_status_means_nothing(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LESS", raising=False)
    terminal = Recorder(terminal=True)
    show(format, ANSWER, stdout=terminal, pager=f"sh -c 'cat > {tmp_path}/out; echo $LESS > {tmp_path}/less; exit 3'")
    assert (tmp_path / "out").read_text() == show(format, ANSWER)
    assert (tmp_path / "less").read_text() == "FRX\n"
    assert terminal.writes == []


def test_a_pager_gets_colours_without_resets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LESS", "R")
    terminal = Recorder(terminal=True)
    show(
        "table",
        {"A": "x"},
        color="auto",
        stdout=terminal,
        pager=f"sh -c 'cat > {tmp_path}/out; echo $LESS >> {tmp_path}/out'",
    )
    assert (tmp_path / "out").read_text() == (
        "---------------\n|DescribeModel|\n+-----+-------+\n"
        "|  \x1b[1m\x1b[34mA\x1b[0m  |  \x1b[1m\x1b[34mx\x1b[0m    |\n+-----+-------+\nR\n"
    )
    assert terminal.writes == ["\x1b[0m"]


@pytest.mark.parametrize(("format", "answer"), [(f, {}) for f in FORMATS] + [("off", ANSWER)])
def test_nothing_to_print_starts_no_pager(format: str, answer: object) -> None:
    assert show(format, answer, stdout=Recorder(terminal=True), pager="no-such-pager") == ""


@pytest.mark.parametrize("format", FORMATS)
def test_a_pager_is_for_terminals(format: str) -> None:
    assert show(format, ANSWER, pager="no-such-pager") == show(format, ANSWER)


@pytest.mark.parametrize("format", FORMATS)
def test_a_missing_pager(format: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        show(format, ANSWER, stdout=Recorder(terminal=True), pager="no-such-pager -x")
    assert caught.value.code == "Pager"
    assert caught.value.message == (
        "Unable to redirect output to pager. Received the following error when opening pager:\n"
        "[Errno 2] No such file or directory: 'no-such-pager'\n\n"
        'Learn more about configuring the output pager by running "aws help config-vars".'
    )


class Unfetched(Pages):
    """Pages of which none may be asked for."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        raise AssertionError("a page was asked for")


@pytest.mark.parametrize("variable", [("AWS_CLI_OUTPUT_ENCODING", "latin-1"), ("PYTHONUTF8", "1")])
@pytest.mark.parametrize("format", ["json", "yaml", "yaml-stream", "table"])
def test_a_pager_is_started_at_once_for_an_encoding(
    format: str, variable: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*variable)
    show(format, {}, stdout=Recorder(terminal=True), pager=f"sh -c 'echo begun > {tmp_path}/out'")
    assert (tmp_path / "out").read_text() == "begun\n"
    with pytest.raises(ConfigurationError):
        show(format, Unfetched([]), stdout=Recorder(terminal=True), pager="no-such-pager")


@pytest.mark.parametrize(("format", "encoding"), [("json", "latin-1"), ("yaml", "latin-1"), ("text", LOCALE)])
def test_the_encoding_of_a_pager(format: str, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That of the locale, whatever standard output has; one that is asked for holds for all formats but text."""
    monkeypatch.setenv("AWS_CLI_OUTPUT_ENCODING", "latin-1")
    show(format, {"Name": "é"}, stdout=Recorder(terminal=True), pager=f"sh -c 'cat > {tmp_path}/out'")
    assert "é" in (tmp_path / "out").read_bytes().decode(encoding)


@pytest.mark.parametrize(("pager", "message"), [("less '", "No closing quotation"), ("  ", "list index out of range")])
def test_a_pager_command_that_is_none(pager: str, message: str) -> None:
    with pytest.raises(AwsShadowError) as caught:
        show("json", ANSWER, stdout=Recorder(terminal=True), pager=pager)
    assert (type(caught.value), caught.value.message) == (AwsShadowError, message)


@pytest.mark.parametrize("format", FORMATS)
def test_a_user_who_leaves_the_pager_is_no_error(format: str) -> None:
    items = [{"Name": "x" * 1000} for _ in range(300)]
    show(format, Pages([{"Models": items}] * 3), stdout=Recorder(terminal=True), pager="true")


@pytest.mark.parametrize("format", ["json", "yaml", "table", "yaml-stream"])
def test_nobody_reads_any_more(format: str) -> None:
    pages = Pages([{"Models": [1]}] * 3)
    show(format, pages, stdout=Gone())
    assert pages.read == (1 if format == "yaml-stream" else 3)
    show(format, ANSWER, stdout=Gone(10))


def test_nobody_reads_the_rows_any_more() -> None:
    pages = Pages([{"Models": [1]}] * 3)
    with pytest.raises(AwsShadowError) as caught:
        show("text", pages, stdout=Gone(12))
    assert caught.value.message == "[Errno 32] Broken pipe"
    assert pages.read == 2


@pytest.mark.parametrize("format", FORMATS)
def test_standard_output_was_closed(format: str) -> None:
    from awsshadow import output
    from awsshadow.streams import Streams

    pages = Pages([{"Models": [1]}] * 3)
    with (
        pytest.raises(AwsShadowError) as caught,
        output.printer(format, None, "auto", Streams(None, None, None), "less") as printer,
    ):
        printer.pages("ListModels", pages)
    assert caught.value.message == "'NoneType' object has no attribute 'flush'"


TABLE = "---------------\n|DescribeModel|\n+-----+-------+\n|  A  |   B   |\n+-----+-------+\n"


@pytest.mark.parametrize(
    ("format", "position", "expected"),
    [
        ("json", 2, '{\n    "A": "ok",\n    "B": '),
        ("text", 4, ""),
        ("table", 10, TABLE),
        ("yaml", 10, ""),
        ("yaml-stream", 14, ""),
    ],
)
def test_text_that_cannot_be_encoded(format: str, position: int, expected: str) -> None:
    stdout = encoded("ascii")
    with pytest.raises(AwsShadowError) as caught:
        show(format, {"A": "ok", "B": "xé"}, stdout=stdout)
    assert left(stdout) == expected
    assert caught.value.message == (
        f"'ascii' codec can't encode character '\\xe9' in position {position}: ordinal not in range(128)"
    )


def test_rows_before_one_that_cannot_be_encoded() -> None:
    stdout = encoded("ascii")
    with pytest.raises(AwsShadowError):
        show("text", {"List": ["1"], "Z": [{"a": "x"}, {"a": "é"}]}, stdout=stdout)
    assert left(stdout) == "LIST\t1\nZ\tx\n"


@pytest.mark.parametrize("format", ["yaml", "yaml-stream"])
def test_full_buffers_before_one_that_cannot_be_encoded(format: str) -> None:
    stdout = encoded("latin-1")
    items = ["é" * 10_000, "日"]
    with pytest.raises(AwsShadowError) as caught:
        show(format, Pages([{"Models": items[:1]}, {"Models": items[1:]}]), stdout=stdout)
    assert "position 1818:" in caught.value.message if format == "yaml" else "é" in left(stdout)
    assert left(stdout).count("é") in (8185, 10_000)


def test_pages_that_cannot_be_encoded_keep_what_stands_before() -> None:
    stdout = encoded("ascii")
    with pytest.raises(AwsShadowError) as caught:
        show("json", Pages([{"Models": ["a"]}, {"Models": ["b", "cé", "d"]}]), stdout=stdout)
    assert (
        caught.value.message == "'ascii' codec can't encode character '\\xe9' in position 12: ordinal not in range(128)"
    )
    assert left(stdout) == '{\n    "Models": [\n        "a",\n        "b"'


@pytest.mark.parametrize("format", FORMATS)
def test_a_lone_surrogate_is_in_no_encoding(format: str) -> None:
    with pytest.raises((AwsShadowError, UnicodeEncodeError), match="surrogates not allowed"):
        show(format, {"A": "x\ud800"}, stdout=encoded("utf-8"))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_the_width_is_that_of_the_terminal() -> None:
    document = {"A": "x" * 20, "B": "y" * 10}
    parent, child = os.openpty()
    with os.fdopen(child, "w") as stdout:
        show("table", document, stdout=stdout)
        stdout.flush()
        text = os.read(parent, 10_000).decode().replace("\r\n", "\n")
    os.close(parent)
    # A new terminal has no columns at all, so everything is turned upright.
    assert len(text.splitlines()) == len(show("table", document).splitlines()) - 1


@pytest.mark.parametrize("format", ["yaml", "yaml-stream"])
def test_what_is_emitted_before_a_text_that_is_not_unicode_leaves_in_whole_blocks(format: str) -> None:
    names = [f"model-{number:05d}" for number in range(3000)]
    whole = show(format, {"Names": names})
    recorder = Recorder()
    with pytest.raises(AwsShadowError, match="surrogates not allowed"):
        show(format, {"Names": [*names, "\ud800", *names]}, stdout=recorder)
    assert recorder.getvalue() == whole[: 16_379 * (len(whole) // 16_379)]
    small = Recorder()
    with pytest.raises(AwsShadowError, match="surrogates not allowed"):
        show(format, {"Names": [*names[:9], "\ud800"], "\ud800": 1}, stdout=small)
    assert small.getvalue() == ""


def test_later_pages_are_fetched_before_a_text_that_is_not_unicode_is_complained_of() -> None:
    pages = Pages([{"Models": ["\ud800"]}, {"Models": ["x"] * 9000}])
    recorder = Recorder()
    with pytest.raises(AwsShadowError, match="surrogates not allowed"):
        show("yaml", pages, stdout=recorder)
    assert (pages.read, recorder.getvalue()) == (2, "")
