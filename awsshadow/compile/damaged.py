"""A model of the user's own that is damaged -> the commands of it that work, and a complaint for the others.

The reference reads a model as far as a command needs it, and so complains of what is wrong there, in words that mostly
are Python's. So its documents are looked at here in the same order: the operations and the file of waiters for any
command (``index_of``), all waiters for one of them, the arguments of an operation and the file of paginators for that
(``compile_operation``), and shapes when they are used (``damaged_shapes``). Nothing is kept of it: it is soon mended.
"""

from __future__ import annotations

import re

from awsshadow.compile.customisations import RENAMED_ARGUMENTS
from awsshadow.compile.damaged_shapes import DamagedShapes
from awsshadow.compile.slices import DOCUMENT_OPTIONS, SKELETON_OPTION, CompiledSlice
from awsshadow.errors import AwsShadowError
from awsshadow.names import argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    #: Rows of an argument table by the name of the argument; see ``slices``.
    Rows = dict[str, list[Any]]

#: Nothing: what is looked up here is looked up in something else by the reference.
_MET: dict[tuple[Any], None] = {}
_WAITER_VERSION = 2
_LIMITS = ("string", "integer", "long")


class DamagedSources:
    """The documents of a damaged model: ``read`` gives that of a kind, and raises what is wrong with its file."""

    has_passed = False

    def __init__(self, read: Callable[[str], Any]) -> None:
        self._read = read
        self._documents: dict[str, Any] = {}

    def document(self, kind: str) -> Any:
        """What the file says, with the user's order of keys in ``OrderedDict``, as messages show it."""
        if kind not in self._documents:
            self._documents[kind] = self._read(kind)
        return self._documents[kind]

    @property
    def model(self) -> Any:
        return self.document("service-2")


class DamagedIndex(dict[str, "Any"]):
    """``operations`` and ``metadata`` as in ``slices.index_of``; ``waiters`` are looked at when they are asked for.

    ``waits``: whether there are any, in order or not.
    """

    def __init__(self, sources: DamagedSources) -> None:
        model = sources.model
        super().__init__(metadata=model.get("metadata", {}), operations={})
        model.get("shapes", {})
        for name in list(model.get("operations", [])):
            command = _option(name)
            for key in ("name", "http", "deprecated"):
                model["operations"][name].get(key)
            self["operations"][command] = name
        self._rows = _waiter_rows(sources.document("waiters-2"))
        self["waits"] = bool(self._rows)
        self._model = model

    def __missing__(self, part: str) -> Any:
        if part != "waiters":
            raise KeyError(part)
        found = {}
        for name in sorted(self._rows):
            _look_at_waiter(self._rows[name], self._model)
            found[_option(name)] = name
        self["waiters"] = found
        return found


def index_of(sources: DamagedSources) -> DamagedIndex:
    """The names of all commands. Raises what is wrong with what the reference reads for any of them."""
    return DamagedIndex(sources)


def _waiter_rows(document: Any) -> Any:
    rows = document["waiters"]
    version = document.get("version", "unknown")
    if version != _WAITER_VERSION:
        supported = f"Unsupported waiter version, supported version must be: {_WAITER_VERSION}"
        raise AwsShadowError(f"Error processing waiter config: {supported}, but version of waiter config is: {version}")
    sorted(rows.keys())
    return rows


def _look_at_waiter(row: Any, model: Any) -> None:
    """Raise what is wrong with a waiter as far as a description of it shows."""
    said = row.get("description", "")
    operation, _, _ = row["operation"], row["delay"], row["maxAttempts"]
    _operation(model, operation)
    if not said:  # the reference makes one of the acceptors
        for acceptor in row["acceptors"]:
            _look_at_acceptor(acceptor)
        said = _option(operation)
    said += " "  # more about it follows


def _operation(model: Any, name: Any) -> Any:
    _look_up(name)
    try:
        return model["operations"][name]
    except KeyError:
        raise AwsShadowError(str(name)) from None


def _look_at_acceptor(row: Any) -> None:
    _, matcher, _ = row["state"], row["matcher"], row["expected"]
    argument = row.get("argument")
    if matcher in ("path", "pathAll", "pathAny"):
        import jmespath

        jmespath.compile(argument)
    elif matcher not in ("status", "error"):
        raise AwsShadowError(f"Error processing waiter config: Unknown acceptor: {matcher}")


def compile_operation(sources: DamagedSources, operation: str) -> CompiledSlice:
    """The slice of one operation. Raises what is wrong with its arguments."""
    return _compile(sources, operation, {"name": argument_name(operation)})


def compile_waiter(sources: DamagedSources, waiter: str) -> CompiledSlice:
    """The slice of one waiter. Raises what is wrong with the arguments of the operation it polls."""
    row = sources.document("waiters-2")["waiters"][waiter]
    return _compile(sources, row["operation"], {"name": argument_name(waiter), "waiter": {"name": waiter, **row}})


def _compile(sources: DamagedSources, operation: Any, cli: dict[str, Any]) -> CompiledSlice:
    model = sources.model
    spec = model["operations"][operation]
    shapes = DamagedShapes(model.get("shapes", {}))
    table = _ArgumentTable(spec, shapes, "waiter" in cli)
    table.add_members(operation)
    if "output" in spec:  # which may have to go to a file
        answered = shapes.resolve(spec["output"])
        if answered.get("payload") is not None:
            answered.members[answered["payload"]]
    table.add(DOCUMENT_OPTIONS, "document")
    rows = sources.document("paginators-1")["pagination"]
    try:
        paginator = rows[operation]
    except KeyError:
        paginator = None
    if paginator is not None:
        table.add_paging(operation, paginator)
    elif operation in rows:
        cli["null_paginator"] = True
    table.add([SKELETON_OPTION], "skeleton")
    cli |= {"operation": operation, "arguments": table.rows(), "resources": {}, "paginator": paginator}
    document: Any = {
        "version": "2.0", "metadata": model.get("metadata", {}), "operations": {operation: spec}, "shapes": shapes,
        "cli": cli, "whole": model,
    }  # fmt: skip
    return CompiledSlice(cli["name"], document, {}, model)


class _ArgumentTable:
    """The arguments of an operation as they are put together, ``spec`` in the form of ``service-2``."""

    def __init__(self, spec: Any, shapes: DamagedShapes, is_waiter: bool) -> None:
        self._spec, self._shapes, self._is_waiter = spec, shapes, is_waiter
        self._rows: Rows = {}
        #: What is documented of arguments that are no lists.
        self._said: dict[str, Any] = {}
        self._input: Any = None

    def add_members(self, operation: str) -> None:
        """Those that are members of the input."""
        self._input = self._shapes.resolve(self._spec["input"]) if "input" in self._spec else None
        required = [] if self._input is None else self._input.get("required", [])
        last: Rows = {}
        for member, reference in ({} if self._input is None else self._input.members).items():
            name, shape = _option(member), self._shapes.resolve(reference)
            kind, shown = shape["type"], reference["shape"]
            need = member in required and not shape.get("idempotencyToken", False)
            renamed = None if self._is_waiter else RENAMED_ARGUMENTS.get((operation, member))
            rows = last if renamed else self._rows
            rows[renamed or name] = [renamed or name, "member", member, kind, shown, need, False]
            if kind == "boolean":
                rows["no-" + name] = ["no-" + name, "negation", member, kind, shown, need, False]
            if kind != "list":
                self._said[renamed or name] = shape.get("documentation", "")
        self._rows |= last

    def add(self, names: Any, kind: str) -> None:
        """Options that every operation has."""
        self._rows |= {name: [name, kind, None, "string", None, False, False] for name in names}

    def add_paging(self, operation: str, paginator: Any) -> None:
        """Those of a listing, which take the place of the service's own."""
        tokens = paginator["input_token"]
        own = tokens if isinstance(tokens, list) else [tokens]
        has_limit = "limit_key" in paginator
        for member in [*own, *([paginator["limit_key"]] if has_limit else [])]:
            self._rows[_option(member)][6] = True
        kind = "integer"
        rows = [["starting-token", "string"]]
        members = self._input.members
        if has_limit:
            limit = paginator["limit_key"]
            kind = self._shapes.resolve(members[limit])["type"]
            if kind not in _LIMITS:
                raise TypeError(f"Unsupported pagination type {kind} for operation {operation} and parameter {limit}")
            rows.append(["page-size", kind])
        rows.append(["max-items", kind])
        for name, type in rows:
            self._rows[name] = [name, "paging", None, type, None, False, False]
            self._said.pop(name, None)

    def rows(self) -> list[list[Any]]:
        """The table. Raises what is wrong with an argument that a parser is told of: its documentation, its name."""
        for name in self._rows:
            self._said.get(name, "").replace("%", "%%")
            if not name.strip("-"):
                raise ValueError(f"dest= is required for options like {'--' + name!r}")
        return list(self._rows.values())


def _look_up(name: Any) -> None:
    """Raise what Python says of a name that is no key, where the reference looks whether it has met it before."""
    _MET.get((name,))


def _option(name: Any) -> str:
    """``argument_name``, and what is said of a name that is none. One with a hyphen stays as it is."""
    if "-" in name:
        return str(name)
    _look_up(name)
    re.search("", name)
    return argument_name(name)
