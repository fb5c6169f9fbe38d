"""One option as typed -> the parameter it gives: plain text, JSON or shorthand, as its shape decides.

Rules: (behaviour: input 2.3, input 2.5).
"""

from __future__ import annotations

import json
from collections import OrderedDict

from awsshadow.arguments.coerce import FLOATS, INTEGERS, number, typed
from awsshadow.arguments.paramfile import contents, names_file
from awsshadow.arguments.shorthand import parse
from awsshadow.errors import (
    AwsShadowError,
    BytesValueError,
    MalformedValueError,
    NumberError,
    ParameterError,
    ShorthandError,
    UnreadableFile,
    UnreadableValueError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.arguments.coerce import Shapes
    from awsshadow.invocation import Given

#: Python's sentence for what is nested too deeply, without the "while ..." that depends on chance.
TOO_DEEP = "maximum recursion depth exceeded"

_CONTAINERS = ("structure", "map", "list")


def expanded(option: str, value: Given, environ: Mapping[str, str]) -> Given | bytes:
    """``value`` with a ``file://`` or ``fileb://`` text, or a list of just one, replaced by the contents.

    Raises ParameterError naming ``option`` for a file that cannot be read.
    """
    only = value[0] if isinstance(value, list) and len(value) == 1 else value
    if not isinstance(only, str) or not names_file(only):
        return value
    try:
        return contents(only, environ)
    except UnreadableFile as error:
        message = parameter_error(option, error.message).message
        raise UnreadableValueError(message, option, error.path) from None


def parameter(option: str, value: Given | bytes, name: str, shapes: Shapes, environ: Mapping[str, str]) -> Any:
    """The parameter that ``value``, given for ``--option``, stands for; ``name`` is its shape.

    Objects of JSON are OrderedDict, those of shorthand dict: messages show the difference. The
    other types that occur are str, int, float, bool, list and, from ``fileb://``, bytes. JSON is
    taken as it is, so None and numbers out of place occur as well; validation reports them.

    Raises ParameterError for a text that cannot be parsed, AwsShadowError for a number that is none.
    """
    shape = shapes[name]
    try:
        if _is_nested(shape, shapes) and not _looks_like_json(value):
            return _from_shorthand(option, value, name, shapes, environ)
        return _plain(option, value, shape, shapes)
    except NumberError as error:
        error.where = f"--{option}"
        raise
    except RecursionError:
        raise AwsShadowError(TOO_DEEP) from None


def parameter_error(option: str, message: str) -> ParameterError:
    """What is wrong with the value of an option, which is named as it is typed."""
    return ParameterError(f"Error parsing parameter '--{option}': {message}")


def _is_nested(shape: dict[str, Any], shapes: Shapes) -> bool:
    """Whether values of ``shape`` may be written as shorthand: it is no scalar and no list of scalars."""
    if shape["type"] == "list":
        shape = shapes[shape["member"]["shape"]]
    return shape["type"] in _CONTAINERS


def _looks_like_json(value: Given | bytes) -> bool:
    """The first word decides for all of them."""
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, str) and first.lstrip().startswith(("[", "{"))


def _from_shorthand(option: str, value: Given | bytes, name: str, shapes: Shapes, environ: Mapping[str, str]) -> Any:
    if isinstance(value, bytes):
        wanted = "'in <string>' requires string as left operand, not int"
        raise BytesValueError(wanted if value else "a bytes-like object is required, not 'str'", option)

    def load(text: str) -> str | bytes:
        return contents(text, environ)

    word = ""
    try:
        if isinstance(value, list):
            parsed = []
            for word in value:
                parsed.append(parse(word, load))
            return typed(parsed, name, shapes)
        assert isinstance(value, str)
        word = value
        pairs = parse(value, load)
    except ShorthandError as error:
        message = parameter_error(option, error.message).message
        raise MalformedValueError(message, option, word, error.offset, "shorthand") from None
    # One text for a list of structures can only come from a file. It stays one structure, which
    # validation refuses; the words of the command line are a list even if there is one.
    return pairs if shapes[name]["type"] == "list" else typed(pairs, name, shapes)


def _plain(option: str, value: Any, shape: dict[str, Any], shapes: Shapes) -> Any:
    kind = shape["type"]
    if kind in INTEGERS or kind in FLOATS:
        return number(value, kind)
    if kind == "list":
        return _list(option, value, shape, shapes)
    if kind in _CONTAINERS:
        if _first_character(value) == "{":
            return _json(option, value)
        message = parameter_error(option, f"Invalid JSON:\n{value}").message
        raise MalformedValueError(message, option, str(value), None, "JSON")
    return value


def _list(option: str, value: str | bytes | list[str], shape: dict[str, Any], shapes: Shapes) -> Any:
    """A JSON array in one text, or else every element of ``value`` for itself.

    The elements of a text, which then came from a file, are its characters.
    """
    if isinstance(value, str):
        if _first_character(value) == "[":
            return _json(option, value)
    elif isinstance(value, list) and len(value) == 1 and value[0].lstrip().startswith("["):
        return _json(option, value[0])
    member = shapes[shape["member"]["shape"]]
    if member["type"] not in (*_CONTAINERS, *INTEGERS, *FLOATS):
        return list(value)
    items = []
    for item in value:
        try:
            items.append(_plain(option, item, member, shapes))
        except ParameterError:
            raise
        except AwsShadowError as error:
            if member["type"] in _CONTAINERS:
                raise
            raise parameter_error(option, str(value[0])) from error
    return items


def _first_character(text: str) -> str:
    stripped = text.lstrip()
    if not stripped:
        raise AwsShadowError("string index out of range")
    return stripped[0]


def _json(option: str, text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=OrderedDict)
    except ValueError as error:
        message = parameter_error(option, f"Invalid JSON: {error}\nJSON received: {text}").message
        raise MalformedValueError(message, option, text, getattr(error, "pos", None), "JSON") from None
    except RecursionError as error:
        raise AwsShadowError(str(error)) from None
