"""Where the reference's reader of YAML 1.2 and PyYAML, which reads 1.1, disagree about characters and tokens.

PyYAML documents no way to change its scanner, parser and composer. Each method here stands in for one of theirs
because documents are read otherwise without it; the first line of each says which. The versions of PyYAML that have
these methods are bounded in ``pyproject.toml``, and the tests run with the oldest and the newest of them.
"""

from __future__ import annotations

from string import ascii_letters, digits

import yaml
from yaml.constructor import ConstructorError
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, ScalarNode, SequenceNode
from yaml.scanner import ScannerError
from yaml.tokens import ScalarToken, ValueToken

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MERGE, _VALUE, _TEXT = ("tag:yaml.org,2002:" + name for name in ("merge", "value", "str"))

_BREAKS = "\r\n\x85\u2028\u2029"
_ENDS = "\0 \t" + _BREAKS
#: What an anchor cannot hold; a byte order mark may not even end one.
_MARK = "\ufeff"
_ANCHOR_ENDS = "\0 \t\r\n\x85,[]{}" + _MARK
#: What a tag may hold beside the number sign.
_URI = frozenset("-;/?:@&=+$,_.!~*'()[]%" + ascii_letters + digits)

#: Versions that a document may ask for.
VERSIONS = ((1, 1), (1, 2))


class AnyVersion(yaml.SafeLoader):
    """What is read otherwise whichever version a document says."""

    #: The version in the last ``%YAML`` line that was scanned.
    _said: tuple[int, int] | None = None

    def forward(self, length: int = 1) -> None:
        """``a:\\x85b``: only line feed and carriage return begin a line of which columns are counted."""
        if self.pointer + length + 1 >= len(self.buffer):
            self.update(length + 1)
        start, end = self.pointer, self.pointer + length
        passed = self.buffer[start:end]
        self.pointer, self.index = end, self.index + length
        if "\n" in passed or "\r" in passed:
            ends = [at for at in range(start, end) if self._ends_line(at)]
            if ends:
                self.line += len(ends)
                self.column, passed = 0, self.buffer[ends[-1] + 1 : end]
        self.column += len(passed) - passed.count(_MARK)

    def _ends_line(self, at: int) -> bool:
        char = self.buffer[at]
        return bool(char == "\n" or (char == "\r" and self.buffer[at + 1] != "\n"))

    def process_directives(self) -> Any:
        """``%YAML 1.3``: refused with the reference's words, before what follows is looked at."""
        found = super().process_directives()  # type: ignore[no-untyped-call]
        version = found[0]
        if version is not None and version not in VERSIONS:
            raise AwsShadowError(f"version minor part can only be 2 or 1, got {version}")
        return found

    def scan_yaml_directive_value(self, start_mark: Any) -> Any:
        """Keeps what ``scan_tag_uri`` and ``resolve`` ask for."""
        self._said = super().scan_yaml_directive_value(start_mark)
        return self._said

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """``a\\n%YAML 1.3``: a word in front of such a line is looked up in the words of that version."""
        if self._said is not None and self._said not in VERSIONS and kind is ScalarNode and implicit[0]:
            raise AwsShadowError(str(self._said))
        return super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]

    def scan_tag_uri(self, name: str, start_mark: Any) -> str:
        """``!a#b``, in ``%TAG`` lines too: a number sign belongs to a tag, unless an older version was asked for."""
        if self._said is not None and self._said < VERSIONS[-1]:
            return str(super().scan_tag_uri(name, start_mark))
        parts: list[str] = []
        while not parts or self.peek() in _URI or self.peek() == "#":
            if self.peek() == "#":
                self.forward()
                parts.append("#")
            else:
                parts.append(super().scan_tag_uri(name, start_mark))
        return "".join(parts)

    def scan_to_next_token(self) -> None:
        """``{\\t"a": 1}``: inside brackets tabs are blanks."""
        super().scan_to_next_token()
        while self.flow_level and self.peek() == "\t":
            self.forward()
            super().scan_to_next_token()

    def scan_anchor(self, TokenClass: Any) -> Any:  # noqa: N803 - PyYAML's name
        """``&a.b x``: anchors may have any characters but blanks, brackets and a byte order mark."""
        start = self.get_mark()
        self.forward()
        length = 0
        while self.peek(length) not in _ANCHOR_ENDS:
            length += 1
        if not length or self.peek(length) == _MARK:
            raise ScannerError("while scanning an anchor", start, "expected a name", self.get_mark())
        name = self.prefix(length)
        self.forward(length)
        return TokenClass(name, start, self.get_mark())

    def scan_block_scalar(self, style: str) -> Any:
        """``|\\nabc``: a document that is one block need not indent it, and ends at the mark of another document."""
        if self.indent >= 0 or not self._begins_unindented():
            return super().scan_block_scalar(style)
        start = self.get_mark()
        self.forward()
        chomping, _ = self.scan_block_scalar_indicators(start)
        self.scan_block_scalar_ignored_line(start)
        gap, _, end = self.scan_block_scalar_indentation()
        parts: list[str] = []
        ended, more = "", True
        while more:
            indented = self.peek() in " \t"
            parts += [*gap, self._rest_of_line()]
            ended = self.scan_line_break()  # type: ignore[no-untyped-call]
            gap, end = self.scan_block_scalar_breaks(0)
            more = self.column == 0 and self.peek() != "\0"
            more = more and not self._is_document_mark()
            if more and style == ">" and ended == "\n" and not indented and self.peek() not in " \t":
                parts += [] if gap else [" "]
            elif more:
                parts.append(ended)
        if chomping is not False:
            parts.append(ended)
        if chomping:
            parts += gap
        return ScalarToken("".join(parts), False, start, end, style)

    def _begins_unindented(self) -> bool:
        """Whether the block whose indicator is next says no indentation and its text begins in the first column."""
        if self.peek(1) in digits or self.peek(2) in digits:
            return False
        length = 1
        while self.peek(length) not in "\0" + _BREAKS:
            length += 1
        while self.peek(length) in _BREAKS:
            length += 1
        return self.peek(length - 1) in "\r\n" and self.peek(length) not in "\0 "

    def _is_document_mark(self) -> bool:
        mark: bool | None = self.check_document_start() or self.check_document_end()  # type: ignore[no-untyped-call]
        return bool(mark)

    def _rest_of_line(self) -> str:
        length = 0
        while self.peek(length) not in "\0" + _BREAKS:
            length += 1
        text = str(self.prefix(length))
        self.forward(length)
        return text

    def scan_block_scalar_indentation(self) -> Any:
        """A blank first line of a block may not be indented unless the block is as little."""
        start = self.get_mark()
        first = 0
        while self.peek(first) == " ":
            first += 1
        blank = self.peek(first) in _BREAKS
        first += self.column
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

        PyYAML 6.0.4 lets the last one count, earlier ones the first. Sets ``merged`` on the node of a mapping into
        which pairs came by a merge key; its own pairs come last.
        """
        merged: list[Any] = []
        # One after the other: a mapping that is merged into itself has by then what it had from others.
        while (place := next((at for at, (key, _) in enumerate(node.value) if key.tag == _MERGE), None)) is not None:
            if merged:
                raise ConstructorError("while constructing a mapping", node.start_mark, "found a second merge key")
            merged += self._merged(node.value.pop(place)[1])
        for key, _ in node.value:
            if key.tag == _VALUE:
                key.tag = _TEXT
        if merged:
            node.merged = True
            node.value = [*merged, *node.value]

    def _merged(self, source: Any) -> list[Any]:
        """The pairs of a mapping, or of those in a sequence, those that count later."""
        found = []
        for mapping in source.value if isinstance(source, SequenceNode) else [source]:
            if not isinstance(mapping, MappingNode):
                raise ConstructorError("while merging", source.start_mark, "expected a mapping", mapping.start_mark)
            self.flatten_mapping(mapping)
            found.append(mapping.value)
        return [pair for pairs in reversed(found) for pair in pairs]


class Version12(AnyVersion):
    """What is read otherwise in a document that does not ask for version 1.1."""

    def __init__(self, text: str | bytes) -> None:
        #: The brackets that are open, inner ones last.
        self._brackets: list[str] = []
        super().__init__(text)

    def parse_document_end(self) -> Any:
        """``...\\n...``: between two marks of the end there is another document, which is empty."""
        found = super().parse_document_end()
        if found.explicit:
            self.state = self.parse_implicit_document_start
        return found

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
