"""``yaml`` and ``yaml-stream``: block style, keys sorted (behaviour: output 1.4, output 1.5).

The emitter is our own, because the one at hand follows YAML 1.1 and takes fifty milliseconds to
load. A node is written from where it stands: its first line carries no indentation, the others
carry theirs.
"""

from __future__ import annotations

from awsshadow.errors import AwsShadowError
from awsshadow.output import json_form
from awsshadow.output.printing import BufferedPrinter, Printer, write_strictly
from awsshadow.output.yaml_scalar import scalar, simple_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from awsshadow.output.merge_pages import Pages

#: libyaml's output buffer of 16 KiB is handed on when no five bytes are left in it.
_BUFFER = 16 * 1024 - 5

_INFINITY = float("inf")

#: Stands for a text that cannot be written, while what is in front of it is; for private use, so that nobody sends it.
_MARK = "\ue000\uf8ff" * 4


class YamlPrinter(BufferedPrinter):
    """Prints one document; what is no object and no list is printed as JSON."""

    form = "yaml"
    #: What is raised once what was emitted before it has been written.
    _failed: AwsShadowError | None = None

    def show(self, operation: str, document: Any) -> None:
        if isinstance(document, str):
            self.put(json_form.render(document))  # as text of the stream, which may have a way with lone surrogates
        else:
            super().show(operation, document)

    def text(self, document: Any) -> str:
        try:
            return render(document)
        except UnicodeEncodeError as error:
            return self._before(error, document)

    def items(self, values: list[Any], first: bool) -> str:  # noqa: ARG002 - YAML needs no separator
        if self._failed is not None:
            return ""
        try:
            return _sequence(values, 0, {}) + "\n"
        except UnicodeEncodeError as error:
            return self._before(error, values)

    def frame(self, key: str, members: dict[str, Any]) -> tuple[str, str]:
        before = {name: value for name, value in members.items() if name < key}
        after = {name: value for name, value in members.items() if name > key}
        head = render(before) if before else ""
        tail = render(after) if after and self._failed is None else ""
        return f"{head}{simple_key(key)}:\n", tail

    def put_all(self, pieces: Iterable[str]) -> None:
        if self._failed is None:
            super().put_all(blocks(pieces))
            return
        super().put_all(_handed_on(pieces))
        raise self._failed

    def _before(self, error: UnicodeEncodeError, document: Any) -> str:
        """What libyaml has emitted of ``document`` when it comes to the text that ``error`` is about."""
        self._failed = AwsShadowError(str(error))
        return _before_surrogate(document)


class YamlStreamPrinter(Printer):
    """Prints every page, just as the service sent it, as a list of one element."""

    prints_as_it_reads = True

    def document(self, operation: str, document: Any) -> None:  # noqa: ARG002 - the interface of a printer
        self.screen.begin()
        document = self.selected(document)
        if document != {}:
            self._show(document)

    def pages(self, operation: str, pages: Pages) -> None:  # noqa: ARG002 - the interface of a printer
        self.screen.begin()
        for page in pages:
            # The parts of a page as it was sent are distinct; a query may repeat them.
            if not self._show(self.selected(page), distinct=self.expression is None):
                return

    def _show(self, document: Any, distinct: bool = False) -> bool:
        """Write ``document``, whose parts are known to be ``distinct`` or not; False if nobody reads any more."""
        failed = None
        try:
            try:
                text = _sequence([document], 0, {}) + "\n" if distinct else render([document])
            except UnicodeEncodeError as error:
                failed, text = AwsShadowError(str(error)), _before_surrogate([document])
            cut = blocks if failed is None else _handed_on
            for block in cut([self.screen.painted(text, "yaml")]):
                write_strictly(self.screen, block)
            if failed is not None:
                raise failed
        except OSError:
            return False
        finally:
            self.screen.flush()
        return True


def blocks(pieces: Iterable[str]) -> Iterator[str]:
    """``pieces`` cut where libyaml hands on its buffer.

    So text that cannot be encoded leaves on the stream what it leaves there in the reference:
    nothing, unless the document is larger than the buffer.
    """
    rest = b""
    for piece in pieces:
        rest += piece.encode()
        start = 0
        while len(rest) - start > _BUFFER + 3:
            end = start + _BUFFER
            while rest[end] & 0xC0 == 0x80:  # the middle of a character
                end += 1
            yield rest[start:end].decode()
            start = end
        rest = rest[start:]
    if rest:
        yield rest.decode()


def _handed_on(pieces: Iterable[str]) -> list[str]:
    """The blocks that have left the buffer when an error throws away what is still in it."""
    return [*blocks(pieces)][:-1]


def _before_surrogate(document: Any) -> str:
    """``document`` as far as it is written in front of the first text with a lone surrogate, which has to be in it."""
    cut, _ = _cut(document)
    return render(cut).partition(_MARK)[0].rstrip(" \n-:?")


def _cut(value: Any) -> tuple[Any, bool]:
    """``value`` up to the first text that cannot be encoded, with a mark in its place, and whether there is one."""
    if isinstance(value, str):
        return (value, False) if _is_unicode(value) else (_MARK, True)
    kept: Any = [] if isinstance(value, list) else {}
    if isinstance(value, list):
        for element in value:
            part, found = _cut(element)
            kept.append(part)
            if found:
                return kept, True
    elif isinstance(value, dict):
        for key in sorted(value):
            part, found = _cut(value[key]) if _is_unicode(key) else (None, True)
            kept[key if _is_unicode(key) else _MARK] = part
            if found:
                return kept, True
    else:
        return value, False
    return kept, False


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def render(document: Any) -> str:
    """``document`` as YAML, with its final newline.

    An object or list that stands in it twice is written once, with an anchor. Raises
    UnicodeEncodeError for a lone surrogate and TypeError for what YAML has no word for.
    """
    if isinstance(document, dict) and document:
        return _mapping(document, 0, _anchors(document)) + "\n"
    if isinstance(document, list) and document:
        return _sequence(document, 0, _anchors(document)) + "\n"
    if not isinstance(document, (str, dict, list)):
        _refuse_expression(document)
    return json_form.render(document)


def pieces(document: Any) -> Iterator[str]:
    """The same in the blocks that libyaml hands on."""
    return blocks([render(document)])


def _anchors(document: Any) -> dict[int, str]:
    """``&name`` by the identity of each object and list that stands in ``document`` more than once.

    The parts of a parsed response are distinct; a query may repeat them. Names are given in the
    order in which the repetitions appear.
    """
    names: dict[int, str] = {}
    _count(document, set(), names)
    return names


def _count(value: Any, seen: set[int], names: dict[int, str]) -> None:
    key = id(value)
    if key in seen:
        names.setdefault(key, f"&id{len(names) + 1:03d}")
        return
    seen.add(key)
    for part in value if isinstance(value, list) else [value[name] for name in sorted(value)]:
        if isinstance(part, (dict, list)):
            _count(part, seen, names)


def _anchor(value: Any, names: dict[int, str]) -> str:
    """What is written before ``value``: nothing, its anchor, or from then on a reference to it."""
    name = names.get(id(value))
    if name is None:
        return ""
    names[id(value)] = "*" + name[1:]
    return " " + name


def _mapping(members: dict[str, Any], indent: int, names: dict[int, str]) -> str:
    line = "\n" + " " * indent
    lines = []
    for key in sorted(members):
        value = members[key]
        name = simple_key(key)
        if name is None:
            after = _after_key if isinstance(value, list) and id(value) in names else _after_dash
            lines.append(f"? {scalar(key, indent + 2, indent + 2)}{line}:{after(value, indent, names)}")
        elif isinstance(value, str):
            lines.append(f"{name}: {scalar(value, indent + len(name) + 2, indent + 2)}")
        else:
            lines.append(f"{name}:{_after_key(value, indent, names)}")
    return line.join(lines)


def _sequence(values: list[Any], indent: int, names: dict[int, str]) -> str:
    return ("\n" + " " * indent).join(["-" + _after_dash(value, indent, names) for value in values])


def _after_key(value: Any, indent: int, names: dict[int, str]) -> str:
    """A value that is no text after its key: containers begin on a line of their own."""
    text, whole = _on_the_line(value, names)
    if whole:
        return text
    if isinstance(value, dict):
        return f"{text}\n{' ' * (indent + 2)}{_mapping(value, indent + 2, names)}"
    return f"{text}\n{' ' * indent}{_sequence(value, indent, names)}"


def _after_dash(value: Any, indent: int, names: dict[int, str]) -> str:
    """A value after a dash, or after a key that needs a line: containers begin on the same line."""
    inner = indent + 2
    if isinstance(value, str):
        return " " + scalar(value, inner, inner)
    text, whole = _on_the_line(value, names)
    if whole:
        return text
    start = f"{text}\n{' ' * inner}" if text else " "
    return start + (_mapping(value, inner, names) if isinstance(value, dict) else _sequence(value, inner, names))


def _on_the_line(value: Any, names: dict[int, str]) -> tuple[str, bool]:
    """What of a value that is no text stands right behind its key or dash, and whether that is all of it."""
    if not isinstance(value, (dict, list)):
        return " " + _atom(value), True
    anchor = _anchor(value, names) if names else ""
    if anchor.startswith(" *"):
        return anchor, True
    if not value:
        return anchor + (" {}" if isinstance(value, dict) else " []"), True
    return anchor, False


def _atom(value: Any) -> str:
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124 - only NaN differs from itself
            return ".nan"
        if value in (_INFINITY, -_INFINITY):
            return ".inf" if value > 0 else "-.inf"
    if hasattr(value, "isoformat"):  # the timestamps of a sample response
        return str(value)
    _refuse_expression(value)
    return json_form.encode(value)


def _refuse_expression(value: Any) -> None:
    """Raise AwsShadowError for an expression of the query language, which a query may end in."""
    if value is not None and not isinstance(value, (bool, int, float)) and not hasattr(value, "isoformat"):
        raise AwsShadowError(f"cannot represent an object: {value}")
