"""Every target for a moment, the same cases every time, and the cases that were found before."""

import importlib
from pathlib import Path

import pytest

from tests.fuzz.target import CORPUS, Target

#: target -> cases that take about a second or two.
EXAMPLES = {
    "arguments": 250,
    "shorthand": 400,
    "documents": 250,
    "yaml_texts": 300,
    "responses": 150,
    "configuration": 150,
    "queries": 400,
}


def target(name: str) -> Target:
    found: Target = importlib.import_module(f"tests.fuzz.{name}").TARGET
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_new_cases(name: str) -> None:
    target(name).search(EXAMPLES[name])


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*.json")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_found_cases(path: Path) -> None:
    target(path.parent.name).replay(path)
