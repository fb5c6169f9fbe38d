"""The project's own documents as pages of the site: links that the site can follow, pictures for light and dark.

A wheel carries them beside this module, as a checkout has them: ``docs`` and the documents around it.
"""

from __future__ import annotations

import os
import posixpath
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = os.path.dirname(os.path.abspath(__file__))
#: In a wheel; in a checkout.
_FOLDERS = (os.path.join(_HERE, "guides", "docs"), os.path.join(_HERE, "..", "..", "docs"))

INDEX = "index.md"

#: Code, which is left as it is; an item of a list inside another, which Python-Markdown wants to be indented by four;
#: or a link or picture of a file, in whose words there may be code.
_PIECE = re.compile(
    r"^(?P<fence>`{3,})[^\n]*\n.*?^(?P=fence)$|^ {4}[^\n]*$|(?P<ticks>`+)[^`](?:(?!\n\n).)*?(?P=ticks)(?!`)"
    r"|(?P<item>^ {2,3}(?=[-*] ))"
    r"|(?P<picture>!?)\[(?P<words>(?:[^\[\]`]|`[^`]*`)+)\]\((?![a-z]+:|#)(?P<target>[^()\s]+)\)",
    re.MULTILINE | re.DOTALL,
)
_FIRST_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
_DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{\n(.*?\n)\}\n", re.DOTALL)
#: The theme shows a picture whose address ends so in one of its two schemes.
_SCHEMES = ("light", "dark")


def installed() -> str | None:
    """The folder of the guides: that of the wheel, or else of the checkout; None if neither is there."""
    return next((folder for folder in map(os.path.normpath, _FOLDERS) if os.path.isdir(folder)), None)


class Guides:
    """The Markdown files of ``folder``, and those beside the folder that one of them links to.

    ``pages`` has the path of each page below the root of the site, with the file that it is made of; ``titles``
    their first headings. Raises OSError.
    """

    def __init__(self, folder: str) -> None:
        self._folder = os.path.abspath(folder)
        self._beside = os.path.dirname(self._folder)
        self.pages: dict[str, str] = {}
        for place, folders, names in os.walk(self._folder):
            folders.sort()
            for name in sorted(name for name in names if name.endswith(".md")):
                path = os.path.join(place, name)
                self.pages[os.path.relpath(path, self._folder).replace(os.sep, "/")] = path
        self._texts = {page: _read(path) for page, path in self.pages.items()}
        for page, text in list(self._texts.items()):
            for path in self._linked(page, text):
                name = os.path.basename(path).lower()
                is_beside = os.path.dirname(path) == self._beside and name.endswith(".md")
                if is_beside and name not in self.pages and os.path.isfile(path):
                    self._texts[name] = _read(path)
                    self.pages[name] = path
        self.titles = {page: _title(page, text) for page, text in self._texts.items()}
        self._page_of = {path: page for page, path in self.pages.items()}

    def written(self, target: str) -> Iterator[str]:
        """Write the pages and their pictures into the folder ``target``; gives the paths of the pages.

        A folder of pages gets an index, unless it has one, or a page beside the folder has its name.
        """
        for page in self.pages:
            write(os.path.join(target, page), self.markdown(page))
            yield page
        for page, path in self.pages.items():
            for picture in self._linked(page, self._texts[page]):
                if picture.endswith(".svg") and os.path.isfile(picture):
                    _write_picture(picture, os.path.join(target, posixpath.dirname(page)), os.path.dirname(path))
        for folder in sorted({posixpath.dirname(page) for page in self.pages} - {""}):
            index = posixpath.join(folder, INDEX)
            if index not in self.pages and f"{folder}.md" not in self.pages:
                below = {page: title for page, title in self.titles.items() if posixpath.dirname(page) == folder}
                links = "".join(f"- [{title}]({posixpath.basename(page)})\n" for page, title in below.items())
                self.titles[index] = posixpath.basename(folder).replace("-", " ").capitalize()
                write(os.path.join(target, index), f"# {self.titles[index]}\n\n{links}")
                yield index

    def markdown(self, page: str) -> str:
        """The text of a page with links that the site can follow; of others the words alone."""
        return _PIECE.sub(lambda match: self._rewritten(page, match), self._texts[page])

    def text(self, page: str) -> str:
        """The text of a page as it was written."""
        return self._texts[page]

    def linked(self, page: str, text: str) -> Iterator[tuple[str, str]]:
        """The words and the page of each link of ``text``, a part of ``page``, to a page of the site."""
        for match in _PIECE.finditer(text):
            if match["target"] and not match["picture"]:
                to = self._page(page, match["target"].partition("#")[0])
                if to:
                    yield match["words"], to

    def _linked(self, page: str, text: str) -> Iterator[str]:
        """The files that the links of a page lead to."""
        for match in _PIECE.finditer(text):
            if match["target"]:
                yield self._path(page, match["target"].partition("#")[0])

    def _path(self, page: str, target: str) -> str:
        return os.path.normpath(os.path.join(os.path.dirname(self.pages[page]), target))

    def _page(self, page: str, target: str) -> str | None:
        """The page that ``target`` is, as it is written in ``page``: a folder's is its index."""
        path = self._path(page, target)
        if os.path.isdir(path) and os.path.commonpath([path, self._folder]) == self._folder:
            inside = os.path.relpath(path, self._folder).replace(os.sep, "/")
            return posixpath.normpath(posixpath.join(inside, INDEX))
        return self._page_of.get(path)

    def _rewritten(self, page: str, match: re.Match[str]) -> str:
        words, target = match["words"], match["target"]
        if not target:
            return match[0] if match["item"] is None else "    "
        file, mark, place = target.partition("#")
        if match["picture"]:
            return _picture(words, file, self._path(page, file))
        to = self._page(page, file)
        return f"[{words}]({posixpath.relpath(to, posixpath.dirname(page))}{mark}{place})" if to else words


def write(path: str, text: str) -> None:
    """Write a file, and the folders that it needs. Raises OSError."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def _title(page: str, text: str) -> str:
    heading = _FIRST_HEADING.search(text)
    return heading[1].replace("`", "") if heading else page


def _picture(words: str, file: str, path: str) -> str:
    words = " ".join(words.split())
    if not file.endswith(".svg") or not os.path.isfile(path):
        return words
    if not _DARK.search(_read(path)):
        return f"![{words}]({file})"
    return " ".join(f"![{words}]({file.removesuffix('.svg')}.{scheme}.svg#only-{scheme})" for scheme in _SCHEMES)


def _write_picture(picture: str, target: str, folder: str) -> None:
    """A picture by itself follows the system; on the site it has to follow what its reader has chosen."""
    text = _read(picture)
    where = os.path.join(target, os.path.relpath(picture, folder))
    if not _DARK.search(text):
        write(where, text)
        return
    for scheme, rules in zip(_SCHEMES, ("", r"\1"), strict=True):
        write(f"{where.removesuffix('.svg')}.{scheme}.svg", _DARK.sub(rules, text))
