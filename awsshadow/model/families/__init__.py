"""The family table as the engine reads it.

``inference`` reads what the model says, ``overrides`` has what it does not, ``rows`` is its form. What inference says
of one model is packaged; what a newer one has beside that is learnt from it when it is first met. Beside the table lies
what the documentation states of defaults: ``stated``, and ``stated_overrides``.
"""

from __future__ import annotations

import json
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from awsshadow.model.families.rows import Action, Link, Listing, Parts, Row

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_PATH = os.path.join(_FOLDER, "families.json")
#: The defaults that the documentation states, as ``stated`` writes them.
STATED = os.path.join(_FOLDER, "stated.json")


class Family:
    """One row of the table.

    ``id`` members that identify a resource; ``arn``, ``name``, ``status`` members that hold these;
    ``type`` of the ARN; ``states`` are statuses by what they mean; ``wrap`` the member that holds all of a description;
    ``listing`` what its list operation filters and sorts by; ``store`` the family it is kept as;
    ``missing`` the type of the error for one that is not there; the rest is explained in ``overrides``.
    """

    __slots__ = (
        "aliases", "allowed", "arn", "contains", "deletes_nothing", "dependents", "either", "end_times", "exclusive",
        "generate", "id", "keeps_case", "listing", "missing", "name", "operations", "owner", "parent", "path",
        "seconds", "states", "status", "store", "title", "type", "wrap",
    )  # fmt: skip

    def __init__(self, title: str, row: Row) -> None:
        self.title: str = title
        self.id: list[str] = row["id"]
        self.arn: str | None = row["arn"]
        self.name: str = row["name"]
        self.type: str = row["type"]
        self.missing: str = row["missing"]
        self.operations: dict[str, str] = row["operations"]
        self.listing: Listing = row.get("list", {})
        self.status: str | None = row.get("status")
        self.states: dict[str, str] = row.get("states", {})
        self.wrap: str | None = row.get("wrap")
        self.store: str = row.get("store", title)
        self.either: dict[str, list[str]] = row.get("either", {})
        self.generate: dict[str, str] = row.get("generate", {})
        self.path: str = row.get("path", "{" + self.name + "}")
        self.parent: list[str] = row.get("parent", [])
        self.keeps_case: bool = row.get("keeps_case", False)
        self.seconds: float | None = row.get("seconds")
        self.end_times: list[str] = row.get("end_times", ["EndTime"])
        self.allowed: dict[str, list[str]] = row.get("allowed", {})
        self.dependents: dict[str, list[Link]] = row.get("dependents", {})
        self.aliases: list[str] = row.get("aliases", [])
        self.owner: dict[str, str] = row.get("owner", {})
        self.contains: dict[str, Parts] = row.get("contains", {})
        self.exclusive: bool = row.get("exclusive", False)
        self.deletes_nothing: bool = row.get("deletes_nothing", False)

    def operation(self, role: str) -> str | None:
        """The operation that has a role (``create``, ``describe``, ...) here, None without one."""
        return next((name for name, found in self.operations.items() if found == role), None)

    @property
    def is_job(self) -> bool:
        """Whether it runs to an end by itself; what is no job stays until it is deleted."""
        return "stopping" in self.states and self.states["stable"].lower() in {"completed", "succeeded"}


_families: dict[str, Family] = {}
_by_operation: dict[str, tuple[Family, str]] = {}
#: What was learnt: operations of families, and what those of none are about.
_learnt: dict[str, tuple[Family, str]] = {}
_actions: dict[str, Action] = {}


def table() -> dict[str, Family]:
    """All families by name: those of the packaged table, and those that were learnt."""
    if not _families:
        with open(_PATH, encoding="utf-8") as file:
            rows: dict[str, Row] = json.load(file)
        for title, row in rows.items():
            family = Family(title, row)
            _by_operation.update((operation, (family, role)) for operation, role in family.operations.items())
            _families[title] = family
    return _families


def learn(model: Mapping[str, Any]) -> None:
    """Infer from a ``service-2`` document what the packaged table does not say. What is known stays as it is."""
    from awsshadow.model.families import inference

    known = table()
    rows: dict[str, Any] = inference.families(model)
    for title, row in rows.items():
        family = Family(title, row)
        known.setdefault(title, family)
        for operation, role in family.operations.items():
            if operation not in _by_operation:
                _learnt[operation] = family, role
    _actions.update(inference.actions(model, rows))


def catch_up(operations: Mapping[str, str], model: Callable[[], Mapping[str, Any]]) -> None:
    """Learn the families that the installed model has beside the packaged ones, where there are any.

    ``operations`` are its operations by their commands; ``model`` reads it, which is not done in vain.
    """
    for command, created in operations.items():
        kind = command.removeprefix("create-")
        described = operations.get(f"describe-{kind}")
        if kind != command and described and not find(created) and not find(described):
            learn(model())
            return


def family(title: str) -> Family:
    """The family of that name. Raises KeyError."""
    return table()[title]


def find(operation: str) -> tuple[Family, str] | None:
    """The family an operation belongs to and its role (``create``, ``describe``, ...)."""
    table()
    return _by_operation.get(operation) or _learnt.get(operation)


def is_packaged(operation: str) -> bool:
    """Whether the packaged table has the operation in one of its families."""
    table()
    return operation in _by_operation


def action(operation: str) -> Action:
    """What an operation that belongs to no family is about, as far as that was learnt."""
    return _actions.get(operation, {})


def by_type(type: str) -> Family | None:
    """The family whose ARNs have this resource type."""
    return next((f for f in table().values() if f.type == type and f.store == f.title), None)
