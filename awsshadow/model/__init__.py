"""One slice, seen through a read-only view; see ``compile.slices`` for what a slice holds."""

from __future__ import annotations

from awsshadow.model.store import find_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.model.store import Store

    ShapeDict = dict[str, Any]

__all__ = ["Argument", "Slice", "find_store", "load"]


class Argument:
    """One option of an operation.

    ``kind`` is ``member``, ``negation`` (the ``no-`` twin of a boolean), ``document``
    (``cli-input-*``), ``paging`` or ``skeleton``. ``type`` is the model's type name. ``member`` and
    ``shape`` are None for options that are no members of the input.
    """

    __slots__ = ("hidden", "kind", "member", "name", "required", "shape", "type")

    def __init__(
        self, name: str, kind: str, member: str | None, type: str, shape: str | None, required: bool, hidden: bool
    ) -> None:
        self.name = name
        self.kind = kind
        self.member = member
        self.type = type
        self.shape = shape
        self.required = required
        self.hidden = hidden


class Slice:
    """The model of one command.

    ``name`` is the command's, ``operation`` the operation's name in the model. ``shapes`` holds the
    shapes the input reaches, as dicts in the form of ``service-2``. ``paginator`` and ``waiter`` are
    the rows of ``paginators-1`` and ``waiters-2`` or None. ``resources`` maps an argument to the list
    operation that knows its values (``compile.resources``).
    """

    def __init__(self, store: Store, part: str, name: str) -> None:
        self._store = store
        self._part = part
        self._input = store.input(part, name)
        cli = self._input["cli"]
        self.name: str = name
        self.operation: str = cli["operation"]
        self.arguments = [Argument(*row) for row in cli["arguments"]]
        self.paginator: ShapeDict | None = cli["paginator"]
        self.waiter: ShapeDict | None = cli.get("waiter")
        self.resources: dict[str, ShapeDict] = cli["resources"]
        self.shapes: dict[str, ShapeDict] = self._input["shapes"]
        self.spec: ShapeDict = self._input["operations"][self.operation]
        self.metadata: ShapeDict = self._input["metadata"]

    @property
    def input_shape(self) -> str | None:
        """The name of the input shape, None for an operation without input."""
        return self.spec["input"]["shape"] if "input" in self.spec else None

    @property
    def output_shape(self) -> str | None:
        """The name of the output shape, None for an operation without output."""
        return self.spec["output"]["shape"] if "output" in self.spec else None

    def all_shapes(self) -> dict[str, ShapeDict]:
        """Input, output and error shapes; reads the output part."""
        return {**self.shapes, **self._store.output(self._part, self.name)}

    def service_model(self) -> ShapeDict:
        """A ``service-2`` document with this one operation, as botocore loads it."""
        model = {k: v for k, v in self._input.items() if k != "cli"}
        model["shapes"] = self.all_shapes()
        return model

    def docs(self) -> ShapeDict:
        """Documentation strings: ``operation`` and ``shapes`` (name -> ``doc`` and ``members``)."""
        return self._store.docs(self._part, self.name)

    def endpoint_data(self) -> ShapeDict:
        """botocore's endpoint data cut to what a call needs: documents by the name its loader is asked for."""
        return self._store.data()


def load(store: Store, part: str, name: str) -> Slice:
    """Read the slice of a command; ``part`` is ``operations`` or ``waiters``.

    Raises KeyError or OSError for a name the store does not have.
    """
    return Slice(store, part, name)
