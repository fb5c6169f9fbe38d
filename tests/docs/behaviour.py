"""The pages about the reference's behaviour, as tests read them: numbered sections, examples, cases."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from functools import cache
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
_TITLE = re.compile(r"^#{2,3} ((?:input|output) \d+(?:\.\d+)?) (.*)")
_RANGE = re.compile(r"`([a-z-]+)-(\d{4})`(?: to `\1-(\d{4})`)?")
_KINDS = re.compile(r"\b[Kk]inds? ((?:`[a-z-]+`(?:, | and )?)+)")
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


@dataclass(frozen=True)
class Section:
    """A rule, and what shows it: recorded cases by kind and number, kinds of cases, and files of tests."""

    name: str
    cases: frozenset[tuple[str, int]]
    kinds: frozenset[str]
    tests: frozenset[str]


@cache
def shown() -> tuple[Section, ...]:
    """All sections, in the order of the pages, with what their last paragraphs say of where they are shown."""
    found = []
    for page in PAGES:
        for part in re.split(r"^(?=#{2,3} )", _page(page).read_text(encoding="utf-8"), flags=re.MULTILINE):
            title = _TITLE.match(part)
            if title is None:
                continue
            text = " ".join(line for line in part.splitlines() if not line.startswith("|"))
            ranges = ((kind, int(first), int(last or first)) for kind, first, last in _RANGE.findall(text))
            kinds = (kind for words in _KINDS.findall(text) for kind in re.findall(r"`([a-z-]+)`", words))
            found.append(
                Section(
                    f"{title[1]} {title[2]}",
                    frozenset((kind, n) for kind, first, last in ranges for n in range(first, last + 1)),
                    frozenset(kinds),
                    frozenset(re.findall(r"`(tests/[\w/.]+)`", text)),
                )
            )
    return tuple(found)


def rules_of_case(id: str, kind: str) -> list[str]:
    """Number and title of the rules that a recorded case shows: those that name it, else those that name its kind."""
    number = int(id.rpartition("-")[2])
    named = [section.name for section in shown() if (kind, number) in section.cases]
    return named or [section.name for section in shown() if kind in section.kinds]


def rules_of_test(path: str, text: str | None) -> list[str]:
    """Number and title of the rules that a test holds: those its docstring ``text`` cites, else those that name it.

    ``path``: of the file, from the root of the checkout. A folder may be named instead.
    """
    cited = set(re.findall(r"\b(?:input|output) \d+(?:\.\d+)?", text or "")) if "behaviour: " in (text or "") else set()
    by_number = [section.name for section in shown() if " ".join(section.name.split()[:2]) in cited]
    return by_number or [s.name for s in shown() if any(f"{path}/".startswith(f"{test}/") for test in s.tests)]


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
