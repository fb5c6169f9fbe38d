"""The reference pages and the guides as a web site with search; the command is ``awsshadow site OUT``.

``OUT/pages`` gets Markdown, one page a command below ``reference/`` with the addresses of the
public reference, and ``OUT`` the configuration of the site generator; the generator, which is in
the group ``docs``, makes ``OUT/html`` of it. Why this generator:
docs/decisions/0005-the-site-is-built-by-zensical.md.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import runpy
import shutil
import subprocess
import sys
from itertools import chain

from awsshadow.help import common_options, markdown
from awsshadow.help.alternatives import explained
from awsshadow.help.blocks import COMMAND_LINK
from awsshadow.help.document import SERVICE, WAIT, document
from awsshadow.help.guides import INDEX, Guides, write
from awsshadow.help.man import lineages
from awsshadow.help.site_configuration import ITEM, PART, STYLE, configuration, navigation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Sequence

    from awsshadow.help.blocks import Document
    from awsshadow.help.site_configuration import Row
    from awsshadow.model.store import Store

PROGRAM = "awsshadow"
REFERENCE = "reference"
GENERATOR = "zensical"

_GROUPS = ((), (SERVICE,), (SERVICE, WAIT))
_LINK = re.compile(rf"\[([^\[\]]*)\]\({COMMAND_LINK}([a-z0-9/-]+)\)")
#: The sections that every command's page has; as hits of a search they would hide what was searched for.
_EVERYWHERE = ("Synopsis", "Global Options")

_HOME = """\
# awsshadow

"""
_TO_THE_REFERENCE = """\
## Reference

The search finds a command, an option or a member by its name: `create-model`, `--model-name`, `InitialInstanceCount`.

- [Commands of `sagemaker`](reference/sagemaker/index.md): one page each
- [Waiters](reference/sagemaker/wait/index.md): `sagemaker wait`
- [The program](reference/index.md): its own commands, the global options
- [Options of many commands](reference/options.md): input documents, skeletons, paging; what the AWS CLI does not have

"""


def write_source(folder: str, store: Store, guides: str | None, own: Sequence[Document] = ()) -> list[str]:
    """Write what the site is made of into ``folder``; returns the paths of its pages below ``pages/``.

    ``guides`` is a folder of Markdown files to take along, or None; its ``index.md`` becomes the
    home page. ``own`` are the pages of commands that the store knows nothing of. Raises OSError.
    """
    documents = Guides(guides) if guides else None
    pages = os.path.join(folder, "pages")
    shutil.rmtree(pages, ignore_errors=True)
    written = []
    paths = [*(page.lineage for page in own), common_options.LINEAGE]
    groups = _groups(page.lineage for page in own)
    made = (explained(document(lineage, store, PROGRAM)) for lineage in lineages(store))
    shared = common_options.shared(own)
    for page in chain(made, own, [common_options.document()]):
        path = page_path(page.lineage, groups)
        common = common_options.names() if page.lineage[:1] == (SERVICE,) else shared
        write(os.path.join(pages, path), reference_page(page, paths, common))
        written.append(path)
    if documents:
        written += documents.written(pages)
    if INDEX not in written:
        written.append(INDEX)
    home = documents.markdown(INDEX) if documents and INDEX in documents.pages else _HOME
    write(os.path.join(pages, INDEX), with_reference(home))
    with open(os.path.join(os.path.dirname(__file__), STYLE), encoding="utf-8") as file:
        write(os.path.join(pages, STYLE), file.read())
    write(os.path.join(folder, "zensical.toml"), configuration(navigation(documents, _reference(own, groups))))
    return written


def with_reference(home: str) -> str:
    """The home page with the links to the reference: behind the first list of guides, or at the end."""
    parts = [part.start() for part in PART.finditer(home) if ITEM.search(part[2])]
    place = parts[1] if len(parts) > 1 else len(home)
    return home[:place] + _TO_THE_REFERENCE + home[place:]


def _reference(own: Sequence[Document], groups: Container[tuple[str, ...]]) -> list[Row]:
    """Rows of the table of contents. Operations are reached from their list, not from every page's margin."""
    rows: list[Row] = [
        ("Commands of sagemaker", page_path((SERVICE,))),
        ("Waiters", page_path((SERVICE, WAIT))),
        ("Program and global options", page_path(())),
        ("Options of many commands", page_path(common_options.LINEAGE)),
    ]
    top = [page.lineage for page in own if len(page.lineage) == 1]
    return rows + [(" ".join((PROGRAM, *lineage)), page_path(lineage, groups)) for lineage in top]


def page_path(lineage: tuple[str, ...], groups: Container[tuple[str, ...]] = _GROUPS) -> str:
    """Where the page of a command is, below the root of the site; that of one of ``groups`` is an index."""
    is_group = lineage in groups
    return posixpath.join(
        REFERENCE, *(lineage if is_group else lineage[:-1]), f"{'index' if is_group else lineage[-1]}.md"
    )


def reference_page(page: Document, own: Collection[tuple[str, ...]] = (), common: Container[str] = ()) -> str:
    """The Markdown of one page with its front matter, breadcrumb and links to other pages.

    ``own`` are the paths of the commands besides the service's that have a page, ``common`` the options that a
    search does not look for here.
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
    is_about_options = page.lineage in ((), common_options.LINEAGE)
    everywhere = () if is_about_options else _EVERYWHERE
    body = markdown.render(page, f"\\[ {trail} \\]" if trail else "", everywhere, () if is_about_options else common)
    command = " ".join((PROGRAM, *page.lineage))
    what = page.title if is_about_options else f"How to use the command {command}"
    return f"---\ntitle: {page.title}\ndescription: {what}\n---\n\n{_LINK.sub(resolved, body)}"


def _groups(own: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """The commands that others are below of."""
    return {*_GROUPS, *(lineage[:-1] for lineage in own)}


def build(folder: str) -> int:
    """Run the site generator on ``folder``; returns its exit code. Raises OSError."""
    command = [sys.executable, "-m", GENERATOR, "build", "--config-file", "zensical.toml"]
    code = subprocess.call(command, cwd=folder)
    if code == 0:
        _put_in_order(os.path.join(folder, "html", "search.json"))
    return code


def _put_in_order(path: str) -> None:
    """Put ``create-model`` before its longer names: of pages that fit alike a search shows the first of its index.

    An index of another form, as a later generator may write it, is left as it is.
    """
    try:
        with open(path, encoding="utf-8") as file:
            index = json.load(file)
    except FileNotFoundError:
        return
    items = index.get("items", ()) if isinstance(index, dict) else ()
    if not items or not all(isinstance(item, dict) and "location" in item for item in items):
        return
    items.sort(key=lambda item: item["location"].partition("#")[0].removesuffix(".html"))
    with open(path, "w", encoding="utf-8") as file:
        json.dump(index, file, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    # ``awsshadow site`` by the name that the module has.
    sys.argv.insert(1, "site")
    runpy.run_module("awsshadow", run_name="__main__", alter_sys=True)
