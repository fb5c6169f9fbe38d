"""Who may import whom, where laziness may stand, and what an invocation may load.

The layers are those of docs/architecture.md: imports go downward or stay inside a package.
"""

import ast
import os
import sys

import pytest

import awsshadow

PACKAGE = os.path.dirname(os.path.abspath(awsshadow.__file__))
ROOT = os.path.dirname(PACKAGE)

#: part of the package -> layer, from the bottom; the longest name that fits a module is its part. A part may
#: import parts of lower layers, and itself.
LAYERS = {
    part: number
    for number, parts in enumerate(
        (
            ("", "errors", "names", "streams", "paths", "own_commands"),
            ("config", "config.files"),
            ("config.settings", "compile", "invocation", "version"),
            ("config.offline", "model"),
            ("arguments", "skeleton", "call", "output", "help", "handover"),
            ("report", "config.checks", "command_line", "sandbox", "sandbox.state"),
            ("sandbox.contract",),
            ("sandbox.engine",),
            ("sandbox.operations",),
            ("sandbox.routing",),
            ("sandbox.admin", "sandbox.service"),
            ("sandbox.serving",),
            ("commands.tree",),
            ("complete",),
            ("prompt", "commands"),
            ("run",),
            ("main",),
            ("cli",),
            ("__main__",),
        )
    )
    for part in parts
}
#: Lower neighbours that are imported within one layer, each with its reason.
ALLOWED = {
    ("sandbox.service", "sandbox.admin"): "one door for programs",
}
#: third party -> the parts that may import it
BORDERS = {
    "click": {"cli", "commands", "commands.tree"},
    "botocore": {"call"},
    "jmespath": {"call", "output"},
    "yaml": {"arguments", "output"},
    "dateutil": {"arguments", "call"},
    "prompt_toolkit": {"prompt"},
}


def modules():
    for folder, _, names in os.walk(PACKAGE):
        for name in sorted(names):
            if name.endswith(".py"):
                path = os.path.join(folder, name)
                dotted = os.path.relpath(path, ROOT)[:-3].replace(os.sep, ".").removesuffix(".__init__")
                with open(path, encoding="utf-8") as file:
                    yield dotted, ast.parse(file.read(), path)


def imports(tree):
    """(module imported, whether inside a function, whether only for annotations)."""

    def visit(node, lazy, typing):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield alias.name, lazy, typing
            elif isinstance(child, ast.ImportFrom):
                yield child.module, lazy, typing
                for alias in child.names:
                    yield f"{child.module}.{alias.name}", lazy, typing
            elif isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
                for part in child.body:
                    yield from visit(ast.Module([part], []), lazy, True)
            elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from visit(child, True, typing)
            else:
                yield from visit(child, lazy, typing)

    yield from visit(tree, False, False)


def part_of(dotted):
    words = dotted.split(".")[1:]
    return next(part for end in range(len(words), -1, -1) if (part := ".".join(words[:end])) in LAYERS)


ALL = dict(modules())


def test_every_part_has_a_layer():
    assert {part_of(name) for name in ALL} == set(LAYERS)
    assert [name for name in ALL if part_of(name) == ""] == ["awsshadow"]


@pytest.mark.parametrize("name", ALL)
def test_imports_go_downward(name):
    part = part_of(name)
    for imported, _, typing in imports(ALL[name]):
        if typing or not imported.startswith("awsshadow."):
            continue
        other = part_of(imported)
        if other != part and (part, other) not in ALLOWED:
            assert LAYERS[other] < LAYERS[part], f"{name} imports {imported}"


@pytest.mark.parametrize("name", ALL)
def test_each_third_party_has_one_border(name):
    for imported, _, typing in imports(ALL[name]):
        top = imported.split(".")[0]
        if not typing and top in BORDERS:
            assert part_of(name) in BORDERS[top], f"{name} imports {imported}"
        known = top in BORDERS or top == "awsshadow" or top in sys.stdlib_module_names
        assert typing or known, f"{name} imports {imported}, which no decision allows"


def test_there_are_no_import_cycles():
    edges = {
        name: {m for m, lazy, typing in imports(tree) if m in ALL and not lazy and not typing and m != name}
        for name, tree in ALL.items()
    }
    done, path = set(), []

    def walk(name):
        assert name not in path, " > ".join([*path[path.index(name) :], name])
        if name in done:
            return
        path.append(name)
        for other in sorted(edges[name]):
            walk(other)
        done.add(path.pop())

    for name in sorted(edges):
        walk(name)


def test_modules_and_functions_are_small():
    for name, tree in ALL.items():
        lines = max((getattr(n, "end_lineno", 0) or 0 for n in ast.walk(tree)), default=0)
        assert lines <= 330, f"{name} has {lines} lines"
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                length = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                assert length <= 55, f"{name}.{node.name} has {length} lines"


def test_vague_names_are_banned():
    banned = {"utils", "util", "helpers", "helper", "common", "manager", "handler", "misc"}
    for name, tree in ALL.items():
        assert not banned & set(name.split(".")), name
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                assert node.name.strip("_").lower() not in banned, f"{name}.{node.name}"
