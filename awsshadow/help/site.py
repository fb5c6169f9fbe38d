"""The reference pages and the guides as a web site with search; the command is ``awsshadow site OUT``.

``OUT/pages`` gets Markdown, one page a command below ``reference/`` with the addresses of the
public reference, and ``OUT`` the configuration of the site generator; the generator, which is in
the group ``docs``, makes ``OUT/html`` of it. Why this generator:
docs/decisions/0005-the-site-is-built-by-zensical.md.
"""

from __future__ import annotations

import functools
import os
import posixpath
import re
import runpy
import shutil
import subprocess
import sys
from itertools import chain

from awsshadow.help import markdown
from awsshadow.help.blocks import COMMAND_LINK
from awsshadow.help.document import SERVICE, WAIT, document
from awsshadow.help.man import lineages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Sequence

    from awsshadow.help.blocks import Document
    from awsshadow.model.store import Store

PROGRAM = "awsshadow"
REFERENCE = "reference"
GENERATOR = "zensical"

_GROUPS = ((), (SERVICE,), (SERVICE, WAIT))
_LINK = re.compile(rf"\[([^\[\]]*)\]\({COMMAND_LINK}([a-z0-9/-]+)\)")
#: A link to a file beside the one it stands in, or to one of its headings.
_LOCAL_LINK = re.compile(r"\[([^\[\]]+)\]\((?![a-z]+:|#)([^()\s]+)\)")
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

_REFERENCE_LINKS = """\
Reference

- [Commands of `sagemaker`](reference/sagemaker/index.md): one page each
- [Waiters](reference/sagemaker/wait/index.md)
- [Global options](reference/index.md)
"""


def write_source(folder: str, store: Store, guides: str | None, own: Sequence[Document] = ()) -> list[str]:
    """Write what the site is made of into ``folder``; returns the paths of its pages below ``pages/``.

    ``guides`` is a folder of Markdown files to take along, or None; its ``index.md`` becomes the
    home page. ``own`` are the pages of commands that the store knows nothing of. Raises OSError.
    """
    pages = os.path.join(folder, "pages")
    shutil.rmtree(pages, ignore_errors=True)
    written = []
    paths = [page.lineage for page in own]
    groups = _groups(paths)
    for page in chain((document(lineage, store, PROGRAM) for lineage in lineages(store)), own):
        path = page_path(page.lineage, groups)
        _write(os.path.join(pages, path), reference_page(page, paths))
        written.append(path)
    found = dict(_copied_guides(guides, pages)) if guides else {}
    home = os.path.join(pages, "index.md")
    if "index.md" in found:
        with open(home, encoding="utf-8") as file:
            _write(home, file.read().rstrip("\n") + "\n\n" + _REFERENCE_LINKS)
    else:
        _write(home, "# awsshadow\n\n" + _REFERENCE_LINKS)
        found = {"index.md": "awsshadow", **found}
    _write(os.path.join(folder, "zensical.toml"), _CONFIGURATION.format(nav=_navigation(found)))
    return [*written, *found]


def page_path(lineage: tuple[str, ...], groups: Container[tuple[str, ...]] = _GROUPS) -> str:
    """Where the page of a command is, below the root of the site; that of one of ``groups`` is an index."""
    is_group = lineage in groups
    return posixpath.join(
        REFERENCE, *(lineage if is_group else lineage[:-1]), f"{'index' if is_group else lineage[-1]}.md"
    )


def reference_page(page: Document, own: Collection[tuple[str, ...]] = ()) -> str:
    """The Markdown of one page with its front matter, breadcrumb and links to other pages.

    ``own`` are the paths of the commands besides the service's that have a page.
    """
    groups = _groups(own)
    here = posixpath.dirname(page_path(page.lineage, groups))

    def link(target: tuple[str, ...]) -> str:
        return posixpath.relpath(page_path(target, groups), here)

    def resolved(match: re.Match[str]) -> str:
        words = tuple(match[2].split("/"))
        return f"[{match[1]}]({link(words)})" if words[0] == SERVICE or words in own else match[1]

    above = [page.lineage[:i] for i in range(len(page.lineage))]
    trail = " . ".join(f"[{step[-1] if step else PROGRAM}]({link(step)})" for step in above)
    body = _LINK.sub(resolved, markdown.render(page, f"\\[ {trail} \\]" if trail else ""))
    # Every command has the global options; as hits of a search they would hide what was searched for.
    for title in ("Synopsis", "Global Options"):
        body = body.replace(f"\n## {title}\n", f"\n## {title} {{ data-search-exclude }}\n")
    command = " ".join((PROGRAM, *page.lineage))
    return f"---\ntitle: {page.title}\ndescription: How to use the command {command}\n---\n\n{body}"


def _groups(own: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """The commands that others are below of."""
    return {*_GROUPS, *(lineage[:-1] for lineage in own)}


def _copied_guides(guides: str, pages: str) -> Iterator[tuple[str, str]]:
    """Copy the guides to the root of the pages; gives the path of each there, and its title."""
    for folder, folders, names in os.walk(guides):
        folders.sort()
        inside = os.path.relpath(folder, guides).replace(os.sep, "/").removeprefix(".")
        titles = {}
        for name in sorted(name for name in names if name.endswith(".md")):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = file.read()
            heading = _FIRST_HEADING.search(text)
            titles[name] = heading[1].replace("`", "") if heading else name
            _write(
                os.path.join(pages, inside, name), _LOCAL_LINK.sub(functools.partial(_guide_link, folder, guides), text)
            )
            yield posixpath.join(inside, name), titles[name]
        if inside and titles and "index.md" not in titles:
            links = "".join(f"- [{title}]({name})\n" for name, title in titles.items())
            _write(os.path.join(pages, inside, "index.md"), f"# {posixpath.basename(inside).capitalize()}\n\n{links}")
            yield posixpath.join(inside, "index.md"), posixpath.basename(inside).capitalize()


def _guide_link(folder: str, guides: str, match: re.Match[str]) -> str:
    """A link of a guide as the site can follow it: to the index of a folder; to nothing outside the guides."""
    words, target = match[1], match[2]
    path = os.path.normpath(os.path.join(folder, target.partition("#")[0]))
    if os.path.commonpath([path, os.path.normpath(guides)]) != os.path.normpath(guides):
        return words
    return f"[{words}]({posixpath.join(target, 'index.md') if os.path.isdir(path) else target})"


def _navigation(guides: dict[str, str]) -> str:
    """Rows of the table of contents. Commands are reached from their list, not from every page's margin."""
    rows = [("Home", "index.md")]
    rows += [(title, path) for path, title in guides.items() if path.count("/") == 0 and path != "index.md"]
    rows += [(title, path) for path, title in guides.items() if path.count("/") == 1 and path.endswith("/index.md")]
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
    command = [sys.executable, "-m", GENERATOR, "build", "--config-file", "zensical.toml"]
    return subprocess.call(command, cwd=folder)


if __name__ == "__main__":
    # ``awsshadow site`` by the name that the module has.
    sys.argv.insert(1, "site")
    runpy.run_module("awsshadow", run_name="__main__", alter_sys=True)
