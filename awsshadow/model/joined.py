"""Several slices as the model of one client, so that it can make the calls of all of them."""

from __future__ import annotations

from awsshadow.model import Slice, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from awsshadow.model.store import Store


class JoinedSlice(Slice):
    """The operation of the first of ``names``, with the operations of the others in its service model.

    ``slices`` are all of them by command, the first one included.
    """

    def __init__(self, store: Store, names: Sequence[str]) -> None:
        super().__init__(store, "operations", names[0])
        self.slices: dict[str, Slice] = {name: load(store, "operations", name) for name in names}

    def all_shapes(self) -> dict[str, Any]:
        """The shapes of all operations: one name is one shape in all slices of a model."""
        return {name: shape for slice in self.slices.values() for name, shape in slice.all_shapes().items()}

    def service_model(self) -> dict[str, Any]:
        """A ``service-2`` document with all operations."""
        model: dict[str, Any] = super().service_model()
        model["operations"] = {slice.operation: slice.spec for slice in self.slices.values()}
        model["shapes"] = self.all_shapes()
        return model
