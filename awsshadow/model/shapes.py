"""What the documents about the service hold, and a walk over shapes.

The types are for annotations only and cost nothing at run time.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, TypedDict

    class Reference(TypedDict, total=False):
        """A member of a shape, or the input, output or error of an operation: another shape, named."""

        shape: str
        documentation: str
        idempotencyToken: bool
        location: str
        locationName: str

    class Shape(TypedDict, total=False):
        """A shape in the form of ``service-2``; which keys it has depends on ``type``."""

        type: str
        documentation: str
        required: list[str]
        members: dict[str, Reference]
        member: Reference
        key: Reference
        value: Reference
        enum: list[str]
        pattern: str
        min: float
        max: float
        union: bool
        sensitive: bool
        exception: bool
        error: dict[str, Any]

    Shapes = Mapping[str, Shape]

    class OperationSpec(TypedDict, total=False):
        """An operation in the form of ``service-2``."""

        name: str
        http: dict[str, Any]
        input: Reference
        output: Reference
        errors: list[Reference]
        documentation: str
        idempotent: bool

    class Model(TypedDict, total=False):
        """A whole ``service-2`` document."""

        version: str
        metadata: dict[str, Any]
        operations: Mapping[str, OperationSpec]
        shapes: Shapes
        documentation: str

    class PaginatorRow(TypedDict, total=False):
        """A row of ``paginators-1``: how an operation is asked for its next page."""

        input_token: str | list[str]
        output_token: str | list[str]
        limit_key: str
        more_results: str
        result_key: str | list[str]
        non_aggregate_keys: list[str]

    class Acceptor(TypedDict, total=False):
        """What ends a waiter, and how."""

        state: str
        matcher: str
        expected: Any
        argument: str

    class WaiterRow(TypedDict, total=False):
        """A row of ``waiters-2``; ``name`` is added when it is compiled."""

        name: str
        operation: str
        delay: int
        maxAttempts: int
        description: str
        acceptors: list[Acceptor]

    class ValueSource(TypedDict):
        """The list operation that knows the values of an argument; see ``compile.resources``."""

        command: str
        result: str
        member: str
        needs: list[str]

    #: ``[name, kind, member, type, shape, required, hidden]``; see ``model.Argument``.
    ArgumentRow = list[Any]

    class CommandFacts(TypedDict, total=False):
        """The ``cli`` part of a slice: what the command line needs besides the shapes."""

        name: str
        operation: str
        arguments: list[ArgumentRow]
        resources: dict[str, ValueSource]
        paginator: PaginatorRow | None
        waiter: WaiterRow

    class SliceInput(TypedDict):
        """The input part of a slice: a ``service-2`` document with one operation, and ``cli``."""

        version: str
        metadata: dict[str, Any]
        operations: dict[str, OperationSpec]
        shapes: dict[str, Shape]
        cli: CommandFacts

    class ShapeDocs(TypedDict, total=False):
        """What the model says in words about a shape and, by name, about its members."""

        doc: str
        members: dict[str, str]

    class SliceDocs(TypedDict):
        """The documentation part of a slice."""

        operation: str
        shapes: dict[str, ShapeDocs]

    class Index(TypedDict):
        """Command name -> name in the model, and the metadata of the model."""

        operations: dict[str, str]
        waiters: dict[str, str]
        metadata: dict[str, Any]


def references(shape: Shape) -> Iterator[tuple[str, Reference]]:
    """What a shape refers to: the members of a structure by name; ``member``; ``key`` and ``value``."""
    yield from shape.get("members", {}).items()
    if "member" in shape:
        yield "member", shape["member"]
    if "key" in shape:
        yield "key", shape["key"]
    if "value" in shape:
        yield "value", shape["value"]


def reachable(shapes: Shapes, root: str | None) -> Iterator[tuple[str, Shape]]:
    """The shapes reachable from ``root``, itself first, each once, a member's own before the next member.

    Raises KeyError for a name that ``shapes`` does not have.
    """
    seen: set[str] = set()
    stack = [root] if root else []
    while stack:
        name = stack.pop()
        if name in seen:
            continue
        seen.add(name)
        shape = shapes[name]
        yield name, shape
        stack.extend(reversed([ref["shape"] for _, ref in references(shape)]))
