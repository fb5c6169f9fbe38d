"""YAML 1.2 documents, safely loaded (behaviour: input 3.2).

PyYAML reads YAML 1.1. The reference's library reads 1.2, and 1.1 after a ``%YAML 1.1`` line, so
this loader states where 1.2 differs: which plain words are booleans and numbers, and what colons,
question marks and tabs mean inside brackets. It refuses duplicate keys, too, and lets an anchor
be used again.
"""

from __future__ import annotations

import re
from collections import OrderedDict

import yaml
from yaml.constructor import ConstructorError
from yaml.events import AliasEvent
from yaml.nodes import MappingNode
from yaml.scanner import ScannerError
from yaml.tokens import ScalarToken, ValueToken

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_TAG = "tag:yaml.org,2002:"
_MERGE = _TAG + "merge"
_BREAKS = "\r\n\x85\u2028\u2029"
_ENDS = "\0 \t" + _BREAKS

_FLOAT = r"""[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?
    |[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+
    |[-+]?\.(?:inf|Inf|INF)
    |\.(?:nan|NaN|NAN)"""

#: Tag -> what a plain word of that tag looks like and begins with, for both versions.
_WORDS = {
    (1, 2): {
        "bool": ("true|True|TRUE|false|False|FALSE", "tTfF"),
        "float": (_FLOAT + r"|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?", "-+0123456789."),
        "int": ("[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?[0-9_]+|[-+]?0x[0-9a-fA-F_]+", "-+0123456789"),
    },
    (1, 1): {
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
    },
}


def load(text: str | bytes) -> Any:
    """The value of the one document in ``text``; None for an empty text.

    Raises yaml.YAMLError for what is no YAML, and AwsShadowError with Python's own words for a
    scalar that looks like a number or a date but is none.
    """
    loader = _Loader(text)
    try:
        return loader.get_single_data()
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise AwsShadowError(str(error)) from None
    finally:
        loader.dispose()


def _rules(version: tuple[int, int]) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """First character -> the tags of plain words that begin with it, most specific first."""
    rules: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name, (pattern, firsts) in _WORDS[version].items():
        compiled = re.compile(f"(?:{pattern})$", re.VERBOSE)
        for first in firsts:
            rules.setdefault(first, []).append((_TAG + name, compiled))
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items():
        own = [rule for rule in known if rule[0].removeprefix(_TAG) not in _WORDS[version]]
        rules.setdefault(first, []).extend(own)
    return rules


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader with the rules of YAML 1.2."""

    bool_values = yaml.SafeLoader.bool_values | {"y": True, "n": False}

    def __init__(self, text: str | bytes) -> None:
        self._brackets: list[str] = []
        self._modern = True
        self.yaml_implicit_resolvers = _rules((1, 2))
        super().__init__(text)

    # -- versions

    def process_directives(self) -> Any:
        value = super().process_directives()  # type: ignore[no-untyped-call]
        version = self.yaml_version or (1, 2)
        if version not in _WORDS:
            raise KeyError(version)
        self._modern = version == (1, 2)
        self.yaml_implicit_resolvers = _rules(version)
        return value

    # -- characters to tokens

    def scan_to_next_token(self) -> None:
        """Inside brackets tabs are blanks."""
        super().scan_to_next_token()
        while self.flow_level and self.peek() == "\t":
            self.forward()
            super().scan_to_next_token()

    def fetch_flow_collection_start(self, TokenClass: Any) -> None:  # noqa: N803 - PyYAML's name
        self._brackets.append(self.peek())
        super().fetch_flow_collection_start(TokenClass)

    def fetch_flow_collection_end(self, TokenClass: Any) -> None:  # noqa: N803 - PyYAML's name
        if self._brackets:
            self._brackets.pop()
        super().fetch_flow_collection_end(TokenClass)

    def check_value(self) -> bool:
        """A colon in a list, or right behind another one, needs a blank after it to mean a value."""
        if self._modern and self._brackets:
            behind = bool(self.tokens) and isinstance(self.tokens[-1], ValueToken)
            if (self._brackets[-1] == "[" or behind) and self.peek(1) not in _ENDS:
                return False
        return bool(super().check_value())

    def check_plain(self) -> bool:
        """Inside brackets a word may begin with a colon."""
        if self._modern and self.flow_level and self.peek() == ":" and self.peek(1) not in " \t":
            return True
        return bool(super().check_plain())

    def scan_plain(self) -> Any:
        """A word ends at a blank, at a colon before a blank and, inside brackets, at one of them or a comma."""
        if not self._modern:
            return super().scan_plain()
        start = end = self.get_mark()
        parts: list[str] = []
        gap: list[str] = []
        while self.peek() != "#":
            length = self._plain_length()
            if not length:
                break
            self.allow_simple_key = False
            parts += [*gap, self.prefix(length)]
            self.forward(length)
            end = self.get_mark()
            gap = self.scan_plain_spaces(self.indent + 1, start) or []
            if not gap or (not self.flow_level and self.column <= self.indent):
                break
        return ScalarToken("".join(parts), True, start, end)

    def _plain_length(self) -> int:
        stops = _ENDS + ",[]{}" if self.flow_level else _ENDS
        length = 0
        while (char := self.peek(length)) not in stops:
            if char == ":" and self.peek(length + 1) in _ENDS:
                break
            length += 1
        return length

    def scan_anchor(self, TokenClass: Any) -> Any:  # noqa: N803 - PyYAML's name
        """Anchors may have any characters but blanks and brackets."""
        start = self.get_mark()
        self.forward()
        length = 0
        while self.peek(length) not in _ENDS + ",[]{}":
            length += 1
        if not length:
            raise ScannerError("while scanning an anchor", start, "expected a name", self.get_mark())
        name = self.prefix(length)
        self.forward(length)
        return TokenClass(name, start, self.get_mark())

    def scan_block_scalar_indentation(self) -> Any:
        """The blank first line of a block may not be indented unless the block is as little."""
        start = self.get_mark()
        first = 0
        while self.peek(first) == " ":
            first += 1
        blank = self.peek(first) in _BREAKS
        found = super().scan_block_scalar_indentation()
        if blank and 0 < first < found[1]:
            raise ScannerError("while scanning a block scalar", start, "the first line is indented less", start)
        return found

    # -- tokens to events

    def parse_block_mapping_key(self) -> Any:
        """A line may begin with its colon: the key is null then."""
        if self._modern and self.check_token(ValueToken):
            self.state = self.parse_block_mapping_value
            return self.process_empty_scalar(self.peek_token().start_mark)  # type: ignore[no-untyped-call]
        return super().parse_block_mapping_key()  # type: ignore[no-untyped-call]

    # -- events to nodes

    def compose_node(self, parent: Any, index: Any) -> Any:
        """An anchor may be set again: the last one counts."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if not isinstance(event, AliasEvent):
            self.anchors.pop(event.anchor, None)
        return super().compose_node(parent, index)

    # -- nodes to values

    def flatten_mapping(self, node: Any) -> None:
        merges = sum(key.tag == _MERGE for key, _ in node.value)
        if merges > 1:
            raise ConstructorError("while constructing a mapping", node.start_mark, "found a second merge key")
        if merges:
            node.merged = True
        super().flatten_mapping(node)

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

    def construct_yaml_int(self, node: Any) -> int:
        """Only ``0o`` makes a number octal, and colons make none."""
        if not self._modern:
            return super().construct_yaml_int(node)
        digits = self.construct_scalar(node).replace("_", "")
        sign = -1 if digits[0] == "-" else 1
        if digits[0] in "+-":
            digits = digits[1:]
        base = {"0b": 2, "0o": 8, "0x": 16}.get(digits[:2])
        return sign * (int(digits[2:], base) if base else int(digits))

    def construct_yaml_omap(self, node: Any) -> Any:
        """An ordered map is a dict, not a list of pairs."""
        ordered: OrderedDict[Any, Any] = OrderedDict()
        yield ordered
        for pairs in super().construct_yaml_omap(node):
            found = pairs
        ordered.update(found)


for _name in ("int", "omap"):
    _Loader.add_constructor(_TAG + _name, getattr(_Loader, "construct_yaml_" + _name))
