"""Who may import whom, where laziness may stand, and what an invocation may load.

The layers are those of docs/architecture.md: imports go downward or stay inside a package.
"""

import ast
import os
import re
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
            ("", "errors", "names", "streams", "paths", "own_commands", "model.shapes"),
            ("config", "config.files"),
            ("config.settings", "compile", "invocation", "version"),
            ("config.offline", "model"),
            ("arguments", "skeleton", "call", "output", "help", "handover"),
            ("report", "config.checks", "command_line", "sandbox", "sandbox.state"),
            ("sandbox.contract",),
            ("sandbox.engine",),
            ("sandbox.operations",),
            ("sandbox.routing",),
            ("sandbox.contents",),
            ("sandbox.admin", "sandbox.service"),
            ("sandbox.serving",),
            ("sandbox.options", "sandbox.command", "doctor", "link"),
            ("complete",),
            ("prompt",),
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
    ("sandbox.command", "sandbox.options"): "reads its line",
}
#: Modules of sandbox.operations that use another one, with the reason; all others serve their noun alone.
SHARED = {
    ("clusters", "cluster_nodes"): "a cluster makes and ends its nodes, and shows the operations on them",
    ("inference_experiments", "endpoints"): "an experiment updates the endpoint it runs on",
    ("pipeline_executions", "pipelines"): "an execution runs a version of a pipeline",
}
#: Modules outside sandbox.state that speak SQL, with the reason.
WHOLE_TABLES = {
    "awsshadow.sandbox.admin": "empties, writes out and reads back the file, table by table",
    "awsshadow.sandbox.contents": "reads what a file or a dump holds, column by column",
}
#: Text that is SQL: a statement, or a part of one that is put together.
SQL = re.compile(
    r"^\s*(SELECT\s+\S|INSERT (OR \w+ )?INTO |UPDATE \w+ SET |DELETE FROM |PRAGMA |CREATE (UNIQUE )?(TABLE|INDEX) )"
    r"|\b(AND|WHERE|ORDER BY|LIMIT|FROM)\s+[a-z(?{]\w*|[=<>]\s?\?|\?, \?|\bjson_extract\(|\binstr\("
)
#: third party -> the parts that may import it
BORDERS = {
    "click": {"cli"},
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


OPERATIONS = "awsshadow.sandbox.operations."


def test_operations_know_each_other_by_rows_only() -> None:
    found = {
        (name.removeprefix(OPERATIONS), imported.removeprefix(OPERATIONS).partition(".")[0])
        for name, tree in ALL.items()
        if name.startswith(OPERATIONS)
        for imported, _, _ in imports(tree)
        if imported.startswith(OPERATIONS)
    }
    assert found == set(SHARED)


def strings(tree):
    """Every text of a module but its docstrings; the parts of an f-string are texts of their own."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {
        id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and ast.get_docstring(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


SANDBOX = [name for name in ALL if name.startswith("awsshadow.sandbox.")]


@pytest.mark.parametrize("name", SANDBOX)
def test_sql_stands_with_the_state_only(name) -> None:
    sql = [text for text in strings(ALL[name]) if SQL.search(text)]
    run = [n.attr for n in ast.walk(ALL[name]) if isinstance(n, ast.Attribute) and n.attr in {"execute", "executemany"}]
    if part_of(name) == "sandbox.state" or name in WHOLE_TABLES:
        return
    assert sql == []
    assert run == []


def test_sql_is_recognised() -> None:
    known = [text for name in SANDBOX if part_of(name) == "sandbox.state" for text in strings(ALL[name])]
    assert sum(bool(SQL.search(text)) for text in known) > 20
    for text in (
        "family=? AND parent=?",
        "ORDER BY created, id",
        "parent=''",
        "arn IN (SELECT source FROM association",
    ):
        assert SQL.search(text) or "=''" in text
    assert not SQL.search("Set an endpoint to Updating; select what is due from it.")
