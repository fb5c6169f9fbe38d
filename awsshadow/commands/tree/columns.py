"""Rows and moments as text; rows as tables on a terminal and as JSON when asked."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import click

from awsshadow.streams import visible
from awsshadow.terminal import draw_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TypeVar

    from awsshadow.commands.tree.console import Console

    Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def as_json(function: Decorated) -> Decorated:
    """The option ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print a list of JSON objects.")(function)


def write_json(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    """Print a list of objects. Raises what ``Console.write`` raises."""
    console.write(json.dumps(rows, indent=4, ensure_ascii=False) + "\n")


def draw(console: Console, titles: Sequence[str], rows: Sequence[Sequence[str]], note: str = "") -> None:
    """Show a table on the terminal that standard output is, page by page if it is long.

    Raises what ``Console.write`` raises.
    """
    console.page(draw_table(titles, [list(map(visible, row)) for row in rows], console.look(), note))


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines in which all columns but the last have one width."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "".join(line + "\n" for line in lines)


def moment(seconds: float) -> str:
    """Seconds since the epoch as ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def as_counted(text: str) -> list[tuple[int, int, str]]:
    """What to sort names by, so that they come as people count: 1, 2, 10."""
    pieces = re.findall(r"\d+|\D+", text)
    return [(0, int(piece), piece) if piece.isdecimal() else (1, 0, piece) for piece in pieces]
