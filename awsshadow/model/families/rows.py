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
    """

    items: str
    filters: dict[str, Filter]
    sort: dict[str, str]


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
