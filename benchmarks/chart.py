"""The table of docs/performance.md as a picture: ``python benchmarks/chart.py`` writes docs/performance.svg.

A bar is what a command costs of what the reference needs for the same, in instructions. Plain SVG that follows the
reader's light or dark colours where the viewer knows them.
"""

import os
from html import escape

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TABLE = os.path.join(ROOT, "docs", "performance.md")
PICTURE = os.path.join(ROOT, "docs", "performance.svg")

LEFT, WIDTH, RIGHT, STEP, BAR = 230, 420, 60, 22, 14
HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">
<title>{title}</title>
<style>
text {{ font: 13px system-ui, sans-serif; fill: #24292f; }}
.bar {{ fill: #2f6feb; }}
.all {{ fill: #8c959f; fill-opacity: .25; }}
@media (prefers-color-scheme: dark) {{
text {{ fill: #d8dee6; }}
.bar {{ fill: #6ea8fe; }}
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
    parts.append(f'<text x="{LEFT}" y="18">{escape(TITLE)}</text>\n')
    for number, (name, ratio) in enumerate(found):
        top = 30 + STEP * number
        parts.append(f'<text x="{LEFT - 8}" y="{top + 12}" text-anchor="end">{escape(name)}</text>\n')
        parts.append(f'<rect class="all" x="{LEFT}" y="{top}" width="{WIDTH}" height="{BAR}"/>\n')
        parts.append(f'<rect class="bar" x="{LEFT}" y="{top}" width="{WIDTH * ratio:.1f}" height="{BAR}"/>\n')
        parts.append(f'<text x="{LEFT + WIDTH + 8}" y="{top + 12}">{100 * ratio:.1f} %</text>\n')
    return "".join([*parts, "</svg>\n"])


def main() -> None:
    """Write the picture."""
    with open(TABLE, encoding="utf-8") as file:
        text = picture(rows(file.read()))
    with open(PICTURE, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


if __name__ == "__main__":
    main()
