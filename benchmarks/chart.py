"""The tables of docs/performance.md as pictures: ``python benchmarks/chart.py`` writes performance.svg and growth.svg.

In the first a bar is what a command costs of what the reference needs for the same, in instructions. In the second a
line is what a kind of work costs as it grows, on logarithmic scales: a cost that is linear rises as the thin lines do.
Plain SVG that follows the reader's light or dark colours where the viewer knows them.
"""

import os
from html import escape
from math import log10

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TABLE = os.path.join(ROOT, "docs", "performance.md")
PICTURE = os.path.join(ROOT, "docs", "performance.svg")
CURVES = os.path.join(ROOT, "docs", "growth.svg")

LEFT, WIDTH, RIGHT, STEP, BAR = 230, 420, 60, 22, 14
HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">
<title>{title}</title>
<style>
text {{ font: 13px system-ui, sans-serif; fill: #24292f; }}
.bar {{ fill: #2f6feb; }}
.all {{ fill: #8c959f; fill-opacity: .25; }}
.line {{ fill: none; stroke: #2f6feb; stroke-width: 2; }}
.grid {{ fill: none; stroke: #8c959f; stroke-opacity: .3; }}
@media (prefers-color-scheme: dark) {{
text {{ fill: #d8dee6; }}
.bar {{ fill: #6ea8fe; }}
.line {{ stroke: #6ea8fe; }}
}}
</style>
"""
TITLE = "Instructions, as a share of what the AWS CLI needs for the same command"


def rows(text: str) -> list[tuple[str, float]]:
    """Name and ratio of each scenario that has one, from the first table in ``text`` whose head says ``scenario``."""
    _, _, table = text.partition("| scenario |")
    found = []
    for line in table.splitlines()[2:]:
        if not line.startswith("|"):
            break
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[3] != "-":
            found.append((cells[0], float(cells[3])))
    return found


def picture(found: list[tuple[str, float]]) -> str:
    """The SVG text for these rows."""
    height = 34 + STEP * len(found)
    parts = [HEAD.format(width=LEFT + WIDTH + RIGHT, height=height, title=escape(TITLE))]
    parts.append(f'<text x="{LEFT + WIDTH + RIGHT - 4}" y="18" text-anchor="end">{escape(TITLE)}</text>\n')
    for number, (name, ratio) in enumerate(found):
        top = 30 + STEP * number
        parts.append(f'<text x="{LEFT - 8}" y="{top + 12}" text-anchor="end">{escape(name)}</text>\n')
        parts.append(f'<rect class="all" x="{LEFT}" y="{top}" width="{WIDTH}" height="{BAR}"/>\n')
        parts.append(f'<rect class="bar" x="{LEFT}" y="{top}" width="{WIDTH * ratio:.1f}" height="{BAR}"/>\n')
        parts.append(f'<text x="{LEFT + WIDTH + 8}" y="{top + 12}">{100 * ratio:.1f} %</text>\n')
    return "".join([*parts, "</svg>\n"])


#: Pixels of a decade, and around one small chart; charts in a row.
DECADE, MARGIN, ACROSS = 34, 46, 3
CURVES_TITLE = "Million instructions beyond the least, by the amount of work"


def series(text: str) -> dict[str, list[tuple[float, float]]]:
    """Subject -> (size, million instructions beyond the least) of each row of the table whose head says ``work``."""
    _, _, table = text.partition("| work |")
    found: dict[str, list[tuple[float, float]]] = {}
    for line in table.splitlines()[2:]:
        if not line.startswith("|"):
            break
        name, size, _, more = [cell.strip().replace(",", "") for cell in line.strip("|").split("|")][:4]
        found.setdefault(name, []).append((float(size), float(more)))
    return found


def curves(found: dict[str, list[tuple[float, float]]]) -> str:
    """The SVG text: a small chart for each subject, five decades wide and high."""
    side = 5 * DECADE
    width = ACROSS * (side + 2 * MARGIN)
    height = 34 + (side + 2 * MARGIN) * -(-len(found) // ACROSS)
    parts = [HEAD.format(width=width, height=height, title=escape(CURVES_TITLE))]
    parts.append(f'<text x="{MARGIN}" y="18">{escape(CURVES_TITLE)}</text>\n')
    for number, (name, points) in enumerate(found.items()):
        left = MARGIN + (number % ACROSS) * (side + 2 * MARGIN)
        top = 34 + MARGIN + (number // ACROSS) * (side + 2 * MARGIN)
        first = int(log10(points[0][0]))
        parts.append(f'<text x="{left}" y="{top - 10}">{escape(name)}</text>\n')
        parts += [grid(left, top, side), scales(left, top, side, first)]
        # The lowest line is a million; what costs less lies on it.
        at = [
            (left + DECADE * (log10(size) - first), top + side - DECADE * log10(max(cost, 1))) for size, cost in points
        ]
        parts.append(f'<polyline class="line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in at)}"/>\n')
    return "".join([*parts, "</svg>\n"])


def grid(left: int, top: int, side: int) -> str:
    """The frame of a chart and the lines along which a linear cost rises."""
    lines = [f"M{left},{top}h{side}v{side}h-{side}z"]
    for step in range(5):
        lines.append(f"M{left + step * DECADE},{top + side}L{left + side},{top + step * DECADE}")
        if step:
            lines.append(f"M{left},{top + side - step * DECADE}L{left + side - step * DECADE},{top}")
    return f'<path class="grid" d="{"".join(lines)}"/>\n'


def scales(left: int, top: int, side: int, first: int) -> str:
    """What the ends of both scales are."""
    below = "".join(
        f'<text x="{left + x}" y="{top + side + 16}" text-anchor="middle">{10**power:,}</text>\n'
        for x, power in ((0, first), (side, first + 5))
    )
    beside = "".join(
        f'<text x="{left - 6}" y="{y}" text-anchor="end">{text}</text>\n'
        for y, text in ((top + 10, "100,000"), (top + side, "1"))
    )
    return below + beside


def main() -> None:
    """Write both pictures."""
    with open(TABLE, encoding="utf-8") as file:
        text = file.read()
    for path, drawn in ((PICTURE, picture(rows(text))), (CURVES, curves(series(text)))):
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(drawn)


if __name__ == "__main__":
    main()
