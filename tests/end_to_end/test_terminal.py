"""What the service says does not drive a terminal; into a pipe it goes as it is."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from awsshadow import output
from awsshadow.config.files import ConfigFiles
from awsshadow.config.settings import Settings
from awsshadow.errors import AwsShadowError, ServiceError
from awsshadow.invocation import Globals
from awsshadow.report import report
from awsshadow.streams import Streams, visible
from tests.end_to_end.launch import Run, command, environ
from tests.support.endpoint import Endpoint
from tests.support.stage import Stage

#: Clears the screen, sets the title, C1 forms of both, bell, backspace, delete, carriage return.
HOSTILE = "a\x1b[2J\x1b]0;owned\x07\x9b31m\x9d0;t\x9c\b\x7f\rz"
SHOWN = r"a\x1b[2J\x1b]0;owned\x07\x9b31m\x9d0;t\x9c\x08\x7f\x0dz"
FORMATS = ("json", "text", "table", "yaml", "yaml-stream")

#: What a terminal obeys; carriage return is left out where a terminal puts it before a line feed itself.
ORDERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

#: The codes of the table's own colours.
COLOURS = re.compile("\x1b\\[[0-9]*m")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Pages(list[dict[str, Any]]):
    def __init__(self, pages: list[dict[str, Any]]) -> None:
        super().__init__(pages)
        self.result_keys = ["Models"]
        self.non_aggregate: dict[str, Any] = {}
        self.resume_token: str | None = None


def shown(format: str, document: object, stdout: io.StringIO, color: str = "auto", pager: str | None = None) -> str:
    with output.printer(format, None, color, Streams(None, stdout, None), pager) as printer:
        if isinstance(document, Pages):
            printer.pages("ListModels", document)
        else:
            printer.document("DescribeModel", document)
    return stdout.getvalue()


DOCUMENTS = [
    {"Name": HOSTILE},
    {"Map": {HOSTILE: "owned"}},
    {"List": [HOSTILE, {"a": HOSTILE}][:1], "Objects": [{"Name": HOSTILE, "Inner": [{"b": HOSTILE}]}]},
    Pages([{"Models": [{"Name": HOSTILE}]}, {"Models": [{"Name": HOSTILE}]}]),
]


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("format", FORMATS)
def test_control_characters_are_visible_on_a_terminal(format: str, document: object) -> None:
    text = shown(format, document, Terminal())
    assert not ORDERS.search(COLOURS.sub("", text) if format == "table" else text)
    assert "\r" not in text
    assert "owned" in text


@pytest.mark.parametrize("format", FORMATS)
def test_a_pager_shows_them_too(format: str, tmp_path: Path) -> None:
    shown(format, {"Name": HOSTILE}, Terminal(), pager=f"sh -c 'cat > {tmp_path}/out'")
    text = (tmp_path / "out").read_text()
    assert not ORDERS.search(COLOURS.sub("", text))
    assert "owned" in text


def test_text_and_table_show_them_in_hexadecimal() -> None:
    assert shown("text", {"Name": HOSTILE}, Terminal()) == SHOWN + "\n"
    table = shown("table", {"Name": HOSTILE}, Terminal(), color="off")
    assert SHOWN in table
    assert len({len(line) for line in table.removesuffix("\x1b[0m").splitlines()}) == 1


def test_into_a_pipe_everything_goes_as_it_is() -> None:
    assert shown("text", {"Name": HOSTILE}, io.StringIO()) == HOSTILE + "\n"
    assert HOSTILE in shown("table", {"Name": HOSTILE}, io.StringIO())


def test_tabs_and_line_feeds_stay() -> None:
    assert visible("a\tb\nc é 日 \u2028") == "a\tb\nc é 日 \u2028"


@pytest.mark.parametrize("format", ["legacy", "enhanced", "json", "yaml", "text", "table"])
@pytest.mark.parametrize("coded", [True, False])
def test_errors_of_the_service(format: str, coded: bool) -> None:
    message = f"An error occurred (X) when calling the Y operation: {HOSTILE}"
    error = ServiceError(message, {"Message": HOSTILE, "Code": HOSTILE}) if coded else AwsShadowError(message)
    given = Globals()
    given.cli_error_format = format
    for stderr in (Terminal(), io.StringIO()):
        settings = Settings(given, {}, _no_files())
        assert report(error, "aws", settings, Streams(None, Terminal(), stderr)) == error.exit_code
        text = stderr.getvalue()
        assert "owned" in text
        if stderr.isatty():
            assert not ORDERS.search(COLOURS.sub("", text) if format == "table" else text)


def _no_files() -> ConfigFiles:
    return ConfigFiles({}, {})


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("format", ["text", "table"])
def test_the_whole_program_on_a_terminal(endpoint: Endpoint, stage: Stage, run: Run, format: str) -> None:
    endpoint.script([{"body": '{"ModelName": "a\\u001b[2Jz"}'}])
    words = ["sagemaker", "describe-model", "--model-name", "m", "--output", format]
    parent, child = os.openpty()
    try:
        subprocess.run(command(words), env=environ(stage), cwd=stage.work, stdout=child, timeout=60, check=True)
        seen = os.read(parent, 100_000).decode()
    finally:
        os.close(parent)
        os.close(child)
    assert r"a\x1b[2Jz" in seen
    assert "\x1b[2J" not in seen
    assert b"a\x1b[2Jz" in run(*words).stdout
