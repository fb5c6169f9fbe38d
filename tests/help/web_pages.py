"""What links and ids there are in the pages of the site: in their Markdown, and in the HTML that is made of it."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

#: Blocks of code: fenced, or indented, also in quotations.
_CODE_BLOCK = re.compile(r"^(`{3,})[^\n]*\n.*?^\1$|^(?:> ?)* {4}[^\n]*$", re.MULTILINE | re.DOTALL)
#: An escaped character, code in a line, or a link, in whose words there may be code.
_PIECE = re.compile(
    r"\\.|(`+)(?!`)(?:(?!\n(?:> ?)*\n).)+?(?<!`)\1(?!`)|\[(?:[^\[\]`\\]|\\.|`[^`]*`)*\]\(([^()\s]+)\)", re.DOTALL
)
_HEADING = re.compile(r"^(?:> ?)*#{1,6} (.+?)(?: \{ (.*) \})?$", re.MULTILINE)
_ID = re.compile(r"^#(\S+)")
#: An address of the web as it may be written: a host with a dot, and nothing that has to be quoted.
HTTPS = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#][!-;=?-~]*)?")


def markdown_links(text: str) -> list[str]:
    """The addresses of all links and pictures that are not shown as code."""
    return [found[2] for found in _PIECE.finditer(_CODE_BLOCK.sub("", text)) if found[2]]


def markdown_ids(text: str) -> list[str]:
    """The ids of all headings: the one that is given, or the one that code hosts and the generator derive."""
    found: list[str] = []
    for words, marks in _HEADING.findall(_CODE_BLOCK.sub("", text)):
        given = _ID.match(marks)
        if given:
            found.append(given[1])
            continue
        shown = re.sub(r"\[([^\]]*)\]\([^)]*\)|<[^>]*>", r"\1", words)
        slug = re.sub(r"[^\w\- ]", "", shown.lower()).strip().replace(" ", "-")
        found.append(slug)
    return found


class HtmlPage(HTMLParser):
    """``ids`` and ``links`` of a page; what a script or style says is not read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - a name of the base
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        self.links += [given[name] or "" for name in ("href", "src") if name in given]


def lost(pages: Mapping[str, tuple[Iterable[str], Iterable[str]]], root: Path) -> list[tuple[str, str]]:
    """The links that lead nowhere, each with its page; ``pages`` has the links and the ids of each by its path.

    A link leads to a page, to an id on one, or to another file below ``root``.
    """
    ids = {page: set(found) for page, (_, found) in pages.items()}
    missing = []
    for page, (links, _) in pages.items():
        for link in links:
            if re.match(r"[a-z]+:", link):
                continue
            path, _, place = unquote(link).partition("#")
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(page), path.partition("?")[0])) if path else page
            )
            is_there = target in ids or (root / target).is_file()
            if not is_there or (place and target in ids and place not in ids[target]):
                missing.append((page, link))
    return missing
