"""The picture of the benchmarks shows the table of docs/performance.md, and is well-formed."""

from __future__ import annotations

import runpy
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
CHART = runpy.run_path(str(ROOT / "benchmarks" / "chart.py"))
ROWS = CHART["rows"]((ROOT / "docs" / "performance.md").read_text(encoding="utf-8"))


def test_the_picture_is_that_of_the_table() -> None:
    committed = (ROOT / "docs" / "performance.svg").read_text(encoding="utf-8")
    assert committed == CHART["picture"](ROWS), "run benchmarks/chart.py"


def test_every_row_has_a_bar_of_its_length() -> None:
    bars = [
        float(part.attrib["width"])
        for part in ElementTree.fromstring(CHART["picture"](ROWS)).iter("{http://www.w3.org/2000/svg}rect")
        if part.attrib["class"] == "bar"
    ]
    assert len(bars) == len(ROWS) >= 10
    assert bars == [round(CHART["WIDTH"] * ratio, 1) for _, ratio in ROWS]


def test_what_has_nothing_to_be_compared_with_is_left_out() -> None:
    lines = ["| scenario | a | b | c |", "|---|", "| one & two | 1 | 2 | 0.500 |", "| alone | 1 | - | - |"]
    table = "\n".join([*lines, "", "| other | 1 | 2 | 0.100 |"])
    assert CHART["rows"](table) == [("one & two", 0.5)]
    assert "one &amp; two" in CHART["picture"]([("one & two", 0.5)])
