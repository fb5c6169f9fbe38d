"""The values of the options -> the parameters of the call (behaviour: input 2.1).

``resolve`` turns what was typed into parameters; ``validate`` judges parameters against a shape.
They are apart because the reference looks for a region and a profile in between.
"""

from __future__ import annotations

from awsshadow.arguments import paging, values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.invocation import Invocation
    from awsshadow.streams import Streams

__all__ = ["resolve", "validate"]


def resolve(invocation: Invocation, environ: Mapping[str, str], streams: Streams) -> tuple[dict[str, Any], bool]:
    """The parameters of a command line, keyed by member, and whether to fetch all pages of the result.

    Order of the keys: the options in table order, ``PaginationConfig`` if there are paging
    options, then the top-level keys of an input document. ``values.parameter`` and
    ``documents.merge`` say which types occur; timestamps stay as they were given.

    Raises the first error in this order: options that exclude each other, the values in table
    order, the input document. ParameterError for what the user wrote, AwsShadowError for what the
    reference lets Python say.
    """
    piece = invocation.slice
    assert piece is not None
    paginate = paging.wanted(invocation)
    parameters: dict[str, Any] = {}
    for argument in piece.arguments:
        if argument.name not in invocation.given or argument.kind == "negation":
            continue
        # A document is read here and once more below, as the reference does: a pipe is empty then.
        value = values.expanded(argument.name, invocation.given[argument.name], environ)
        if argument.kind == "paging":
            paging.add(parameters, argument.name, value, streams)
        elif argument.member is not None and argument.shape is not None:
            found = values.parameter(argument.name, value, argument.shape, piece.shapes, environ)
            parameters[argument.member] = found
    from awsshadow.arguments import documents

    documents.merge(parameters, invocation.given, environ)
    if paginate and piece.paginator is not None:
        paginate = paging.still_wanted(piece.paginator, parameters)
    return parameters, paginate


def validate(parameters: Any, name: str | None, shapes: Mapping[str, dict[str, Any]]) -> None:
    """Judge ``parameters`` against the shape ``name``; None, an operation without input, allows anything.

    Raises ParameterError with one line per problem, and AwsShadowError where the reference fails
    on the value itself.
    """
    if name is not None:
        from awsshadow.arguments import validation

        validation.check(parameters, name, shapes)
