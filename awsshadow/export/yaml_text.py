"""Documents as YAML that every reader takes for the same values: those of 1.1, of 1.2, and that of the reference.

What any of them could take for something else than text (``no``, ``1e3``, ``012``, ``12:30``, dates) is quoted, and
nothing is folded. Text of several lines is a literal block where that holds it exactly.
"""

from __future__ import annotations

import json
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

#: Plain text: begins like no number, date or indicator; colons and single spaces stand between other characters.
_PLAIN = re.compile(r"[A-Za-z/][A-Za-z0-9_./@+=-]*(?:(?::+|,+|[ ])[A-Za-z0-9_./@+=-]+)*", re.ASCII).fullmatch
#: What plain text means something else, in any spelling of capitals.
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
#: What a quoted text of one line may hold as it is. The mark of the byte order is left to escapes.
_PRINTABLE = "\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_ONE_LINE = re.compile(f"[{_PRINTABLE}]*").fullmatch
_UNPRINTABLE = re.compile(f"[^{_PRINTABLE}]")
#: Text of several lines that a literal block holds: no line is blank but empty ones, the first begins with no blank.
_LINES = re.compile(
    f"(?:(?![ ])[{_PRINTABLE}]+\n)(?:[{_PRINTABLE}\t]*\n)*(?:[{_PRINTABLE}\t]+\n?)|(?:(?![ ])[{_PRINTABLE}]+\n)"
).fullmatch
_BLANK_LINE = re.compile(r"^[ \t]+$", re.MULTILINE).search
#: Readers look for the colon behind a key no further than 1024 characters.
_LONGEST_KEY = 1000
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def document(value: dict[str, Any]) -> str:
    """An object as lines of YAML, keys in the order in which they stand."""
    return "".join(f"{line}\n" for line in _mapping(value, "")) or "{}\n"


def one_line(value: Any) -> str:
    """A value as JSON in one line of printable characters: for comments."""
    return printable(json.dumps(value, ensure_ascii=False, default=str))


def printable(text: str) -> str:
    """Text in one line, what is not printable spelled out."""
    return _UNPRINTABLE.sub(lambda found: _unicode(found.group()), text)


def _unicode(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _mapping(value: dict[str, Any], indent: str) -> Iterator[str]:
    for key, item in value.items():
        name = _scalar(key)
        if len(name) > _LONGEST_KEY:
            yield f"{indent}? {name}"
            name = ""
        first, rest = _after(item, indent)
        yield f"{indent}{name}:{first}"
        yield from rest


def _sequence(value: list[Any], indent: str) -> Iterator[str]:
    for item in value:
        if isinstance(item, dict | list) and item:
            lines = list(_inside(item, f"{indent}  "))
            yield f"{indent}- {lines[0].removeprefix(f'{indent}  ')}"
            yield from lines[1:]
        else:
            first, rest = _after(item, indent)
            yield f"{indent}-{first}"
            yield from rest


def _inside(value: dict[str, Any] | list[Any], indent: str) -> Iterator[str]:
    return _mapping(value, indent) if isinstance(value, dict) else _sequence(value, indent)


def _after(value: Any, indent: str) -> tuple[str, Iterator[str]]:
    """What stands behind a key or a dash that is indented by ``indent``, and the lines below."""
    if isinstance(value, dict) and value:
        return "", _mapping(value, f"{indent}  ")
    if isinstance(value, list) and value:
        return "", _sequence(value, indent)
    if isinstance(value, str) and "\n" in value and _LINES(value) and not _BLANK_LINE(value):
        lines = value.removesuffix("\n").split("\n")
        head = " |" if value.endswith("\n") else " |-"
        return head, (f"{indent}  {line}" if line else "" for line in lines)
    return f" {_atom(value)}", iter(())


def _atom(value: Any) -> str:
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        return _float(value)
    return str(value) if isinstance(value, int) else _scalar(str(value))


def _float(value: float) -> str:
    """With a point and a sign of the exponent: YAML 1.1 knows no other floats."""
    if value != value:  # noqa: PLR0124 - only NaN differs from itself
        return ".nan"
    if value in (float("inf"), float("-inf")):
        return ".inf" if value > 0 else "-.inf"
    digits, exponent, power = repr(value).partition("e")
    return (digits if "." in digits else f"{digits}.0") + exponent + power


def _scalar(text: str) -> str:
    if _PLAIN(text) and text.lower() not in _WORDS:
        return text
    if _ONE_LINE(text):
        return "'" + text.replace("'", "''") + "'"
    escaped = "".join(_ESCAPES.get(c) or (c if _ONE_LINE(c) else _unicode(c)) for c in text)
    return f'"{escaped}"'
