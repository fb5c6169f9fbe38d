"""The shorthand syntax of option values: ``Key=a,Value=b`` -> ``{"Key": "a", "Value": "b"}`` (behaviour: input 2.6).

Knows nothing of the service model: every scalar of the result is text. Each function reads one
production of the grammar, which is its docstring, from ``text`` at ``pos``, and returns what it
read and the position behind it. A character is looked at once, but for the few that the end of
a comma list gives back to the next pair.

``@=`` after a key asks for the contents of a file. The grammar opens no files: it is handed
``load``, which turns such a value into what it stands for. Files are read in the order in which
they are met, because an unreadable one is reported before a syntax error behind it.
"""

from __future__ import annotations

from awsshadow.errors import ShorthandError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Value = str | bytes | list["Value"] | dict[str, "Value"]
    Load = Callable[[str], str | bytes]

_BLANKS = frozenset(" \t\n\r\x0b\x0c")
_KEY = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.#/:")
_QUOTES = {"'": "<singled quoted>", '"': "<double quoted>"}
_CONTROLS = frozenset(map(chr, range(0x20))) - frozenset("\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f")

#: Where a bare value cannot begin, and what ends it: as the first value of a pair or an item in
#: brackets, and as a later element of a comma list.
_NO_START = frozenset(map(chr, range(0x21))) | frozenset("\"',=[{")
_END_OF_FIRST = _CONTROLS | frozenset("\"',]}")
_END_OF_LATER = _CONTROLS | frozenset("\"',=")

#: The last character that may stand outside quotes.
_LAST = "\uffff"


def parse(text: str, load: Load) -> dict[str, Value]:
    """parameter = pair *( "," pair )

    Returns the pairs in their order. ``load`` turns a value after ``@=`` into the contents of the
    file it names, or returns it as it is. Raises ShorthandError, and whatever ``load`` raises.
    """
    pairs: dict[str, Value] = {}
    pos = after = 0
    while True:
        key, value, pos = _pair(text, pos, load)
        if key in pairs:
            raise _second_instance(text, key, after)
        pairs[key] = value
        if pos == len(text):
            return pairs
        after = pos + 1
        pos = _expect(text, pos, ",")


def _pair(text: str, pos: int, load: Load) -> tuple[str, Value, int]:
    """pair = key ["@"] "=" [ list / hash / comma-list ]"""
    key, reader, pos = _key(text, pos, load)
    if pos == len(text):
        return key, "", pos
    if text[pos] in "[{":
        value, pos, _ = _item(text, pos, reader, load)
    else:
        value, pos = _comma_list(text, pos, reader)
    return key, value, pos


def _key(text: str, pos: int, load: Load) -> tuple[str, Load | None, int]:
    """key = *( ALPHA / DIGIT / "-" / "_" / "." / "#" / "/" / ":" ), up to and with its "="

    The second value is what reads the files among the values: None without ``@``.
    """
    start, size = pos, len(text)
    while pos < size and text[pos] in _KEY:
        pos += 1
    key = text[start:pos]
    pos = _blanks(text, pos)
    reads = text.startswith("@", pos)
    if reads:
        pos = _blanks(text, pos + 1)
    return key, load if reads else None, _expect(text, pos, "=")


def _comma_list(text: str, pos: int, reader: Load | None) -> tuple[Value, int]:
    """comma-list = first-value *( "," later-value )

    A would-be element that cannot be read, or is followed by something else than a comma or the
    end, belongs to the next pair: reading resumes at the comma nearest on its left, even if
    that one stands within quotes or behind a backslash. A single value is no list.
    """
    first, pos = _first_value(text, pos, reader)
    pos = _blanks(text, pos)
    if not text.startswith(",", pos):
        return first, pos
    values: list[Value] = [first]
    size = len(text)
    while True:
        pos = _blanks(text, pos + 1)
        if pos == size:
            raise _syntax(text, pos, "<second>", "<none>")
        element, end = _later_value(text, pos, reader)
        if element is not None:
            pos = _blanks(text, end)
            if pos == size or text[pos] == ",":
                values.append(element)
        if pos == size:
            break
        if element is None or text[pos] != ",":
            pos = text.rindex(",", 0, pos + 1)
            break
    return (values if len(values) > 1 else first), pos


def _item(text: str, pos: int, reader: Load | None, load: Load) -> tuple[Value, int, Load | None]:
    """item = list / hash / first-value

    The third value is what reads files from here on: a key within a hash decides that for all
    that follows it inside the outermost brackets, as in the reference.
    """
    if text.startswith("[", pos):
        return _list(text, pos, reader, load)
    if text.startswith("{", pos):
        return _hash(text, pos, reader, load)
    value, pos = _first_value(text, pos, reader)
    return value, pos, reader


def _list(text: str, pos: int, reader: Load | None, load: Load) -> tuple[Value, int, Load | None]:
    """list = "[" [ item *( "," item ) [","] ] "]" """
    values: list[Value] = []
    pos = _blanks(text, pos + 1)
    while not text.startswith("]", pos):
        value, pos, reader = _item(text, pos, reader, load)
        values.append(value)
        pos = _separator(text, pos, "]")
    return values, pos + 1, reader


def _hash(text: str, pos: int, reader: Load | None, load: Load) -> tuple[Value, int, Load | None]:
    """hash = "{" [ key ["@"] "=" item *( "," key ["@"] "=" item ) [","] ] "}"

    The last of several equal keys wins.
    """
    pairs: dict[str, Value] = {}
    pos = _blanks(text, pos + 1)
    while not text.startswith("}", pos):
        key, reader, pos = _key(text, pos, load)
        value, pos, reader = _item(text, pos, reader, load)
        pairs[key] = value
        pos = _separator(text, pos, "}")
    return pairs, pos + 1, reader


def _separator(text: str, pos: int, closing: str) -> int:
    """A comma and the blanks around it, or the blanks before ``closing``."""
    pos = _blanks(text, pos)
    return pos if text.startswith(closing, pos) else _expect(text, pos, ",")


def _first_value(text: str, pos: int, reader: Load | None) -> tuple[Value, int]:
    """first-value = quoted / bare / nothing"""
    if text[pos : pos + 1] in ("'", '"'):
        end = _closing_quote(text, pos)
        if end < 0:
            raise _syntax(text, pos, _QUOTES[text[pos]], "<none>")
        return _quoted(text, pos, end, reader), end + 1
    end = _end_of_bare(text, pos, _END_OF_FIRST)
    return (_bare(text, pos, end, reader) if end > pos else ""), end


def _later_value(text: str, pos: int, reader: Load | None) -> tuple[Value | None, int]:
    """later-value = quoted / bare; None where neither can be read"""
    if text[pos] in _QUOTES:
        end = _closing_quote(text, pos)
        return (_quoted(text, pos, end, reader), end + 1) if end > 0 else (None, pos)
    end = _end_of_bare(text, pos, _END_OF_LATER)
    return (_bare(text, pos, end, reader), end) if end > pos else (None, pos)


def _bare(text: str, pos: int, end: int, reader: Load | None) -> Value:
    """The value of the characters ``text[pos:end]``: only a comma can be escaped."""
    value = text[pos:end].replace("\\,", ",").rstrip()
    return reader(value) if reader else value


def _quoted(text: str, pos: int, end: int, reader: Load | None) -> Value:
    """The value between the quotes at ``pos`` and ``end``: the quote and the backslash can be escaped."""
    quote = text[pos]
    value = text[pos + 1 : end].replace("\\" + quote, quote).replace("\\\\", "\\")
    return reader(value) if reader else value


def _end_of_bare(text: str, pos: int, ends: frozenset[str]) -> int:
    """The position behind the bare value that begins at ``pos``; ``pos`` itself if none does."""
    size = len(text)
    if pos == size or text[pos] in _NO_START or text[pos] > _LAST:
        return pos
    pos += 1
    while pos < size:
        char = text[pos]
        if (char in ends or char > _LAST) and not (char == "," and text[pos - 1] == "\\"):
            break
        pos += 1
    return pos


def _closing_quote(text: str, pos: int) -> int:
    """Where the quote that opens at ``pos`` is closed, or -1.

    By the first one of its kind that no backslash precedes; if there is none, by the last.
    """
    found = -1
    at = text.find(text[pos], pos + 1)
    while at >= 0:
        if text[at - 1] != "\\":
            return at
        found = at
        at = text.find(text[pos], at + 1)
    return found


def _expect(text: str, pos: int, char: str) -> int:
    """Blanks, ``char``, blanks. Raises ShorthandError where something else stands."""
    pos = _blanks(text, pos)
    if not text.startswith(char, pos):
        raise _syntax(text, pos, char, text[pos] if pos < len(text) else "EOF")
    return _blanks(text, pos + 1)


def _blanks(text: str, pos: int) -> int:
    size = len(text)
    while pos < size and text[pos] in _BLANKS:
        pos += 1
    return pos


def _syntax(text: str, offset: int, expected: str, received: str) -> ShorthandError:
    message = f"Expected: '{expected}', received: '{received}' for input:\n {_pointed(text, offset)}"
    return ShorthandError(message, offset)


def _second_instance(text: str, key: str, offset: int) -> ShorthandError:
    message = (
        f'Second instance of key "{key}" encountered for input:\n{_pointed(text, offset)}\n'
        'This is often because there is a preceding "," instead of a space.'
    )
    return ShorthandError(message, offset)


def _pointed(text: str, offset: int) -> str:
    """``text`` with a caret line put in after the line that ``offset`` is on."""
    line_end = text.find("\n", offset)
    if line_end < 0:
        line_end = len(text)
    indent = offset - (text.rfind("\n", 0, offset) + 1)
    return f"{text[:line_end]}\n{' ' * indent}^{text[line_end:]}"
