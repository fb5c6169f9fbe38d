"""The family table as the engine reads it; ``inference`` says what the rows mean and writes them."""

from __future__ import annotations

import json
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "families.json")


class Family:
    """One row of the table.

    ``id`` members that identify a resource; ``arn``, ``name``, ``status`` members that hold these;
    ``type`` of the ARN; ``states`` by role; ``wrap`` the member that holds all of a description;
    ``listing`` what its list operation filters and sorts by; ``store`` the family it is kept as.
    """

    __slots__ = (
        "arn", "either", "generate", "id", "listing", "missing", "name", "operations",
        "parent", "path", "states", "status", "store", "title", "type", "wrap",
    )  # fmt: skip

    def __init__(self, title: str, row: dict[str, Any]) -> None:
        self.title = title
        self.id: list[str] = row["id"]
        self.arn: str | None = row["arn"]
        self.name: str = row["name"]
        self.type: str = row["type"]
        self.status: str | None = row.get("status")
        self.states: dict[str, str] = row.get("states", {})
        self.wrap: str | None = row.get("wrap")
        self.operations: dict[str, str] = row["operations"]
        self.listing: dict[str, Any] = row.get("list", {})
        self.store: str = row.get("store", title)
        self.either: dict[str, list[str]] = row.get("either", {})
        self.generate: dict[str, str] = row.get("generate", {})
        self.path: str = row.get("path", "{" + self.name + "}")
        self.parent: list[str] = row.get("parent", [])
        self.missing: str = row["missing"]

    @property
    def is_job(self) -> bool:
        """Whether it runs to an end by itself; what is no job stays until it is deleted."""
        return "stopping" in self.states and self.states["stable"].lower() in {"completed", "succeeded"}


_families: dict[str, Family] = {}
_by_operation: dict[str, tuple[Family, str]] = {}


def table() -> dict[str, Family]:
    """All families by name."""
    if not _families:
        with open(_PATH, encoding="utf-8") as file:
            rows = json.load(file)
        for title, row in rows.items():
            family = Family(title, row)
            _by_operation.update((operation, (family, role)) for operation, role in family.operations.items())
            _families[title] = family
    return _families


def family(title: str) -> Family:
    """The family of that name. Raises KeyError."""
    return table()[title]


def find(operation: str) -> tuple[Family, str] | None:
    """The family an operation belongs to and its role (``create``, ``describe``, ...)."""
    table()
    return _by_operation.get(operation)


def by_type(type: str) -> Family | None:
    """The family whose ARNs have this resource type."""
    return next((f for f in table().values() if f.type == type and f.store == f.title), None)
