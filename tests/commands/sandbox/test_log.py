"""``awsshadow sandbox log``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import ParameterError, UsageError
from awsshadow.sandbox.service import listing
from awsshadow.sandbox.services.log_events import Logs
from awsshadow.sandbox.services.log_lines import known_names

if TYPE_CHECKING:
    from awsshadow.sandbox.engine.fault_injection import Faults
    from awsshadow.sandbox.state.resources import Resources
    from tests.commands.sandbox.conftest import Line

JOBS = "/aws/sagemaker/TrainingJobs"


def lines(line: Line, group: str, stream: str, region: str = "us-east-1") -> list[str]:
    from awsshadow.sandbox.service import Sandbox

    def read(resources: Resources, _: Faults) -> list[str]:
        return [event.message for event in Logs(resources).events(group, stream)]

    sandbox = Sandbox(line.folder)
    try:
        return sandbox.share(region, read, reads=True)
    finally:
        sandbox.close()


def test_lines_come_from_the_words_or_from_standard_input(line: Line) -> None:
    assert line("log", "put", "group", "stream", "first line", "--", "-x", "--y") == ""
    line("log", "put", "group", "stream", stdin="third\n\nfourth\n")
    line("log", "put", "group", "stream", "-", stdin="fifth")
    assert lines(line, "group", "stream") == ["first line", "-x", "--y", "third", "fourth", "fifth"]


def test_a_region_has_its_own(line: Line) -> None:
    line("log", "put", "group", "stream", "there", "--region", "eu-west-1")
    assert lines(line, "group", "stream", "eu-west-1") == ["there"]
    assert known_names(line.folder, "us-east-1") == []


def test_what_was_put_is_data_and_no_resource(line: Line) -> None:
    line("log", "put", "group", "stream", "x", "y")
    assert sorted(row["family"] for row in listing(line.folder)) == ["LogGroup", "LogStream"]


@pytest.mark.parametrize(
    ("words", "stdin", "message"),
    [
        (["a group", "stream", "x"], "", "at 'logGroupName' failed to satisfy constraint"),
        (["group", "a:b", "x"], "", "at 'logStreamName' failed to satisfy constraint"),
        (["group", "stream"], "\n", "No line is given to put into the log"),
        (["group"], "", "STREAM"),
    ],
)
def test_what_cannot_be_put_changes_nothing(line: Line, words: list[str], stdin: str, message: str) -> None:
    with pytest.raises((ParameterError, UsageError), match=message):
        line("log", "put", *words, stdin=stdin)
    assert known_names(line.folder, "us-east-1") == []
