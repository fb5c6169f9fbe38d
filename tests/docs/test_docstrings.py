"""What docstrings name in double backquotes is there: files, modules, names."""

from __future__ import annotations

import ast
import os
import re
import tomllib
from typing import TYPE_CHECKING

import awsshadow
from tests.support.program import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = os.path.dirname(os.path.abspath(awsshadow.__file__))

#: Words in the form of a name that are names of something else, each with what it is.
FOREIGN = {
    "build_full_result": "botocore's", "nohup": "a program", "lsmod": "what somebody types",
    "ipv4": "an address family", "ipv6": "an address family",
}  # fmt: skip

_NAME = re.compile(r"``([a-z_][a-z_0-9]*(?:\.[a-z_][a-z_0-9]*)?)``")
_PATH = re.compile(r"``?([a-z_]+(?:/[a-z_0-9]+)*/?[a-z_0-9]+\.(?:py|md|json|toml))``?")
#: A path without quotes, as in comments and the project's file.
_BARE = re.compile(r"(?<![\w./])((?:docs|tests|awsshadow|benchmarks)/[\w/-]+\.(?:py|md|json))\b")


def trees() -> Iterator[tuple[str, ast.Module]]:
    for top in (PACKAGE, str(ROOT / "tests"), str(ROOT / "benchmarks")):
        for folder, _, names in os.walk(top):
            for name in sorted(names):
                if name.endswith(".py"):
                    path = os.path.join(folder, name)
                    with open(path, encoding="utf-8") as file:
                        yield path, ast.parse(file.read(), path)


def docstrings(tree: ast.Module) -> list[str]:
    """The docstrings in ``tree``, which loses them."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            found.append(ast.get_docstring(node) or "")
            node.body[0] = ast.Pass()
    return found


def modules_and_words() -> tuple[dict[str, list[str]], dict[str, set[str]]]:
    """Docstrings by path, and the words in the code of each module, by its path."""
    texts, words = {}, {}
    for path, tree in trees():
        texts[path] = docstrings(tree)
        words[path] = set(re.findall(r"\w+", ast.unparse(tree)))
    return texts, words


def stem(path: str) -> str:
    name = os.path.basename(path)
    return os.path.basename(os.path.dirname(path)) if name == "__init__.py" else name.removesuffix(".py")


def known(name: str, words: dict[str, set[str]]) -> bool:
    """Whether ``name`` is a module, a name in a module, or a word of any code."""
    module, _, attribute = name.removesuffix(".py").partition(".")
    homes = [where for where in words if stem(where) == module]
    if homes and attribute:
        inside = any(os.path.dirname(where).endswith(module) and stem(where) == attribute for where in words)
        return inside or any(attribute in words[home] for home in homes)
    return bool(homes) or module in FOREIGN or any(module in found for found in words.values())


def test_names_in_docstrings_exist() -> None:
    texts, words = modules_and_words()
    named = {(path, name) for path, docs in texts.items() for text in docs for name in _NAME.findall(text)}
    assert sorted(pair for pair in named if not known(pair[1], words)) == []


def test_foreign_names_are_used() -> None:
    texts, _ = modules_and_words()
    everything = "".join(text for docs in texts.values() for text in docs)
    assert [name for name in FOREIGN if f"``{name}``" not in everything] == []


def test_paths_in_docstrings_exist() -> None:
    texts, _ = modules_and_words()
    missing = []
    for path, docs in texts.items():
        for named in {name for text in docs for name in _PATH.findall(text) if "/" in name}:
            places = (str(ROOT), os.path.dirname(PACKAGE), PACKAGE, os.path.dirname(path))
            if not any(os.path.exists(os.path.join(place, named)) for place in places):
                missing.append(f"{path}: {named}")
    assert missing == []


def test_paths_in_the_project_file_exist() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    # What the wheel gets from elsewhere is at its place only when it is installed.
    moved = tomllib.loads(text)["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"].values()
    assert [path for path in _BARE.findall(text) if not exists(path) and path not in moved] == []


def exists(path: str) -> bool:
    """Whether a path from the top of the project is there; the package may lie elsewhere."""
    return (ROOT / path).exists() or os.path.exists(os.path.join(os.path.dirname(PACKAGE), path))
