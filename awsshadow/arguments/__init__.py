"""The values of the options -> the parameters of the call (behaviour: input 2.1).

``resolve`` turns what was typed into parameters; ``validate`` judges parameters against a shape.
They are apart because the reference looks for a region and a profile in between.
"""

from __future__ import annotations

from awsshadow.arguments import documents, paging, values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.invocation import Command
    from awsshadow.streams import Streams

__all__ = ["check_constraints", "decode_blobs", "resolve", "validate"]


def resolve(
    command: Command, environ: Mapping[str, str], streams: Streams, extras: bool = False
) -> tuple[dict[str, Any], bool]:
    """The parameters of a command line, keyed by member, and whether to fetch all pages of the result.

    Order of the keys: the options in table order, ``PaginationConfig`` if there are paging
    options, then the top-level keys of an input document. ``values.parameter`` and
    ``documents.merge`` say which types occur; timestamps stay as they were given. With ``extras``
    a document may also be ``-``, standard input, it is read but once and may name its schema, and
    times may be counted from now (``relative_times``): all things that the reference refuses.

    Raises the first error in this order: options that exclude each other, the values in table
    order, the input document. ParameterError for what the user wrote, AwsShadowError for what the
    reference lets Python say.
    """
    slice = command.slice
    paginate = paging.wanted(command)
    slice.look_at_metadata()
    parameters: dict[str, Any] = {}
    texts: dict[str, Any] = {}
    for argument in slice.arguments:
        if argument.name not in command.given or argument.kind == "negation":
            continue
        typed = command.given[argument.name]
        if extras and argument.name in documents.OPTIONS:
            texts[argument.name] = documents.read(argument.name, typed, environ, streams)
            continue
        # A document is read here and once more below, as the reference does: a pipe is empty then.
        value = values.expanded(argument.name, typed, environ)
        if argument.kind == "paging":
            paging.add(parameters, argument.name, value, streams)
        elif argument.member is not None and argument.shape is not None:
            found = values.parameter(argument.name, value, argument.shape, slice.shapes, environ)
            parameters[argument.member] = found
    documents.merge(parameters, command.given, environ, texts)
    if extras and isinstance(parameters.get("$schema"), str):
        del parameters["$schema"]  # says to editors what the document is; the reference refuses it
    if extras and slice.input_shape is not None:
        parameters = _with_moments(parameters, slice.input_shape, slice.shapes)
    if paginate and slice.paginator is not None:
        paginate = paging.still_wanted(slice.paginator, parameters)
    return parameters, paginate


def _with_moments(parameters: dict[str, Any], name: str, shapes: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    if all(shape["type"] != "timestamp" for shape in shapes.values()):
        return parameters
    from time import time

    from awsshadow.arguments import relative_times

    found: dict[str, Any] = relative_times.resolved(parameters, name, shapes, int(time()))
    return found


def decode_blobs(
    parameters: dict[str, Any], name: str | None, shapes: Mapping[str, dict[str, Any]], form: str | None
) -> None:
    """Put bytes into ``parameters`` of the shape ``name`` where texts are base64; ``form`` is ``cli_binary_format``.

    The reference does so when it has a client, before it validates. Raises AwsShadowError for what is no base64.
    """
    if name is None or form != "base64" or all(shape["type"] != "blob" for shape in shapes.values()):
        return
    from awsshadow.arguments import blobs

    blobs.decode(parameters, name, shapes)


def validate(parameters: Any, name: str | None, shapes: Mapping[str, dict[str, Any]]) -> None:
    """Judge ``parameters`` against the shape ``name``; None, an operation without input, allows anything.

    Raises ParameterError with one line per problem, and AwsShadowError where the reference fails
    on the value itself.
    """
    if name is not None:
        from awsshadow.arguments import validation

        validation.check(parameters, name, shapes)


def check_constraints(body: dict[str, Any], name: str | None, shapes: Mapping[str, dict[str, Any]]) -> None:
    """Hold the body of a request against every constraint of the model: enums, patterns, lengths, ranges, unions.

    Raises ParameterError with one line per problem, in the words of the service. The reference leaves
    all of this to the service.
    """
    if name is None:
        return
    from awsshadow.errors import ParameterError
    from awsshadow.model import constraints

    wrong = constraints.mistyped(body, name, shapes)
    problems = [wrong] if wrong else constraints.problems(body, name, shapes)
    if problems:
        raise ParameterError("\n".join(["The service would refuse this request:", *problems]))
