"""Tables and facts drawn by rich, fitted to a width and never broken in the middle of a word."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from awsshadow.terminal.checks import FACT, GOOD, NOTICE, PROBLEM
from awsshadow.terminal.folding import display_width, fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from awsshadow.terminal.appearance import Appearance
    from awsshadow.terminal.checks import Check

_GAP = 2
#: A column is not made narrower than this, or than its title.
_LEAST = 8
#: Below this width a value stands under its name.
_NARROW = 60

_MARKS = {FACT: ("·", "dim"), GOOD: ("✓", "green"), NOTICE: ("!", "yellow"), PROBLEM: ("✗", "bold red")}
#: The same, and the arrow, where the stream's encoding lacks them.
_ASCII = str.maketrans("·✓✗→", "-+x>")

#: Words that say how something stands -> their style.
_STYLES = {
    "green": ("inservice", "completed", "succeeded", "active", "ready", "available", "stateful", "created"),
    "bold red": ("failed", "damaged", "refused", "rollbackfailed", "updaterollbackfailed", "outofservice"),
    "yellow": (
        "creating", "updating", "deleting", "inprogress", "stopping", "pending", "starting", "running", "throttle",
        "empty list", "systemupdating", "rollingback",
    ),
}  # fmt: skip
_STYLE_OF = {word: style for style, words in _STYLES.items() for word in words}


def table(titles: Sequence[str], rows: Sequence[Sequence[str]], look: Appearance, note: str = "") -> str:
    """See ``awsshadow.terminal.draw_table``."""
    needed = [max(map(display_width, cells)) for cells in zip(titles, *rows, strict=True)]
    widths = _fitted(needed, titles, look.columns)
    if widths is None:
        return _drawn([*_paragraphs(titles, rows, look.columns), *_note(note, look.columns)], look)
    drawn = Table(box=None, pad_edge=False, padding=0, header_style="bold", show_edge=False)
    for number, (title, width) in enumerate(zip(titles, widths, strict=True), 1):
        # Releases of rich do not agree on what padding the last column has.
        drawn.add_column(title, width=width + _GAP * (number < len(widths)), no_wrap=True, overflow="fold")
    for row in rows:
        drawn.add_row(*[_cell(text, width) for text, width in zip(row, widths, strict=True)])
    return _drawn([drawn, *_note(note, look.columns)], look)


def checks(found: Sequence[Check], look: Appearance, sentence: str | None) -> str:
    """See ``awsshadow.terminal.draw_checks``."""
    name_width = max((display_width(check.name) for check in found), default=0)
    narrow = look.columns < _NARROW
    room = look.columns - 2 - (2 if narrow else name_width + _GAP)
    drawn: list[RenderableType] = []
    for check in found:
        mark, style = _MARKS[check.state] if check.name else (" ", "")
        head = Text.assemble((f"{mark} ", style), (check.name, "bold" if check.state == PROBLEM else "cyan"))
        lines = [Text(line) for line in fold(check.value, room)]
        lines += [Text(line, style="yellow") for line in fold(f"→ {check.remedy}", room)] if check.remedy else []
        if narrow:
            drawn += [head, *(Padding(line, (0, 0, 0, 4)) for line in lines)]
            continue
        head.append(" " * (name_width + _GAP - display_width(check.name)))
        drawn.append(head + lines[0])
        drawn += [Padding(line, (0, 0, 0, 2 + name_width + _GAP)) for line in lines[1:]]
    wrong = sum(check.state == PROBLEM for check in found)
    if sentence is None:
        sentence = f"{wrong} problem{'s' * (wrong != 1)}" if wrong else "Nothing stands in the way of a call."
    if sentence:
        style = "bold red" if wrong else "green"
        drawn += [Text(), *(Text(line, style=style) for line in fold(sentence, look.columns))]
    return _drawn(drawn, look)


def _drawn(parts: Sequence[RenderableType], look: Appearance) -> str:
    text = StringIO()
    console = Console(
        file=text, width=look.columns, force_terminal=True, color_system="standard" if look.is_coloured else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False, _environ={},
    )  # fmt: skip
    for part in parts:
        console.print(part, overflow="ignore", no_wrap=True, crop=False)
    drawn = text.getvalue() if look.has_unicode else text.getvalue().translate(_ASCII)
    return "".join(line.rstrip() + "\n" for line in drawn.splitlines())


def _fitted(needed: Sequence[int], titles: Sequence[str], total: int) -> list[int] | None:
    """A width for each column, the widest made narrower until they fit; None where they cannot."""
    widths = list(needed)
    least = [min(width, max(_LEAST, display_width(title))) for width, title in zip(widths, titles, strict=True)]
    while sum(widths) + _GAP * (len(widths) - 1) > total:
        spare = [width - smallest for width, smallest in zip(widths, least, strict=True)]
        widest = max(range(len(widths)), key=lambda column: (spare[column] > 0, widths[column]))
        if spare[widest] <= 0:
            return None
        widths[widest] -= 1
    return widths


def _cell(text: str, width: int) -> Text:
    return Text("\n".join(fold(text, width)), style=_STYLE_OF.get(text.lower(), ""))


def _paragraphs(titles: Sequence[str], rows: Sequence[Sequence[str]], total: int) -> list[RenderableType]:
    """A paragraph for each row, a line and more for each of its cells."""
    indent = max(map(display_width, titles)) + _GAP
    drawn: list[RenderableType] = []
    for row in rows:
        drawn += [Text()] if drawn else []
        for title, cell in zip(titles, row, strict=True):
            first, *rest = fold(cell, total - indent)
            style = _STYLE_OF.get(cell.lower(), "")
            drawn.append(Text.assemble((title.ljust(indent), "bold"), (first, style)))
            drawn += [Padding(Text(line, style=style), (0, 0, 0, indent)) for line in rest]
    return drawn


def _note(note: str, columns: int) -> list[RenderableType]:
    return [Text(), *(Text(line, style="dim") for line in fold(note, columns))] if note else []
