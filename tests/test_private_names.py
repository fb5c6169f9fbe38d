"""What the standard library keeps to itself changes with each Python, so neither the package nor a test leans on it."""

from __future__ import annotations

import ast
import os
import sys
from typing import TYPE_CHECKING

import pytest

import awsshadow
from tests.support.program import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Names with an underscore that the documentation of Python promises all the same.
PROMISED = {"os._exit", "sys._getframe", "sys._current_frames", "sys._xoptions"}

PLACES = [os.path.dirname(os.path.abspath(awsshadow.__file__)), *(str(ROOT / top) for top in ("tests", "benchmarks"))]


def modules() -> Iterator[Path]:
    for place in PLACES:
        yield from sorted(ROOT.joinpath(place).rglob("*.py"))


def private(tree: ast.Module) -> list[str]:
    """The private modules and names of the standard library that a module imports or reaches for."""
    found: list[str] = []
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found += [alias.name] if hidden(alias.name) else []
                known[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else (alias.name.partition(".")[0])
                )
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found += [name for name in names if hidden(name)]
            known.update((alias.asname or alias.name, name) for alias, name in zip(node.names, names, strict=True))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            words = [node.attr]
            inner = node.value
            while isinstance(inner, ast.Attribute):
                words.insert(0, inner.attr)
                inner = inner.value
            if isinstance(inner, ast.Name) and inner.id in known:
                name = ".".join([known[inner.id], *words])
                found += [name] if hidden(name) else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.count(".") == 1:
            # import_module("re._parser")
            found += [node.value] if node.value.isascii() and hidden(node.value) and spelled(node.value) else []
    return sorted(set(found))


def hidden(name: str) -> bool:
    """Whether a dotted name is one of the standard library with a part of one underscore in front."""
    first, *rest = name.split(".")
    if first not in sys.stdlib_module_names or name in PROMISED or first in {"__future__", "__main__"}:
        return False
    return any(part.startswith("_") and not part.startswith("__") for part in (first, *rest))


def spelled(name: str) -> bool:
    """Whether a text is made of identifiers, as the name of a module is."""
    return all(part.isidentifier() for part in name.split("."))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import re._parser", ["re._parser"]),
        ("from re import _parser", ["re._parser"]),
        ("import _pyio as io", ["_pyio"]),
        ("import concurrent.futures.thread\nconcurrent.futures.thread._worker", ["concurrent.futures.thread._worker"]),
        ("import subprocess as s\ns._active.clear()", ["subprocess._active", "subprocess._active.clear"]),
        ("import_module('re._parser')", ["re._parser"]),
        ("import os\nos._exit(0)", []),
        ("from __future__ import annotations\nimport sys\nsys.__stdout__", []),
        ("from awsshadow.model import _x\nself._y\nre._z", []),
        ("x = 'a._b', 'os._exit is one', 're.compile'", []),
    ],
)
def test_they_are_found(source: str, found: list[str]) -> None:
    assert private(ast.parse(source)) == found


def test_nobody_uses_them() -> None:
    using = {str(path): names for path in modules() if (names := private(ast.parse(path.read_text(encoding="utf-8"))))}
    using.pop(os.path.abspath(__file__), None)
    assert using == {}
