"""The pictures of the benchmarks show the tables of docs/performance.md, and are well-formed."""

from __future__ import annotations

import runpy
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
CHART = runpy.run_path(str(ROOT / "benchmarks" / "chart.py"))
PAGE = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
ROWS = CHART["rows"](PAGE)
GROWTH = CHART["series"](PAGE)
SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_is_that_of_the_table() -> None:
    committed = (ROOT / "docs" / "performance.svg").read_text(encoding="utf-8")
    assert committed == CHART["picture"](ROWS), "run benchmarks/chart.py"


def test_every_row_has_a_bar_of_its_length() -> None:
    bars = [
        float(part.attrib["width"])
        for part in ElementTree.fromstring(CHART["picture"](ROWS)).iter(f"{SVG}rect")
        if part.attrib["class"] == "bar"
    ]
    assert len(bars) == len(ROWS) >= 10
    assert bars == [round(CHART["WIDTH"] * ratio, 1) for _, ratio in ROWS]


def test_what_has_nothing_to_be_compared_with_is_left_out() -> None:
    lines = ["| scenario | a | b | c |", "|---|", "| one & two | 1 | 2 | 0.500 |", "| alone | 1 | - | - |"]
    table = "\n".join([*lines, "", "| other | 1 | 2 | 0.100 |"])
    assert CHART["rows"](table) == [("one & two", 0.5)]
    assert "one &amp; two" in CHART["picture"]([("one & two", 0.5)])


def test_the_curves_are_those_of_the_table_of_growth() -> None:
    committed = (ROOT / "docs" / "growth.svg").read_text(encoding="utf-8")
    assert committed == CHART["curves"](GROWTH), "run benchmarks/chart.py"


def test_every_kind_of_work_has_a_curve_that_a_point_of_each_size_is_on() -> None:
    lines = [
        part.attrib["points"].split() for part in ElementTree.fromstring(CHART["curves"](GROWTH)).iter(f"{SVG}polyline")
    ]
    assert [len(line) for line in lines] == [len(points) for points in GROWTH.values()]
    assert len(lines) >= 10


def test_a_cost_that_is_linear_rises_by_as_many_decades_as_the_work() -> None:
    drawn = ElementTree.fromstring(CHART["curves"]({"work": [(1000.0, 20.0), (10000.0, 200.0)]}))
    (line,) = drawn.iter(f"{SVG}polyline")
    (left, low), (right, high) = (map(float, point.split(",")) for point in line.attrib["points"].split())
    assert right - left == low - high == CHART["DECADE"]
