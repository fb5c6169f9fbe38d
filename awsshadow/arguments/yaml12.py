"""YAML 1.2 documents, safely loaded (behaviour: input 3.2): which words mean what, and what becomes of a node.

PyYAML reads YAML 1.1. The reference's library reads 1.2, and 1.1 after a ``%YAML 1.1`` line. What differs is said
through the resolvers and constructors that PyYAML documents as far as that goes, and in ``yaml_syntax`` beyond
(decision 7).
"""

from __future__ import annotations

import re
from collections import OrderedDict
from datetime import date, datetime, timedelta, timezone

import yaml
from yaml.constructor import ConstructorError
from yaml.events import DocumentStartEvent
from yaml.nodes import MappingNode, SequenceNode

from awsshadow.arguments.yaml_syntax import AnyVersion, Version12
from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

YAMLError = yaml.YAMLError

_TAG = "tag:yaml.org,2002:"

_FLOAT = r"""[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?
    |[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+
    |[-+]?\.(?:inf|Inf|INF)
    |\.(?:nan|NaN|NAN)"""

#: Tag -> what a plain word of that tag looks like and begins with.
_WORDS_12 = {
    "bool": ("true|True|TRUE|false|False|FALSE", "tTfF"),
    "float": (_FLOAT + r"|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?", "-+0123456789."),
    "int": ("[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?[0-9_]+|[-+]?0x[0-9a-fA-F_]+", "-+0123456789"),
}
_WORDS_11 = {
    "bool": (
        "y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF",
        "yYnNtTfFoO",
    ),
    "float": (
        _FLOAT + r"|\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*",
        "-+0123456789.",
    ),
    "int": (
        """[-+]?0b[01_]+|[-+]?0?[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+
        |[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+""",
        "-+0123456789",
    ),
}

#: An ordered map, under the name by which the reference's messages call its type.
ORDERED_MAP = type("ordereddict", (OrderedDict,), {"__module__": "ruamel.yaml.compat", "__slots__": ()})


def load(text: str | bytes) -> Any:
    """The value of the one document in ``text``; None for an empty text.

    Raises yaml.YAMLError for what is no YAML, and AwsShadowError with Python's own words for a
    scalar that looks like a number or a date but is none.
    """
    try:
        return yaml.load(text, _LOADERS[_version(text)])  # noqa: S506 - they are safe loaders
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise AwsShadowError(str(error)) from None


def compose(text: str) -> Any:
    """The nodes of the document in ``text``, which know where they stand; None for an empty text.

    Raises yaml.YAMLError, and AwsShadowError for an unknown version.
    """
    return yaml.compose(text, _LOADERS[_version(text)])


def compose_all(text: str) -> Iterator[Any]:
    """The same for each of several documents, in version 1.2. Raises yaml.YAMLError."""
    yield from yaml.compose_all(text, _Loader12)


def place_of(error: Exception) -> tuple[int, str]:
    """The line, from 1, at which a text stopped being YAML, and why. Raises nothing."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or str(error).partition("\n")[0]
    return (mark.line + 1 if mark is not None else 1), said


def _version(text: str | bytes) -> tuple[int, int]:
    """The version that ``text`` asks for in front of its document; ``(1, 2)`` if it asks for none.

    Raises YAMLError for another major version, and AwsShadowError with the reference's words for another minor one.
    """
    for event in yaml.parse(text, Loader=_Loader12):
        if isinstance(event, DocumentStartEvent):
            version: tuple[int, int] = event.version or (1, 2)
            return version
    return (1, 2)


class _Loader(AnyVersion):
    """What nodes become in either version."""

    bool_values = yaml.SafeLoader.bool_values | {"y": True, "n": False}

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """What holds itself where it has to be whole, in a key, is null there; what follows has to be whole, too."""
        if node in self.recursive_objects and node not in self.constructed_objects:
            self.deep_construct = self.deep_construct or deep
            return None
        return super().construct_object(node, deep=deep)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """A key may occur once, unless others are merged in; a list as a key becomes a tuple."""
        if not isinstance(node, MappingNode):
            return super().construct_mapping(node, deep=deep)
        self.flatten_mapping(node)
        unique = not getattr(node, "merged", False)
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, list):
                key = tuple(key)
            elif isinstance(key, dict | set):
                raise ConstructorError("while constructing a mapping", node.start_mark, "found an unhashable key")
            value = self.construct_object(value_node, deep=deep)
            if unique and key in mapping:
                raise ConstructorError("while constructing a mapping", node.start_mark, "found a duplicate key")
            mapping[key] = value
        return mapping


class _Loader11(_Loader):
    """A document that asks for version 1.1."""


class _Loader12(_Loader, Version12):
    """Any other document."""


_LOADERS: dict[tuple[int, int], type[_Loader]] = {(1, 1): _Loader11, (1, 2): _Loader12}


def _int(loader: _Loader, node: Any) -> int:
    """Only ``0o`` makes a number octal, and colons make none."""
    sign, digits = _signed(loader, node)
    base = {"0b": 2, "0o": 8, "0x": 16}.get(digits[:2])
    return sign * (int(digits[2:], base) if base else int(digits))


def _float(loader: _Loader, node: Any) -> float:
    """Colons make no number of base 60."""
    sign, digits = _signed(loader, node)
    digits = digits.lower()
    return sign * float(digits[1:] if digits in (".inf", ".nan") else digits)


def _signed(loader: _Loader, node: Any) -> tuple[int, str]:
    """1 or -1, and the digits of a number without its sign and underscores. Raises IndexError for an empty text."""
    text = loader.construct_scalar(node).replace("_", "")
    return -1 if text[0] == "-" else 1, text[1:] if text[0] in "+-" else text


def _timestamp(loader: _Loader, node: Any) -> date:
    """A date, or a time to the nearest microsecond, in a zone that is called as it was written."""
    text = loader.construct_scalar(node)
    match = loader.timestamp_regexp.match(text)
    if match is None:
        raise ConstructorError(None, None, f"no timestamp: {text}", node.start_mark)
    parts = match.groupdict()
    year, month, day = (int(parts[name]) for name in ("year", "month", "day"))
    if not parts["hour"]:
        return date(year, month, day)
    hour, minute, second = (int(parts[name]) for name in ("hour", "minute", "second"))
    moment = datetime(year, month, day, hour, minute, second, tzinfo=_zone(parts))
    tenths = int((parts["fraction"] or "").ljust(7, "0")[:7])
    return moment + timedelta(microseconds=(tenths + 5) // 10)


def _zone(parts: dict[str, str | None]) -> timezone | None:
    if not parts["tz"]:
        return None
    offset = timedelta(hours=int(parts["tz_hour"] or 0), minutes=int(parts["tz_minute"] or 0))
    return timezone(-offset if parts["tz_sign"] == "-" else offset, parts["tz"])


def _ordered_map(loader: _Loader, node: Any) -> Iterator[Any]:
    """An ordered map is a dict, not a list of pairs. A key that is there twice is an error without a word."""
    ordered = ORDERED_MAP()
    yield ordered
    if not isinstance(node, SequenceNode):
        yield from loader.construct_yaml_omap(node)  # which says so
    for part in node.value:
        is_pair = isinstance(part, MappingNode) and len(part.value) == 1
        # Here and not when it is put in: of a key that cannot be one is complained before its value.
        if is_pair and loader.construct_object(part.value[0][0]) in ordered:
            raise AwsShadowError("")
        for pairs in loader.construct_yaml_omap(SequenceNode(node.tag, [part], node.start_mark, node.end_mark)):
            found = pairs
        ordered.update(found)


def _teach(loader: type[_Loader], words: dict[str, tuple[str, str]]) -> None:
    """Let ``loader`` know ``words`` in place of what PyYAML takes for values of their tags."""
    stock, tags = yaml.SafeLoader.yaml_implicit_resolvers, {_TAG + name for name in words}
    loader.yaml_implicit_resolvers = {}
    for name, (pattern, firsts) in words.items():
        compiled = re.compile(f"(?:{pattern})$", re.VERBOSE)
        loader.add_implicit_resolver(_TAG + name, compiled, list(firsts))
    for first, rules in stock.items():
        for tag, compiled in rules:
            if tag not in tags:
                loader.add_implicit_resolver(tag, compiled, [first])
    loader.add_constructor(_TAG + "timestamp", _timestamp)
    loader.add_constructor(_TAG + "omap", _ordered_map)


_teach(_Loader11, _WORDS_11)
_teach(_Loader12, _WORDS_12)
_Loader12.add_constructor(_TAG + "int", _int)
_Loader12.add_constructor(_TAG + "float", _float)
