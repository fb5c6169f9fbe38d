"""Rules are cited by number, as ``docs/reference-behaviour.md`` says: each number exists, once, and for good."""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

import awsshadow
from tests.docs.behaviour import PAGES, sections
from tests.support.program import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = os.path.dirname(os.path.abspath(awsshadow.__file__))
DOCS = sorted((ROOT / "docs").rglob("*.md"))

#: All numbers there ever were, by chapter: (page, chapter) -> how many sections it has, which count from 1;
#: chapter 0 of the output counts from 1, too. A new section is the next of its chapter; none goes.
NUMBERS = {
    ("input", 1): 15, ("input", 2): 9, ("input", 3): 3, ("input", 4): 6, ("input", 5): 3, ("input", 6): 2,
    ("input", 7): 3,
    ("output", 0): 3, ("output", 1): 6, ("output", 2): 0, ("output", 3): 5, ("output", 4): 0, ("output", 5): 7,
    ("output", 6): 5, ("output", 7): 4, ("output", 8): 6, ("output", 9): 5, ("output", 10): 0,
}  # fmt: skip

_CITATION = re.compile(r"[(;] ?behaviour: ([^)]*)\)")
_PIECE = re.compile(r"(input|output) (\d+(?:\.\d+)?)(?: to (\d+\.\d+))?")
#: Another way to name a section in running text.
_MENTION = re.compile(r"\b([Ii]nput|[Oo]utput) (\d+\.\d+)\b")

SECTIONS = set(sections())


def sources() -> Iterator[tuple[str, str]]:
    """Path and text of every module of the package and of the tests, comment signs and line ends taken out."""
    for top in (PACKAGE, str(ROOT / "tests")):
        for folder, _, names in os.walk(top):
            for name in names:
                if name.endswith(".py") and os.path.abspath(os.path.join(folder, name)) != os.path.abspath(__file__):
                    path = os.path.join(folder, name)
                    with open(path, encoding="utf-8") as file:
                        yield path, " ".join(file.read().replace("\n#:", "\n").split())


def cited(text: str) -> list[str]:
    """The sections that ``text`` cites; of a range its ends. Raises AssertionError for what is no citation."""
    found = []
    for pieces in _CITATION.findall(text):
        for piece in pieces.split(", "):
            match = _PIECE.fullmatch(piece)
            assert match, f"({pieces}) is no citation"
            found += [f"{match[1]} {number}" for number in match.groups()[1:] if number]
    return found


def test_citations_are_read() -> None:
    text = "x (behaviour: input 1.3 to 1.7, output 5) and (None: an error; behaviour: output 6.4)"
    assert cited(text) == ["input 1.3", "input 1.7", "output 5", "output 6.4"]
    with pytest.raises(AssertionError):
        cited("(behaviour: 5.1)")


def test_every_section_has_a_number_of_its_own() -> None:
    assert [number for number, times in Counter(sections()).items() if times > 1] == []


def test_numbers_stay() -> None:
    expected = {f"{page} {chapter}" for page, chapter in NUMBERS}
    expected |= {f"{page} {chapter}.{n}" for (page, chapter), count in NUMBERS.items() for n in range(1, count + 1)}
    assert expected == SECTIONS


def test_sections_stand_in_order() -> None:
    for page in PAGES:
        numbers = [tuple(map(int, s.split()[1].split("."))) for s in sections() if s.startswith(page)]
        assert numbers == sorted(numbers)


def test_what_code_and_tests_cite_exists() -> None:
    found = {path: cited(text) for path, text in sources()}
    assert sum(map(len, found.values())) > 50
    assert {path: missing for path, names in found.items() if (missing := set(names) - SECTIONS)} == {}


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in DOCS])
def test_what_documents_mention_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    mentioned = {f"{word.lower()} {number}" for word, number in _MENTION.findall(text)}
    assert mentioned | set(cited(text)) <= SECTIONS


def test_there_is_one_way_to_cite() -> None:
    """A number without the word before it is found by nobody who looks for citations."""
    other = re.compile(r"\((?:contract|see|rule)[^)]*\b(?:input|output)[, ]+\d")
    assert [path for path, text in sources() if other.search(text)] == []


def test_every_stage_cites_what_it_carries_out() -> None:
    """The parts that follow numbered rules, and the chapters one must be able to get from."""
    parts: dict[str, set[str]] = {}
    for path, text in sources():
        part = os.path.relpath(path, PACKAGE).split(os.sep)[0].removesuffix(".py")
        parts.setdefault(part, set()).update(cited(text))
    chapters = {
        "command_line": ("input 1", "input 5"), "arguments": ("input 2", "input 3"), "config": ("input 4",),
        "call": ("output 0", "output 3", "output 4", "output 5", "output 6"), "output": ("output 1", "output 2"),
        "skeleton": ("input 3",), "report": ("output 5",), "run": ("input 1", "output 0"), "help": ("output 8",),
    }  # fmt: skip
    for part, wanted in chapters.items():
        for chapter in wanted:
            assert any(name.split(".")[0] == chapter for name in parts[part]), f"{part} cites nothing of {chapter}"
