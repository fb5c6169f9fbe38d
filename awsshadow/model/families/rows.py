"""What stands in a row of the family table. For annotations only: nothing imports this at run time.

The columns that are not inferred from the model are explained in ``overrides``.
"""

from typing import TypedDict

#: How a filter selects: a comparison of ``sandbox.state.conditions``, or ``ignored``; and the field it is about.
Filter = list[str]
#: A field of what depends on a resource, a comparison, and the column of the resource it is compared with.
Link = list[str]


class Listing(TypedDict, total=False):
    """What a list operation answers under ``items``, filters by and sorts by.

    ``filters``: member of the request -> filter. ``sort``: value of SortBy -> order: a column, or ``$.Path``.
    ``named``: member that is a list of names with values -> name -> the field that must have that value.
    """

    items: str
    filters: dict[str, Filter]
    sort: dict[str, str]
    named: dict[str, dict[str, str]]


class Parts(TypedDict):
    """What a member of a create request holds: resources of ``family``, of which ``least`` must stay."""

    family: str
    least: int


class Batch(TypedDict):
    """An operation on many resources: the ``role`` of the operation on each of those that ``member`` names.

    ``good`` and ``bad`` are members of the answer for what went well and what did not; ``forms`` says of each
    whether it is a list or a map, and the type of an entry.
    """

    role: str
    family: str
    member: str
    good: str | None
    bad: str | None
    forms: dict[str, list[str]]


class Action(TypedDict, total=False):
    """An operation that belongs to no family. ``names``: member -> the family of the resource that it names."""

    names: dict[str, str]
    batch: Batch


class Columns(TypedDict, total=False):
    """What is not inferred."""

    states: dict[str, str]
    store: str
    either: dict[str, list[str]]
    generate: dict[str, str]
    path: str
    parent: list[str]
    keeps_case: bool
    seconds: float
    end_times: list[str]
    allowed: dict[str, list[str]]
    dependents: dict[str, list[Link]]
    aliases: list[str]
    owner: dict[str, str]
    contains: dict[str, Parts]
    exclusive: bool
    deletes_nothing: bool


class Override(Columns, total=False):
    """What may be laid over a row; ``filters`` and ``sort`` go into ``list``."""

    id: list[str]
    name: str
    filters: dict[str, Filter]
    sort: dict[str, str]


class _Required(TypedDict):
    id: list[str]
    arn: str | None
    type: str
    name: str
    missing: str
    operations: dict[str, str]


class Row(_Required, Columns, total=False):
    """One row as families.json has it."""

    status: str
    wrap: str
    list: Listing
