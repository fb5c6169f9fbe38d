"""What the site generator is told: the table of contents, the colours, which marks mean something."""

from __future__ import annotations

import posixpath
import re

from awsshadow.help.guides import INDEX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from awsshadow.help.guides import Guides

    #: The title of a page and its path, or of a group and what is in it.
    Row = tuple[str, "str | Sequence[Row]"]

STYLE = "site.css"

_CONFIGURATION = """\
[project]
site_name = "awsshadow"
site_description = "A drop-in for aws sagemaker: guides and a page for every command"
docs_dir = "pages"
site_dir = "html"
use_directory_urls = false
extra_css = ["{style}"]
nav = [
{nav}]

[project.theme]
font = false
features = [
  "navigation.top", "navigation.tabs", "navigation.prune", "search.highlight", "content.code.copy", "toc.follow",
]

[[project.theme.palette]]
media = "(prefers-color-scheme)"
toggle = {{ icon = "lucide/sun-moon", name = "Switch to light" }}

[[project.theme.palette]]
media = "(prefers-color-scheme: light)"
scheme = "default"
toggle = {{ icon = "lucide/sun", name = "Switch to dark" }}

[[project.theme.palette]]
media = "(prefers-color-scheme: dark)"
scheme = "slate"
toggle = {{ icon = "lucide/moon", name = "Follow the system" }}

# No others: they would take words of the service model for marks.
[project.markdown_extensions.attr_list]
[project.markdown_extensions.fenced_code]
[project.markdown_extensions.tables]
[project.markdown_extensions.toc]
permalink = true
toc_depth = "2-3"
slugify = {{ object = "pymdownx.slugs.slugify", kwds = {{ case = "lower" }} }}
"""

#: A heading of the home page with lists of links below it, up to the next heading.
PART = re.compile(r"^## (.+)\n((?:(?!^## ).*\n)*)", re.MULTILINE)
ITEM = re.compile(r"^- (\[.*)$", re.MULTILINE)


def configuration(nav: Sequence[Row]) -> str:
    """The generator's file."""
    return _CONFIGURATION.format(nav=_rows(nav, "  "), style=STYLE)


def navigation(guides: Guides | None, reference: Sequence[Row]) -> list[Row]:
    """The table of contents: the parts of the guides' map, and ``reference`` behind the first of them.

    A part is a heading of the guides' index with items below it that begin with a link; the links before a colon count.
    Pages that the map does not name come last.
    """
    rows: list[Row] = [("Home", INDEX)]
    parts = list(_parts(guides)) if guides else []
    rows += [*parts[:1], ("Reference", reference), *parts[1:]]
    if guides:
        named = {INDEX, *(path for _, part in parts for path in _paths(part))}
        folders = {posixpath.dirname(path) for path in named if path.endswith(f"/{INDEX}")}
        rest = [page for page in guides.titles if page not in named and posixpath.dirname(page) not in folders]
        rows += [(guides.titles[page], page) for page in rest if page.count("/") == 0 or page.endswith(f"/{INDEX}")]
    return rows


def _parts(guides: Guides) -> Iterator[Row]:
    """The parts of the map, each with its pages; those of a folder stand below its index."""
    if INDEX not in guides.pages:
        return
    for title, body in PART.findall(guides.text(INDEX)):
        rows: list[Row] = []
        for item in ITEM.findall(body):
            for words, page in guides.linked(INDEX, item.partition(":")[0]):
                if any(page == path for _, path in rows):
                    continue
                rows.append((words[0].upper() + words[1:], page))
        if rows:
            yield title, rows


def _paths(rows: str | Sequence[Row]) -> Iterator[str]:
    if isinstance(rows, str):
        yield rows
    else:
        for _, inner in rows:
            yield from _paths(inner)


def _rows(rows: Sequence[Row], indent: str) -> str:
    lines = []
    for title, inner in rows:
        if isinstance(inner, str):
            lines.append(f'{indent}{{ "{_quoted(title)}" = "{_quoted(inner)}" }},\n')
        else:
            lines.append(f'{indent}{{ "{_quoted(title)}" = [\n{_rows(inner, indent + "  ")}{indent}] }},\n')
    return "".join(lines)


def _quoted(words: str) -> str:
    return words.replace("`", "").replace("\\", "\\\\").replace('"', '\\"')
