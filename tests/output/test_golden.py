"""Whole documents, as AWS CLI 2.36.7 prints them."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from awsshadow import output
from awsshadow.streams import Streams
from tests.output.answers import show

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("format", ["json", "text", "table", "yaml", "yaml-stream"])
def test_a_described_job_looks_as_in_the_reference(format: str, tmp_path: Path) -> None:
    document = json.loads((GOLDEN / "training-job.document").read_text("utf-8"))
    with (
        (tmp_path / "stdout").open("w", encoding="utf-8") as stdout,
        output.printer(format, None, "auto", Streams(None, stdout, None), "no-such-pager") as printer,
    ):
        printer.document("DescribeTrainingJob", document)
    assert (tmp_path / "stdout").read_text("utf-8") == (GOLDEN / f"training-job.{format}").read_text("utf-8")


def test_off_prints_nothing_and_needs_no_stream() -> None:
    with output.printer("off", None, "auto", Streams(None, None, None), None) as printer:
        printer.document("DescribeTrainingJob", {"A": 1})


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("json", '{\n    "T": "2024-01-02T03:04:05"\n}\n'),
        ("yaml", "T: 2024-01-02 03:04:05\n"),
        ("text", "2024-01-02 03:04:05\n"),
    ],
)
def test_a_sample_response_holds_timestamps(format: str, expected: str) -> None:
    assert show(format, {"T": datetime(2024, 1, 2, 3, 4, 5)}) == expected
