"""Texts and values that formats write in ways of their own."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

from tests.reference.grids.scenes import DESCRIBE, FORMATS, case
from tests.support.cases import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.cases import Case


def outputs() -> Iterator[Case]:
    """Each text and each number in each format."""
    hand = [c for c in load() if c["kind"] == "output-hand" and c.get("responses")]
    recorded = dict.fromkeys(c["responses"][0]["body"] for c in hand)
    names = (
        "", " ", "\n", "\n\n", "a\n", "\na", "a\n\nb", " a\n b", "a \nb", "a\r\nb", "\r", "\t", "a\t", "\x7f", "\x85",
        "\u2029", "\ufeff",
        "\ud800", "\U0010ffff", "\ufffe", "0", "-0", "+1", "0o17", "0b1", "1_000", "0x1F", ".5", "5.", "1e5", "-.inf",
        ".nan", ".NaN", "inf",
        "NaN", "null", "Null", "~", "yes", "No", "on", "OFF", "y", "True", "2024-01-01", "2024-01-01T00:00:00Z",
        "12:30", "1:2:3", "=", "<<", "-",
        "- a", "-a", "--", "---", "--- a", "...", "... a", "?", "? a", "?a", ":", ": a", ":a", "a:", "a: ", "a :b",
        "a:b", "#", "# a", "a #b", "a#b",
        "&a", "*a", "!a", "!!str a", "|", "|-", ">", ">-", "%a", "%", "@a", "`a", "'", "\"", "'a'", "\"a\"", "it's",
        "a\"b", "\\", "a\\nb", "[", "]", "{",
        "}", "[]", "{}", "a,b", ",", ", a", "[a", "a]", "a" * 79, "a" * 81, "word " * 30, "word  " * 30, " word" * 30,
        "x " * 39 + "yy " * 10,
        "é" * 90, "漢" * 50, "漢 " * 50, "😀 x" * 30, "a\u0301" * 50, "\u200b", "\u00a0a", "a\u00ad", "\x1b[31m",
        "\x00",
        "\x1f", "a" * 200 + "\n" + "b" * 200,
        "long text, " * 12 + "\n" + "  indented " * 12, "trailing " * 10 + "\n", "key: value\n" * 3, "- item\n" * 12,
        "#" * 100, "\t" * 3 + "x\ny",
    )  # fmt: skip
    bodies = [*recorded, *(json.dumps({"EndpointName": name}) for name in names)]
    times: tuple[object, ...] = (1e9, -1, 1e18, 1e400, "1e3", "", None, [], True, "now", 253402300800)
    bodies += [json.dumps({"CreationTime": time}) for time in times]
    variants: tuple[object, ...] = (
        [[]], [{"VariantName": "a", "DeployedImages": []}], [{"DeployedImages": [{}]}], "x", 5, None, [None, None],
        [5], ["a"],
        [{"VariantName": None}, {"VariantName": ""}], [{"CurrentWeight": 10**400}], [{"CurrentInstanceCount": 1.5}],
        [{"CurrentInstanceCount": "5"}], [{"CurrentWeight": "x"}], [{"CurrentWeight": True}],
        [{"CurrentServerlessConfig": {}}],
        [{"VariantName": "漢字"}, {"VariantName": "é" * 30, "CurrentWeight": 1e300}],
        [{"RoutingConfig": {"RoutingStrategy": {}}}],
    )  # fmt: skip
    bodies += [json.dumps({"ProductionVariants": rows}) for rows in variants]
    bodies += [
        '{"EndpointName": "a", "EndpointName": "b"}',
        '{"EndpointName": Infinity}',
        '{"X": -Infinity}',
        "{} x",
        "\ufeff{}",
        " {} ",
        "[{}]",
    ]
    for body, format in itertools.product(bodies, FORMATS[:-1]):
        yield case([*DESCRIBE, "--output", format], body)
