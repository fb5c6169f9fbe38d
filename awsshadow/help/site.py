"""The reference pages and the guides as a web site with search: ``python -m awsshadow.help.site OUT``.

``OUT/pages`` gets Markdown, one page a command below ``reference/`` with the addresses of the
public reference, and ``OUT`` the configuration of the site generator; the generator, which is in
the dependency group ``docs``, makes ``OUT/html`` of it. Why this generator:
docs/decisions/0011-site-generator.md.
"""

from __future__ import annotations

import argparse
import os
import posixpath
import re
import shutil
import subprocess
import sys

from awsshadow.help import markdown
from awsshadow.help.document import SERVICE, WAIT, document
from awsshadow.help.man import lineages
from awsshadow.help.tree import COMMAND_LINK
from awsshadow.model import find_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from awsshadow.help.tree import Document
    from awsshadow.model.store import Store

PROGRAM = "awsshadow"
REFERENCE = "reference"
GUIDES = "guides"

_GROUPS = ((), (SERVICE,), (SERVICE, WAIT))
_LINK = re.compile(rf"\[([^\[\]]*)\]\({COMMAND_LINK}([a-z0-9/-]+)\)")
_FIRST_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)

_CONFIGURATION = """\
[project]
site_name = "awsshadow"
site_description = "A drop-in for aws sagemaker: guides and a page for every command"
docs_dir = "pages"
site_dir = "html"
use_directory_urls = false
nav = [
{nav}]

[project.theme]
font = false
features = ["navigation.top", "search.highlight", "content.code.copy", "toc.follow"]

# No others: they would take words of the service model for marks.
[project.markdown_extensions.attr_list]
[project.markdown_extensions.fenced_code]
[project.markdown_extensions.tables]
[project.markdown_extensions.toc]
permalink = true
"""

_HOME = """\
# awsshadow

A drop-in for `aws sagemaker`.

- [Commands of `sagemaker`](reference/sagemaker/index.md): one page each
- [Waiters](reference/sagemaker/wait/index.md)
- [Global options](reference/index.md)
"""


def write_source(folder: str, store: Store, guides: str | None) -> list[str]:
    """Write what the site is made of into ``folder``; returns the paths of its pages below ``pages/``.

    ``guides`` is a folder of Markdown files to take along, or None. Raises OSError.
    """
    pages = os.path.join(folder, "pages")
    shutil.rmtree(pages, ignore_errors=True)
    written = []
    for lineage in lineages(store):
        path = page_path(lineage)
        _write(os.path.join(pages, path), reference_page(document(lineage, store, PROGRAM)))
        written.append(path)
    found = dict(_copied_guides(guides, pages)) if guides else {}
    if "index.md" not in written:
        links = "".join(f"- [{title}]({path})\n" for path, title in found.items() if path.count("/") == 1)
        _write(os.path.join(pages, "index.md"), _HOME + links)
    _write(os.path.join(folder, "zensical.toml"), _CONFIGURATION.format(nav=_navigation(found)))
    return ["index.md", *written, *found]


def page_path(lineage: tuple[str, ...]) -> str:
    """Where the page of a command is, below the root of the site."""
    name = "index" if lineage in _GROUPS else lineage[-1]
    return posixpath.join(REFERENCE, *(lineage if lineage in _GROUPS else lineage[:-1]), name + ".md")


def reference_page(page: Document) -> str:
    """The Markdown of one page with its front matter, breadcrumb and links to other pages."""
    here = posixpath.dirname(page_path(page.lineage))

    def link(target: tuple[str, ...]) -> str:
        return posixpath.relpath(page_path(target), here)

    def resolved(match: re.Match[str]) -> str:
        words = tuple(match[2].split("/"))
        return f"[{match[1]}]({link(words)})" if words[0] == SERVICE else match[1]

    above = [page.lineage[:i] for i in range(len(page.lineage))]
    trail = " . ".join(f"[{step[-1] if step else PROGRAM}]({link(step)})" for step in above)
    body = _LINK.sub(resolved, markdown.render(page, f"\\[ {trail} \\]" if trail else ""))
    # Every command has the global options; as hits of a search they would hide what was searched for.
    for title in ("Synopsis", "Global Options"):
        body = body.replace(f"\n## {title}\n", f"\n## {title} {{ data-search-exclude }}\n")
    command = " ".join((PROGRAM, *page.lineage))
    return f"---\ntitle: {page.title}\ndescription: How to use the command {command}\n---\n\n{body}"


def _copied_guides(guides: str, pages: str) -> Iterator[tuple[str, str]]:
    """Copy the guides; gives the path of each below the pages, and its title."""
    for folder, folders, names in os.walk(guides):
        folders.sort()
        for name in sorted(names):
            if not name.endswith(".md"):
                continue
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = file.read()
            inside = os.path.relpath(os.path.join(folder, name), guides).replace(os.sep, "/")
            path = posixpath.join(GUIDES, inside)
            _write(os.path.join(pages, path), text)
            heading = _FIRST_HEADING.search(text)
            yield path, heading[1].replace("`", "") if heading else inside


def _navigation(guides: dict[str, str]) -> str:
    """Rows of the table of contents. Commands are reached from their list, not from every page's margin."""
    rows = [("Home", "index.md")]
    rows += [(title, path) for path, title in guides.items() if path.count("/") == 1]
    rows += [(" ".join(step) or "Global options", page_path(step)) for step in (_GROUPS[1], _GROUPS[2], _GROUPS[0])]
    return "".join(f'  {{ "{_quoted(title)}" = "{_quoted(path)}" }},\n' for title, path in rows)


def _quoted(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"')


def _write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def build(folder: str) -> int:
    """Run the site generator on ``folder``; returns its exit code."""
    command = [sys.executable, "-m", "zensical", "build", "--config-file", "zensical.toml"]
    return subprocess.call(command, cwd=folder)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; ``arguments`` None means those of the process."""
    checkout = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    parser = argparse.ArgumentParser(prog="python -m awsshadow.help.site", description=__doc__)
    parser.add_argument("out", metavar="OUT", help="the folder to write to")
    parser.add_argument("--guides", default=os.path.join(checkout, "docs"), help="the folder of the guides")
    parser.add_argument("--source-only", action="store_true", help="write the Markdown and stop")
    chosen = parser.parse_args(arguments)
    guides = chosen.guides if os.path.isdir(chosen.guides) else None
    pages = write_source(chosen.out, find_store(dict(os.environ)), guides)
    print(f"{len(pages)} pages of Markdown are in {os.path.join(chosen.out, 'pages')}")
    if chosen.source_only:
        return 0
    code = build(chosen.out)
    if not code:
        print(f"The site is in {os.path.join(chosen.out, 'html')}")
    return code


if __name__ == "__main__":
    sys.exit(main())
