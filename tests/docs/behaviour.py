"""The pages about the reference's behaviour, as tests read them: numbered sections, examples, cases."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support.program import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.endpoint_server import Reply

FOLDER = ROOT / "docs" / "reference-behaviour"
PAGES = ("input", "output")

#: Files that examples may name, laid in their working folder; the page of conventions lists them.
FILES = {
    "keys.json": '["k1", "k2"]', "two.txt": "x\ny", "tag.txt": "Key=a,Value=b", "five.txt": "5", "v.txt": "vee",
    "empty.txt": "",
}  # fmt: skip

_HEADING = re.compile(r"^#{2,3} ((?:input|output) \d+(?:\.\d+)?) ")
_CELL = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"(sent )?`([^`]+)`")
_HEADERS = (["command", "code", "shows"], ["answer", "command", "code", "shows"])
_SIGNS = {"⏎": "\n", "⇥": "\t", "␛": "\x1b", "\\|": "|"}


@dataclass(frozen=True)
class Example:
    """One row of a table of examples: what is run and what comes of it."""

    section: str
    command: str
    answer: str
    code: int
    sent: str | None
    texts: tuple[str, ...]
    silent: bool

    @property
    def environ(self) -> dict[str, str]:
        """The variables that stand before the command."""
        return dict(word.split("=", 1) for word in self._words()[: self._begin()])

    @property
    def argv(self) -> list[str]:
        """The words behind the program's name."""
        words = self._words()[self._begin() :]
        return words[1:] if words[0] == "aws" else ["sagemaker", *words]

    @property
    def reply(self) -> Reply:
        """The answer, as the scripted endpoint wants it."""
        status, _, body = self.answer.partition(" ") if self.answer[:3].isdigit() else ("200", "", self.answer)
        return {"status": int(status), "body": body}

    def _words(self) -> list[str]:
        return shlex.split(self.command)

    def _begin(self) -> int:
        return next(i for i, word in enumerate(self._words()) if not re.match(r"[A-Z_]+=", word))


def sections() -> list[str]:
    """The numbers of all sections, in the order of the pages."""
    lines = (line for page in PAGES for line in _page(page).read_text(encoding="utf-8").splitlines())
    return [found[1] for line in lines if (found := _HEADING.match(line))]


def examples() -> Iterator[Example]:
    """The rows of all tables of examples."""
    for page in PAGES:
        section, header = "", None
        for line in _page(page).read_text(encoding="utf-8").splitlines():
            if found := _HEADING.match(line):
                section = found[1]
            cells = [cell.strip() for cell in _CELL.split(line)[1:-1]]
            if cells in _HEADERS:
                header = cells
            elif header is None or not cells:
                header = None
            elif not set(cells[0]) <= {"-"}:
                yield _example(section, dict(zip(header, cells, strict=True)))


def _example(section: str, row: dict[str, str]) -> Example:
    shows = [(bool(sent), _plain(text)) for sent, text in _CODE.findall(row["shows"])]
    return Example(
        section,
        row["command"].strip("`"),
        row.get("answer", "`{}`").strip("`"),
        int(row["code"]),
        next((text for sent, text in shows if sent), None),
        tuple(text for sent, text in shows if not sent),
        row["shows"] == "nothing",
    )


def _plain(text: str) -> str:
    for sign, character in _SIGNS.items():
        text = text.replace(sign, character)
    return text


def _page(name: str) -> Path:
    return FOLDER / f"{name}.md"
