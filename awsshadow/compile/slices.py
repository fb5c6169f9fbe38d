"""One operation or waiter of the service model -> its slice.

A slice is three JSON documents:

``input``
    a ``service-2`` document with this one operation, the shapes its input reaches, no
    documentation, and a ``cli`` key with everything the command line needs;
``output``
    the shapes that its output and errors reach and the input does not: read after the call;
``docs``
    the documentation strings of all these shapes: read for help and for ``yaml-input``.

``input`` and ``output`` together are a model that botocore loads as its own.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from awsshadow.compile.customisations import RENAMED_ARGUMENTS
from awsshadow.compile.resources import Lists
from awsshadow.names import argument_name

Shapes = dict[str, dict[str, Any]]

#: The options every operation has besides its members, in table order.
DOCUMENT_OPTIONS = ("cli-input-json", "cli-input-yaml")
PAGING_OPTIONS = (("starting-token", "string"), ("page-size", "integer"), ("max-items", "integer"))
SKELETON_OPTION = "generate-cli-skeleton"


class Sources:
    """The files of one service model, parsed: ``service-2``, ``paginators-1``, ``waiters-2``."""

    def __init__(self, model: dict[str, Any], paginators: dict[str, Any], waiters: dict[str, Any]) -> None:
        self.model = model
        self.paginators = paginators["pagination"]
        self.waiters = waiters["waiters"]
        self.lists = Lists(model)
        self.bare: Shapes = {name: _without_documentation(s) for name, s in model["shapes"].items()}


class Slice:
    """What one command compiles to; see the module docstring for the three parts."""

    def __init__(self, name: str, input: dict[str, Any], output: dict[str, Any], docs: dict[str, Any]) -> None:
        self.name = name
        self.input = input
        self.output = output
        self.docs = docs


def operations(sources: Sources) -> dict[str, str]:
    """Command name -> operation, in model order."""
    return _commands(sources.model["operations"])


def waiters(sources: Sources) -> dict[str, str]:
    """Waiter command name -> waiter, in the order of the waiter file."""
    return _commands(sources.waiters)


def _commands(names: Iterable[str]) -> dict[str, str]:
    """Files are called after commands: a name that is no plain word could stand for a path, and is none."""
    return {argument_name(name): name for name in names if name.isascii() and name.isalnum()}


def compile_operation(sources: Sources, operation: str) -> Slice:
    """The slice of one operation. Raises KeyError when the model has no such operation."""
    cli = {"name": argument_name(operation), "paginator": sources.paginators.get(operation)}
    return _compile(sources, operation, cli)


def compile_waiter(sources: Sources, waiter: str) -> Slice:
    """The slice of one waiter: that of the operation it polls, without renames or paging."""
    config = sources.waiters[waiter]
    cli = {"name": argument_name(waiter), "paginator": None, "waiter": {"name": waiter, **config}}
    return _compile(sources, config["operation"], cli)


def _compile(sources: Sources, operation: str, cli: dict[str, Any]) -> Slice:
    model, bare = sources.model, sources.bare
    spec = {k: v for k, v in model["operations"][operation].items() if k != "documentation"}
    inputs = dict(_closure(bare, _shape_of(spec, "input")))
    outputs = dict(_closure(bare, _shape_of(spec, "output")))
    for error in spec.get("errors", ()):
        outputs.update(_closure(bare, error["shape"]))
    cli["operation"] = operation
    cli["arguments"] = list(_arguments(operation, spec, bare, cli))
    cli["resources"] = {
        row[0]: source
        for row in cli["arguments"]
        if row[1] == "member" and (source := sources.lists.source(operation, row[2]))
    }
    document = {
        "version": model.get("version", "2.0"),
        "metadata": model["metadata"],
        "operations": {operation: spec},
        "shapes": inputs,
        "cli": cli,
    }
    docs = {
        "operation": model["operations"][operation].get("documentation", ""),
        "shapes": {name: _documentation(model["shapes"][name]) for name in {**inputs, **outputs}},
    }
    rest = {name: shape for name, shape in outputs.items() if name not in inputs}
    return Slice(cli["name"], document, rest, docs)


def _shape_of(spec: dict[str, Any], side: str) -> str | None:
    return spec[side]["shape"] if side in spec else None


def _closure(shapes: Shapes, root: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """The shapes reachable from ``root``, itself first, each once, in order of discovery."""
    seen: set[str] = set()
    stack = [root] if root else []
    while stack:
        name = stack.pop()
        if name in seen:
            continue
        seen.add(name)
        shape = shapes[name]
        yield name, shape
        refs = [m["shape"] for m in shape.get("members", {}).values()]
        refs += [shape[k]["shape"] for k in ("member", "key", "value") if k in shape]
        stack.extend(reversed(refs))


def _without_documentation(shape: dict[str, Any]) -> dict[str, Any]:
    bare = {k: v for k, v in shape.items() if k != "documentation"}
    if "members" in bare:
        bare["members"] = {name: _without_documentation(ref) for name, ref in bare["members"].items()}
    for key in ("member", "key", "value"):
        if key in bare:
            bare[key] = _without_documentation(bare[key])
    return bare


def _documentation(shape: dict[str, Any]) -> dict[str, Any]:
    """``doc`` of the shape and of its members; absent where the model says nothing."""
    found: dict[str, Any] = {}
    if shape.get("documentation"):
        found["doc"] = shape["documentation"]
    members = {n: ref["documentation"] for n, ref in shape.get("members", {}).items() if ref.get("documentation")}
    for key in ("member", "key", "value"):
        if shape.get(key, {}).get("documentation"):
            members[key] = shape[key]["documentation"]
    if members:
        found["members"] = members
    return found


def _arguments(operation: str, spec: dict[str, Any], bare: Shapes, cli: dict[str, Any]) -> Iterator[list[Any]]:
    """The argument table: rows ``[name, kind, member, type, shape, required, hidden]``.

    Kinds are ``member``, ``negation`` (the ``no-`` twin of a boolean), ``document``, ``paging``
    and ``skeleton``. The order is the reference's (behaviour: input 1.9); it decides the order of
    ambiguity lists, of values, of errors and of the request body.
    """
    paginator = cli["paginator"] or {}
    paging_members = set(_as_list(paginator.get("input_token"))) | set(_as_list(paginator.get("limit_key")))
    shape = bare[spec["input"]["shape"]] if "input" in spec else {}
    required = set(shape.get("required", ()))
    last: list[list[Any]] = []
    for member, ref in shape.get("members", {}).items():
        kind = bare[ref["shape"]]["type"]
        need = member in required and not ref.get("idempotencyToken", False)
        name = argument_name(member)
        rows = [[name, "member", member, kind, ref["shape"], need, member in paging_members]]
        if kind == "boolean":
            rows.append(["no-" + name, "negation", member, kind, ref["shape"], need, False])
        renamed = None if "waiter" in cli else RENAMED_ARGUMENTS.get((operation, member))
        if renamed:
            rows[0][0] = renamed
            last += rows
        else:
            yield from rows
    yield from last
    for name in DOCUMENT_OPTIONS:
        yield [name, "document", None, "string", None, False, False]
    if paginator:
        for name, kind in PAGING_OPTIONS:
            if name != "page-size" or "limit_key" in paginator:
                yield [name, "paging", None, kind, None, False, False]
    yield [SKELETON_OPTION, "skeleton", None, "string", None, False, False]


def _as_list(value: str | list[str] | None) -> list[str]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
