"""Resources that cannot be deleted while others depend on them: the column ``dependents`` of the family table."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract import error_messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.model.families import Family
    from awsshadow.sandbox.engine.request import Request
    from awsshadow.sandbox.state.records import Record


def check_dependents(request: Request, family: Family, record: Record) -> None:
    """Raise Refusal when something depends on a resource that is to be deleted."""
    for title, links in family.dependents.items():
        conditions = [(field, comparison, record.value(column)) for field, comparison, column in links]
        deleted = families.family(title).states.get("deleted")
        if deleted:
            conditions.append(("status", "<>", deleted))
        if request.resources.any(title, conditions):
            raise error_messages.depended_on(family, record.arn, title, request.errors)
