"""Who may import whom, where laziness may stand, who writes and who ends the process.

The layers are those of docs/architecture.md: imports go downward or stay inside a package.
"""

import ast
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterator

import pytest

import awsshadow

PACKAGE = os.path.dirname(os.path.abspath(awsshadow.__file__))
ROOT = os.path.dirname(PACKAGE)
#: The project beside these tests; the package may lie elsewhere.
TREE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

#: part of the package -> layer, from the bottom; the longest name that fits a module is its part. A part may
#: import parts of lower layers, and itself.
LAYERS = {
    part: number
    for number, parts in enumerate(
        (
            ("", "addresses", "errors", "names", "paths", "own_commands", "model.shapes"),
            ("config", "config.files", "streams"),
            ("config.settings", "compile", "invocation", "version", "terminal"),
            ("config.offline", "model"),
            ("waiting", "extra_options", "tailing"),
            ("arguments", "skeleton", "call", "output", "help", "handover"),
            ("report", "config.checks", "command_line", "fanout", "json_schema", "sandbox", "sandbox.state"),
            ("check", "removal", "sandbox.contract"),
            ("export",),
            ("sandbox.engine",),
            ("sandbox.operations",),
            ("sandbox.routing",),
            ("sandbox.answers", "sandbox.own_requests"),
            ("sandbox.contents",),
            ("sandbox.admin", "sandbox.service"),
            ("sandbox.services",),
            ("sandbox.serving",),
            ("commands.tree",),
            ("complete",),
            ("resource_stages",),
            ("log_places", "log_calls"),
            ("log_stages",),
            ("log_while_waiting",),
            ("stages",),
            ("prompt", "commands", "hints"),
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
#: Modules of sandbox.operations that use another one, with the reason; all others serve their noun alone.
SHARED = {
    ("clusters", "cluster_nodes"): "a cluster makes and ends its nodes, and shows the operations on them",
    ("inference_experiments", "endpoints"): "an experiment updates the endpoint it runs on",
    ("model_cards", "model_card_pdf"): "an export of a card is a document",
    ("pipeline_executions", "pipelines"): "an execution runs a version of a pipeline",
    ("pipeline_executions", "pipeline_jobs"): "under the step clock, looking at it moves on what it waits for",
    ("pipeline_executions", "pipeline_steps"): "it goes through its steps",
    ("pipeline_steps", "pipeline_jobs"): "a step makes what it names",
}
#: Text that is SQL: a statement, or a part of one that is put together.
SQL = re.compile(
    r"^\s*(SELECT\s+\S|INSERT (OR \w+ )?INTO |UPDATE \w+ SET |DELETE FROM |PRAGMA |CREATE (UNIQUE )?(TABLE|INDEX) )"
    r"|\b(AND|WHERE|ORDER BY|LIMIT|FROM)\s+[a-z(?{]\w*|[=<>]\s?\?|\?, \?|\bjson_extract\(|\binstr\("
)
#: third party -> the modules, or parts, that import it; each of them does
BORDERS = {
    "click": {"cli", "commands", "commands.tree"},
    "botocore": {"call"},
    "jmespath": {"output.merge_pages", "output.query", "compile.damaged"},
    "yaml": {"arguments.documents", "arguments.yaml12", "arguments.yaml_syntax"},
    "dateutil": {"arguments.accepted_timestamps", "call.login"},
    "cryptography": {"call.proof"},
    "prompt_toolkit": {"prompt"},
    "moto": {"sandbox.services.rehearsal", "sandbox.services.rehearsal_stacks", "sandbox.services.rehearsal_tags"},
    "rich": {"terminal"},
}
#: third party -> the distribution it comes from, where the names differ
DISTRIBUTIONS = {"yaml": "pyyaml", "dateutil": "python-dateutil", "prompt_toolkit": "prompt-toolkit"}

#: Where a stage begins, and what it needs depends on the command: these may import anything inside a function.
DOORS = {
    "main", "run", "stages", "report", "arguments", "call", "command_line", "help", "output", "prompt",
    "terminal", "complete.completer", "commands", "commands.tree.running", "hints",
}  # fmt: skip
#: What any module may import inside a function, and why: it costs, and most commands do without it.
LAZY = {
    # of the standard library
    "base64": "forms of a secret, once there is one to strike out",
    "binascii": "checks a stamp that is not that of the wheel",
    "configparser": "only if the user has a configuration file",
    "datetime": "a length of time where a point in time is wanted, at a terminal",
    "difflib": "suggestions for a misspelt name",
    "http.client": "an S3 beside a sandbox in this process",
    "hashlib": "finds the file of a sign-in session that is damaged",
    "gzip": "a model of the user's own is not packed",
    "html": "forms of a secret, once there is one to strike out",
    "importlib.util": "finds a botocore that does not lie beside this package",
    "json": "completion reads most answers without it",
    "locale": "the encoding of a file:// value that no variable names",
    "platform": "the kernel, for --version",
    "pyexpat": "documentation with tags, in a YAML skeleton",
    "re": "forms of a secret, once there is one to strike out",
    "ssl": "doctor, where somebody has certificates of their own",
    "fcntl": "there is none on Windows",
    "msvcrt": "there is none but on Windows",
    "email.utils": "doctor, when the service is asked for the time",
    "shlex": "aliases, pagers, names of profiles that need quotes",
    "shutil": "awsshadow link; a folder of the cache that makes way",
    "signal": "Ctrl-C belongs to the pager while one runs",
    "subprocess": "pagers, aliases and the next aws",
    "tempfile": "a listing that is larger than memory should hold",
    "urllib.error": "doctor, when the service is asked for the time",
    "urllib.parse": "an address on the command line",
    "urllib.request": "doctor, when the service is asked for the time",
    # third parties
    "botocore.stub": "a fake response that may be refused: rules for endpoints of the user's own",
    "moto": "what the extra brings is loaded when a service of its is asked for",
    "jmespath": "a paginator file of the user's own with expressions for keys, or damaged waiters",
    "yaml": "--cli-input-yaml",
    # of this package
    "awsshadow.arguments.accepted_timestamps": "a timestamp that is no number: dateutil",
    "awsshadow.arguments.yaml12": "--cli-input-yaml: PyYAML",
    "awsshadow.call.damaged_model": "a model of the user's own",
    "awsshadow.addresses": "a log, and messages at a terminal",
    "awsshadow.call.appearances": "an error or a log that may repeat a secret",
    "awsshadow.call.debug": "--debug: logging with a redaction of its own",
    "awsshadow.call.foreign_answers": "somebody at a terminal can be told of a web page in place of an answer",
    "awsshadow.call.login": "a profile with login_session",
    "awsshadow.call.proof": "the renewal of a login session: cryptography",
    "awsshadow.call.metadata": "settings of the instance metadata service: botocore",
    "awsshadow.call.proxies": "a proxy is named in the environment",
    "awsshadow.call.trust": "calls over TLS",
    "awsshadow.call.transport": "the sandbox in this process",
    "awsshadow.call.request_body": "a question whose answer may be that there is no such thing: botocore",
    "awsshadow.call.waiting": "waiters",
    "awsshadow.call.whole_answers": "a container's or a machine's service is asked, for credentials or the region",
    "awsshadow.command_line.extra_options": "words that no parser of the reference wanted",
    "awsshadow.extra_options": "completion and help under the project's own name",
    "awsshadow.command_line.reference_commands": "commands of other services, and misspelt ones",
    "awsshadow.compile": "slices that were built for another botocore",
    "awsshadow.complete.own_commands": "an own command on the line: click",
    "awsshadow.complete.resources": "names of live resources",
    "awsshadow.complete.values": "the value of an option, in completion",
    "awsshadow.hints.parameters": "an option for a point in time was given",
    "awsshadow.hints.service": "a web page in place of an answer",
    "awsshadow.help.pager": "an own command's result that is longer than the window",
    "awsshadow.help.global_options": "descriptions of global options, in completion",
    "awsshadow.model.cache": "slices that were built for another botocore",
    "awsshadow.model.families.stated": "an operation that is newer than the table of stated defaults: html, inference",
    "awsshadow.model.families.inference": "operations that no table names",
    "awsshadow.sandbox.engine.inferred": "operations that no table names",
    "awsshadow.sandbox.admin": "a sandbox whose file is damaged",
    "awsshadow.sandbox.contents": "a sandbox whose file is damaged",
    "awsshadow.sandbox.services.rehearsal_stacks": "what the extra brings is loaded when a service of its is asked for",
    "awsshadow.sandbox.services": "a log that is read beside a sandbox in this process",
    "awsshadow.sandbox.serving.s3_over_http": "an S3 beside a sandbox in this process",
    "awsshadow.sandbox.serving.http_guard": "a request that is refused at the door",
    "awsshadow.output.console_links": "ARNs as links, on a terminal and when asked for",
    "awsshadow.output.table_fitted": "tables folded to the window, when asked for",
    "awsshadow.terminal.moving_line": "what stays on a terminal: rich, 46 ms in a thread beside the waiting",
    "awsshadow.model.sensitive": "a refused value, which may be a secret",
}

#: Who writes to a standard stream, and what.
WRITERS = {
    "arguments.documents": "that standard input is read from a terminal",
    "run": "the newline after Ctrl-C, the traceback of --debug",
    "fanout.hydrated": "items that vanished, regions that were skipped",
    "streams": "the version and skeletons",
    "report": "errors",
    "hints.block": "what to do about an error, at a terminal",
    "output.destination": "results: formats write to its Destination",
    "help.help_output": "help: pages are written to it",
    "arguments.paging": "the warning about --max-items",
    "call.debug": "the log of --debug",
    "waiting.status_line": "the status line of who waits, on a terminal; that a wait was interrupted",
    "commands": "own commands, by way of their Console",
    "complete.completer": "candidates",
    "terminal.moving_line": "into a text, which progress writes",
    "terminal.tables": "into a text, which own commands write",
    "terminal.listing": "how to go on after Ctrl-C, on a terminal",
    "terminal.progress": "how far a listing is, on a terminal",
    "log_stages": "nothing itself: lines of a log go to the Console of `tail`, or to log_while_waiting",
    "log_while_waiting": "the log of what is waited for with --tail, on standard error",
    "prompt": "that standard input is no terminal",
    "prompt.screen": "the line that was accepted",
}
#: Who may name the streams of the process; everybody else is given a Streams.
STREAMS_OF_THE_PROCESS = {"streams", "complete.completer"}
#: What a module calls something with a `write` that is no standard stream.
NO_STREAMS = {"_streams", "streams", "file", "_file", "wfile", "spool", "screen"}
#: Who loads modules by a name that is data.
BY_NAME = {
    "commands.tree.groups": "own commands",
    "output": "formats",
    "sandbox.routing": "operations of the sandbox",
    "sandbox.services.dispatch": "services around SageMaker",
}
#: Who ends the process; everybody else returns an exit code or raises.
ENDS = {"__main__"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """(dotted name, what is in it), for every module of the package."""
    for folder, _, names in os.walk(PACKAGE):
        for name in sorted(names):
            if name.endswith(".py"):
                path = os.path.join(folder, name)
                dotted = os.path.relpath(path, ROOT)[:-3].replace(os.sep, ".").removesuffix(".__init__")
                with open(path, encoding="utf-8") as file:
                    yield dotted, ast.parse(file.read(), path)


def imports(tree: ast.Module) -> Iterator[tuple[str, bool, bool]]:
    """(module imported, whether inside a function, whether only for annotations)."""

    def visit(node: ast.AST, lazy: bool, typing: bool) -> Iterator[tuple[str, bool, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield alias.name, lazy, typing
            elif isinstance(child, ast.ImportFrom) and child.module:
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


def part_of(dotted: str) -> str:
    words = dotted.split(".")[1:]
    return next(part for end in range(len(words), -1, -1) if (part := ".".join(words[:end])) in LAYERS)


ALL = dict(modules())


def test_every_part_has_a_layer() -> None:
    assert {part_of(name) for name in ALL} == set(LAYERS)
    assert [name for name in ALL if part_of(name) == ""] == ["awsshadow"]


def test_the_page_about_the_architecture_has_every_part() -> None:
    with open(os.path.join(TREE, "docs", "architecture.md"), encoding="utf-8") as file:
        page = file.read()
    parts = [part.removeprefix("sandbox.") for part in LAYERS if part not in ("", "config", "sandbox.options")]
    assert [part for part in parts if f"`{part}`" not in page] == []


@pytest.mark.parametrize("name", ALL)
def test_imports_go_downward(name: str) -> None:
    part = part_of(name)
    for imported, _, typing in imports(ALL[name]):
        if typing or not imported.startswith("awsshadow."):
            continue
        other = part_of(imported)
        if other != part and (part, other) not in ALLOWED:
            assert LAYERS[other] < LAYERS[part], f"{name} imports {imported}"


def third_parties(name: str) -> set[str]:
    """The foreign packages that a module imports to run, not for its annotations."""
    tops = {imported.split(".")[0] for imported, _, typing in imports(ALL[name]) if not typing}
    return tops - set(sys.stdlib_module_names) - {"awsshadow"}


def is_within(name: str, part: str) -> bool:
    """Whether the module ``awsshadow.x.y`` is the part ``x.y``, or lies in it."""
    return f"{name}.".startswith(f"awsshadow.{part}.")


@pytest.mark.parametrize("name", ALL)
def test_third_parties_stay_behind_their_borders(name: str) -> None:
    for top in third_parties(name):
        assert top in BORDERS, f"{name} imports {top}, which no decision allows"
        assert any(is_within(name, part) for part in BORDERS[top]), f"{name} imports {top}"


@pytest.mark.parametrize(("top", "part"), [(top, part) for top, parts in BORDERS.items() for part in sorted(parts)])
def test_borders_have_no_gates_nobody_uses(top: str, part: str) -> None:
    assert any(top in third_parties(name) for name in ALL if is_within(name, part)), f"{part} does not import {top}"


def test_what_is_imported_is_declared() -> None:
    with open(os.path.join(TREE, "pyproject.toml"), "rb") as file:
        project = tomllib.load(file)["project"]
    declared = {**dict(map(requirement, project["dependencies"]))}
    extra = {name: bound for row in project["optional-dependencies"].values() for name, bound in map(requirement, row)}
    assert {DISTRIBUTIONS.get(top, top) for top in BORDERS} == set(declared) | set(extra)
    assert [name for name, bound in {**declared, **extra}.items() if not bound.startswith(">=")] == []
    with open(os.path.join(TREE, "docs", "dependencies.md"), encoding="utf-8") as file:
        rows = [line.lower() for line in file if line.startswith("|")]
    assert [name for name in declared if not any(re.match(rf"\| {name}\b", row) for row in rows)] == []


def requirement(text: str) -> tuple[str, str]:
    """The name and the bounds of a requirement: ``click>=8.1``, ``moto[server]>=5.1``."""
    name = text[: re.search(r"[^\w-]|$", text).start()]  # type: ignore[union-attr] # the end always matches
    return name.lower(), re.sub(r"^\[[\w,-]+\]", "", text.removeprefix(name))


def lazy_imports(name: str) -> set[str]:
    """The modules that ``name`` imports inside functions; of ``from x import y`` it is ``x.y`` if that is a module."""
    lazy = {imported for imported, is_lazy, typing in imports(ALL[name]) if is_lazy and not typing}
    known = {m for m in lazy if m in ALL or not m.startswith("awsshadow.")}
    return {m for m in known if not any(other.startswith(f"{m}.") for other in known)}


def row_of(module: str) -> str | None:
    """The row of LAZY for a module, or for a name in one."""
    return next((row for row in LAZY if f"{module}.".startswith(f"{row}.")), None)


@pytest.mark.parametrize("name", [name for name in ALL if name.removeprefix("awsshadow.") not in DOORS])
def test_laziness_has_a_reason(name: str) -> None:
    unlisted = sorted(module for module in lazy_imports(name) if row_of(module) is None)
    assert unlisted == [], (
        f"{name} imports {unlisted} inside a function: import at the top, or say in LAZY what it saves"
    )


def test_doors_and_reasons_are_needed() -> None:
    inside = {name.removeprefix("awsshadow."): lazy_imports(name) for name in ALL}
    assert {door for door in DOORS if not inside.get(door)} == set()
    used = {row_of(module) for name, lazy in inside.items() if name not in DOORS for module in lazy}
    assert set(LAZY) - used == set()


def calls(tree: ast.AST) -> Iterator[tuple[str, str | None, bool]]:
    """(what is called, on what, whether with arguments) by the last names: ``a.b.write(x)`` is write on b.

    Nothing called on is None, an expression without a name the empty text.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name):
                yield function.id, None, bool(node.args)
            elif isinstance(function, ast.Attribute):
                on = function.value
                yield function.attr, getattr(on, "attr", getattr(on, "id", "")), bool(node.args)


def writes(tree: ast.AST) -> bool:
    """Whether a module writes to what may be a standard stream."""
    return any(
        called in ("print", "echo", "secho")
        or (called in ("write", "writelines") and with_arguments and on not in {*NO_STREAMS, None})
        or (called == "StreamHandler")
        for called, on, with_arguments in calls(tree)
    )


def modules_that(fact: Callable[[ast.AST], bool]) -> set[str]:
    return {name.removeprefix("awsshadow.") for name, tree in ALL.items() if fact(tree)}


def test_few_write_to_the_standard_streams() -> None:
    assert {"commands" if name.startswith("commands.") else name for name in modules_that(writes)} == set(WRITERS)


def test_few_name_the_streams_of_the_process() -> None:
    def names_them(tree: ast.AST) -> bool:
        return any(
            isinstance(node, ast.Attribute)
            and node.attr in ("stdin", "stdout", "stderr")
            and isinstance(node.value, ast.Name)
            and node.value.id == "sys"
            for node in ast.walk(tree)
        )

    assert modules_that(names_them) == STREAMS_OF_THE_PROCESS


def test_few_end_the_process() -> None:
    def ends(tree: ast.AST) -> bool:
        raised = any(isinstance(node, ast.Name) and node.id == "SystemExit" for node in ast.walk(tree))
        return raised or any(called in ("exit", "_exit") and on in ("sys", "os", None) for called, on, _ in calls(tree))

    assert modules_that(ends) == ENDS


def test_few_load_modules_by_name() -> None:
    assert modules_that(lambda tree: any(called == "import_module" for called, _, _ in calls(tree))) == set(BY_NAME)


def test_no_error_is_recognised_by_its_text() -> None:
    """What is compared is never the text of an exception: no ``in str(error)``, no ``error.message ==``."""

    def is_text_of_error(node: ast.AST, caught: set[str | None]) -> bool:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("str", "repr"):
            return any(isinstance(argument, ast.Name) and argument.id in caught for argument in node.args)
        return isinstance(node, ast.Attribute) and node.attr in ("message", "args")

    for name, tree in ALL.items():
        for handler in (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)):
            for node in ast.walk(handler):
                if isinstance(node, ast.Compare):
                    sides = [node.left, *node.comparators]
                    assert not any(is_text_of_error(side, {handler.name}) for side in sides), f"{name}:{node.lineno}"


def test_there_are_no_import_cycles() -> None:
    edges = {
        name: {m for m, lazy, typing in imports(tree) if m in ALL and not lazy and not typing and m != name}
        for name, tree in ALL.items()
    }
    done: set[str] = set()
    path: list[str] = []

    def walk(name: str) -> None:
        assert name not in path, " > ".join([*path[path.index(name) :], name])
        if name in done:
            return
        path.append(name)
        for other in sorted(edges[name]):
            walk(other)
        done.add(path.pop())

    for name in sorted(edges):
        walk(name)


#: Most lines of a module, and of a function without its docstring.
MODULE_LINES, FUNCTION_LINES = 330, 55
TOO_LONG = (
    "{name} has {lines} lines, and {most} are the limit. Do not move lines out until the number fits: ask how many "
    "questions it answers. If it is two, split it by subject, with a name that says each. If it is one, shorten what "
    "is said twice, or leave it whole and give it a row in LARGE with the reason."
)
#: Modules and functions that answer one question at more length -> why they are better whole.
LARGE: dict[str, str] = {}


def sizes() -> Iterator[tuple[str, int, int]]:
    """(name of a module or function, its lines, the most it may have)."""
    for name, tree in ALL.items():
        yield name, max((getattr(n, "end_lineno", 0) or 0 for n in ast.walk(tree)), default=0), MODULE_LINES
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                yield f"{name}.{node.name}", lines, FUNCTION_LINES


def test_modules_and_functions_are_small() -> None:
    too_long = {name: (lines, most) for name, lines, most in sizes() if lines > most}
    for name, (lines, most) in too_long.items():
        assert name in LARGE, TOO_LONG.format(name=name, lines=lines, most=most)
    assert set(LARGE) <= set(too_long), "a row of LARGE is needed no more"


def test_names_that_say_nothing_are_banned() -> None:
    """Names that fit anything gather anything. Terms that a reader knows (handler, manager, common) are welcome."""
    banned = {"utils", "util", "helpers", "helper", "misc"}
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


def strings(tree: ast.AST) -> Iterator[str]:
    """Every text of a module but its docstrings; the parts of an f-string are texts of their own."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr) and ast.get_docstring(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


SANDBOX = [name for name in ALL if name.startswith("awsshadow.sandbox.")]


@pytest.mark.parametrize("name", SANDBOX)
def test_sql_stands_with_the_state_only(name: str) -> None:
    sql = [text for text in strings(ALL[name]) if SQL.search(text)]
    run = [n.attr for n in ast.walk(ALL[name]) if isinstance(n, ast.Attribute) and n.attr in {"execute", "executemany"}]
    if part_of(name) == "sandbox.state":
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
