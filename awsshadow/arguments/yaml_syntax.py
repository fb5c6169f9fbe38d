"""Where the reference's reader of YAML 1.2 and PyYAML, which reads 1.1, disagree about characters and tokens.

PyYAML documents no way to change its scanner, parser and composer. Each method here stands in for one of theirs
because documents are read otherwise without it; the first line of each says which. The versions of PyYAML that have
these methods are bounded in ``pyproject.toml``, and the tests run with the oldest and the newest of them.
"""

from __future__ import annotations

import yaml
from yaml.constructor import ConstructorError
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, SequenceNode
from yaml.scanner import ScannerError
from yaml.tokens import ScalarToken, ValueToken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_MERGE, _VALUE, _TEXT = ("tag:yaml.org,2002:" + name for name in ("merge", "value", "str"))

_BREAKS = "\r\n\x85\u2028\u2029"
_ENDS = "\0 \t" + _BREAKS


class AnyVersion(yaml.SafeLoader):
    """What is read otherwise whichever version a document says."""

    def scan_to_next_token(self) -> None:
        """``{\\t"a": 1}``: inside brackets tabs are blanks."""
        super().scan_to_next_token()
        while self.flow_level and self.peek() == "\t":
            self.forward()
            super().scan_to_next_token()

    def scan_anchor(self, TokenClass: Any) -> Any:  # noqa: N803 - PyYAML's name
        """``&a.b x``: anchors may have any characters but blanks and brackets."""
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
        """A blank first line of a block may not be indented unless the block is as little."""
        start = self.get_mark()
        first = 0
        while self.peek(first) == " ":
            first += 1
        blank = self.peek(first) in _BREAKS
        found = super().scan_block_scalar_indentation()
        if blank and 0 < first < found[1]:
            raise ScannerError("while scanning a block scalar", start, "the first line is indented less", start)
        return found

    def compose_node(self, parent: Any, index: Any) -> Any:
        """``[&a 1, *a , &a 2]``: an anchor may be set again, and the last one counts."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if not isinstance(event, AliasEvent):
            self.anchors.pop(event.anchor, None)
        return super().compose_node(parent, index)

    def flatten_mapping(self, node: Any) -> None:
        """``<<: [*a, *b]``: the first counts where both have a key; a merge key after one that is not empty is refused.

        PyYAML 6.0.4 lets the last one count, earlier ones the first. Sets ``merged`` on the node of a mapping that had
        a merge key; its own pairs come last.
        """
        sources = [value for key, value in node.value if key.tag == _MERGE]
        if any(not isinstance(value, SequenceNode) or value.value for value in sources[:-1]):
            raise ConstructorError("while constructing a mapping", node.start_mark, "found a second merge key")
        node.value = [(key, value) for key, value in node.value if key.tag != _MERGE]
        for key, _ in node.value:
            if key.tag == _VALUE:
                key.tag = _TEXT
        if sources:
            node.merged = True
            node.value = [*self._merged(sources[-1]), *node.value]

    def _merged(self, source: Any) -> Iterator[Any]:
        """The pairs of a mapping, or of those in a sequence, those that count later."""
        for mapping in reversed(source.value) if isinstance(source, SequenceNode) else [source]:
            if not isinstance(mapping, MappingNode):
                raise ConstructorError("while merging", source.start_mark, "expected a mapping", mapping.start_mark)
            self.flatten_mapping(mapping)
            yield from mapping.value


class Version12(AnyVersion):
    """What is read otherwise in a document that does not ask for version 1.1."""

    def __init__(self, text: str | bytes) -> None:
        #: The brackets that are open, inner ones last.
        self._brackets: list[str] = []
        super().__init__(text)

    def fetch_flow_collection_start(self, TokenClass: Any) -> None:  # noqa: N803 - PyYAML's name
        """Keeps what ``check_value`` asks for."""
        self._brackets.append(self.peek())
        super().fetch_flow_collection_start(TokenClass)

    def fetch_flow_collection_end(self, TokenClass: Any) -> None:  # noqa: N803 - PyYAML's name
        """Keeps what ``check_value`` asks for."""
        if self._brackets:
            self._brackets.pop()
        super().fetch_flow_collection_end(TokenClass)

    def check_value(self) -> bool:
        """``["a":b]``: a colon in a list, or right behind another one, needs a blank after it to mean a value."""
        if self._brackets:
            behind = bool(self.tokens) and isinstance(self.tokens[-1], ValueToken)
            if (self._brackets[-1] == "[" or behind) and self.peek(1) not in _ENDS:
                return False
        return bool(super().check_value())

    def check_plain(self) -> bool:
        """``[:x]``: inside brackets a word may begin with a colon."""
        if self.flow_level and self.peek() == ":" and self.peek(1) not in " \t":
            return True
        return bool(super().check_plain())

    def scan_plain(self) -> Any:
        """``{a:b}``: a word ends at a blank, at a colon before a blank, inside brackets at one of them or a comma."""
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

    def parse_block_mapping_key(self) -> Any:
        """``: a`` on a line of its own: the key is null."""
        if self.check_token(ValueToken):
            return self._empty_key(self.parse_block_mapping_value)
        return super().parse_block_mapping_key()  # type: ignore[no-untyped-call]

    def parse_flow_node(self) -> Any:
        """``{: a}``: the key is null."""
        if self.check_token(ValueToken) and self.states[-1] == self.parse_flow_mapping_empty_value:
            self.states.pop()
            return self._empty_key(self.parse_flow_mapping_value)
        return super().parse_flow_node()  # type: ignore[no-untyped-call]

    def _empty_key(self, then: Any) -> Any:
        self.state = then
        return self.process_empty_scalar(self.peek_token().start_mark)  # type: ignore[no-untyped-call]
