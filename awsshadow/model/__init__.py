"""One slice, seen through a read-only view; see ``compile.slices`` for what a slice holds."""

from __future__ import annotations

from awsshadow.errors import AwsShadowError
from awsshadow.model.store import find_store
from awsshadow.names import SERVICE

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
        #: Whether a damaged model has a row for it that is null: it has no options for pages, and none can be had.
        self.has_null_paginator: bool = "null_paginator" in cli
        self.waiter: ShapeDict | None = cli.get("waiter")
        self.resources: dict[str, ShapeDict] = cli["resources"]
        self.shapes: dict[str, ShapeDict] = self._input["shapes"]
        self.spec: ShapeDict = self._input["operations"][self.operation]
        self.metadata: ShapeDict = self._input["metadata"]
        #: The document of a model of the user's that is damaged, None for any other.
        self.whole: ShapeDict | None = self._input.get("whole")

    def look_at_metadata(self) -> None:
        """Raise what the reference finds wrong with the metadata of a damaged model before it looks at values."""
        if self.whole is None:
            return
        try:
            self.metadata["endpointPrefix"]
        except KeyError:
            message = f'"endpointPrefix" not defined in the metadata of the model: ServiceModel({SERVICE})'
            raise AwsShadowError(message) from None

    @property
    def input_shape(self) -> str | None:
        """The name of the input shape, None for an operation without input."""
        return self.spec["input"]["shape"] if "input" in self.spec else None

    @property
    def output_shape(self) -> str | None:
        """The name of the output shape, None for an operation without output."""
        return self.spec["output"]["shape"] if "output" in self.spec else None

    def all_shapes(self) -> dict[str, ShapeDict]:
        """Input, output and error shapes; reads the output part. Those of a damaged model complain when asked for."""
        if self.whole is not None:
            return self.shapes
        return {**self.shapes, **self._store.output(self._part, self.name)}

    def service_model(self) -> ShapeDict:
        """A ``service-2`` document with this one operation, as botocore loads it; a damaged model as it is."""
        if self.whole is not None:
            return self.whole
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
