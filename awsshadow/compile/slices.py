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

from __future__ import annotations

from awsshadow.compile.customisations import RENAMED_ARGUMENTS
from awsshadow.compile.resources import Lists
from awsshadow.model.shapes import reachable, references
from awsshadow.names import argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from awsshadow.compile.damaged import DamagedSources
    from awsshadow.model.shapes import (
        ArgumentRow,
        CommandFacts,
        Index,
        Model,
        OperationSpec,
        PaginatorRow,
        Reference,
        Shape,
        ShapeDocs,
        Shapes,
        SliceDocs,
        SliceInput,
        WaiterRow,
    )

#: The options every operation has besides its members, in table order.
DOCUMENT_OPTIONS = ("cli-input-json", "cli-input-yaml")
PAGING_OPTIONS = (("starting-token", "string"), ("page-size", "integer"), ("max-items", "integer"))
SKELETON_OPTION = "generate-cli-skeleton"


class Sources:
    """The files of one service model: ``service-2``, ``paginators-1``, ``waiters-2``.

    ``bare`` are the shapes without documentation. What the model holds of an operation or a shape may be
    parsed when it is first looked at.
    """

    def __init__(self, model: Model, paginators: dict[str, Any], waiters: dict[str, Any]) -> None:
        self.model = model
        self.paginators: dict[str, PaginatorRow] = paginators["pagination"]
        self.waiters: dict[str, WaiterRow] = waiters["waiters"]
        self.waiters_version = waiters.get("version")
        #: Whether it has been looked for damage, and none was found.
        self.has_passed = False
        #: What to ask about waiters in the place of this, if they are damaged.
        self.of_waiters: DamagedSources | None = None
        self.lists = Lists(model)
        self.bare = _BareShapes(model["shapes"])


class _BareShapes(dict[str, "Shape"]):
    """Shapes without documentation, by name, each made when it is first asked for."""

    def __init__(self, shapes: Shapes) -> None:
        super().__init__()
        self._shapes = shapes

    def __missing__(self, name: str) -> Shape:
        bare = self[name] = _without_documentation(self._shapes[name])
        return bare


class CompiledSlice:
    """What one command compiles to; see the module docstring for the three parts."""

    def __init__(self, name: str, input: SliceInput, output: dict[str, Shape], model: Model) -> None:
        self.name = name
        self.input = input
        self.output = output
        self._model = model

    @property
    def docs(self) -> SliceDocs:
        """The documentation strings: made when they are asked for, since a call needs none."""
        operation, shapes = self.input["cli"]["operation"], self._model["shapes"]
        return {
            "operation": self._model["operations"][operation].get("documentation", ""),
            "shapes": {name: _documentation(shapes[name]) for name in {**self.input["shapes"], **self.output}},
        }


def operations(sources: Sources | DamagedSources) -> dict[str, str]:
    """Command name -> operation, in model order."""
    return _commands(sources.model["operations"])


def waiters(sources: Sources) -> dict[str, str]:
    """Waiter command name -> waiter, in the order of the waiter file."""
    return _commands(sources.waiters)


def index_of(sources: Sources) -> Index:
    """The names of all commands, in model order."""
    return {
        "operations": operations(sources),
        "waiters": waiters(sources),
        "metadata": sources.model["metadata"],
    }


def _commands(names: Iterable[str]) -> dict[str, str]:
    """Files are called after commands: a name that is no plain word could stand for a path, and is none."""
    return {argument_name(name): name for name in names if name.isascii() and name.isalnum()}


def compile_operation(sources: Sources, operation: str) -> CompiledSlice:
    """The slice of one operation. Raises KeyError when the model has no such operation."""
    cli: CommandFacts = {"name": argument_name(operation), "paginator": sources.paginators.get(operation)}
    return _compile(sources, operation, cli)


def compile_waiter(sources: Sources, waiter: str) -> CompiledSlice:
    """The slice of one waiter: that of the operation it polls, without renames or paging."""
    config = sources.waiters[waiter]
    row: WaiterRow = {"name": waiter, **config}
    return _compile(sources, config["operation"], {"name": argument_name(waiter), "paginator": None, "waiter": row})


def _compile(sources: Sources, operation: str, cli: CommandFacts) -> CompiledSlice:
    model, bare = sources.model, sources.bare
    spec: OperationSpec = {**model["operations"][operation]}
    spec.pop("documentation", None)
    inputs = dict(reachable(bare, _shape_of(spec.get("input"))))
    outputs = dict(reachable(bare, _shape_of(spec.get("output"))))
    for error in spec.get("errors", ()):
        outputs.update(reachable(bare, error["shape"]))
    cli["operation"] = operation
    cli["arguments"] = list(_arguments(operation, spec, bare, cli))
    cli["resources"] = {
        row[0]: source
        for row in cli["arguments"]
        if row[1] == "member" and (source := sources.lists.source(operation, row[2]))
    }
    document: SliceInput = {
        "version": model.get("version", "2.0"),
        "metadata": model["metadata"],
        "operations": {operation: spec},
        "shapes": inputs,
        "cli": cli,
    }
    rest = {name: shape for name, shape in outputs.items() if name not in inputs}
    return CompiledSlice(cli["name"], document, rest, model)


def _shape_of(reference: Reference | None) -> str | None:
    return reference["shape"] if reference is not None else None


def _without_documentation(shape: Shape) -> Shape:
    bare: dict[str, Any] = {k: v for k, v in shape.items() if k != "documentation"}
    if "members" in shape:
        bare["members"] = {name: _undocumented(ref) for name, ref in shape["members"].items()}
    for key in ("member", "key", "value"):
        if key in bare:
            bare[key] = _undocumented(bare[key])
    return bare  # type: ignore[return-value] # what was a shape still is one


def _undocumented(reference: Reference) -> Reference:
    bare: Reference = {**reference}
    bare.pop("documentation", None)
    return bare


def _documentation(shape: Shape) -> ShapeDocs:
    """``doc`` of the shape and of its members; absent where the model says nothing."""
    found: ShapeDocs = {}
    if shape.get("documentation"):
        found["doc"] = shape["documentation"]
    members = {name: ref["documentation"] for name, ref in references(shape) if ref.get("documentation")}
    if members:
        found["members"] = members
    return found


def _arguments(operation: str, spec: OperationSpec, bare: Shapes, cli: CommandFacts) -> Iterator[ArgumentRow]:
    """The argument table: rows ``[name, kind, member, type, shape, required, hidden]``.

    Kinds are ``member``, ``negation`` (the ``no-`` twin of a boolean), ``document``, ``paging``
    and ``skeleton``. The order is the reference's (behaviour: input 1.9); it decides the order of
    ambiguity lists, of values, of errors and of the request body.
    """
    paginator: PaginatorRow = cli["paginator"] or {}
    paging_members = set(_as_list(paginator.get("input_token"))) | set(_as_list(paginator.get("limit_key")))
    shape: Shape = bare[spec["input"]["shape"]] if "input" in spec else {}
    required = set(shape.get("required", ()))
    last: list[ArgumentRow] = []
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
