"""Scalars of a YAML document, styled and folded as libyaml does it (behaviour: output 1.4).

A text is written plain if a YAML 1.2 reader would take it for text, else between single quotes,
and between double quotes if it holds something only those can express. Lines are folded at single
spaces once they are longer than ``WIDTH`` columns.
"""

from __future__ import annotations

import re
from functools import lru_cache

WIDTH = 80

#: Texts that are plain at first sight: no indicator, no break, no two spaces, nothing but ASCII,
#: and a first character that begins no number. What is left to ask is ``_WORDS``.
_SIMPLE = re.compile(r"""[A-Za-z_/$(][!-9;-~]*(?:(?::(?=[!-~])|[ ](?=[!"$-~]))[!-9;-~]*)*""").fullmatch

#: Plain texts that mean something else: null, booleans, the value and the merge key.
_WORDS = frozenset(["~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "=", "<<"])

#: Timestamps as they are converted: texts that mean a date, and too many to match an expression each. Their forms
#: have noughts for all digits.
_STAMPS = frozenset(
    f"0000-00-00T00:00:00{fraction}{zone}".encode()
    for fraction in ("", ".000000")
    for zone in ("", "Z", "+00:00", "-00:00")
)
_DIGITS = bytes.maketrans(b"123456789", b"000000000")

#: Plain texts that mean a number or a date; an underscore may stand in one, but begins none.
_NUMBER = re.compile(
    r"""(?!_)[-+]?(?:
        [0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?
      | \.[0-9_]+(?:[eE][-+][0-9]+)?
      | \.(?:inf|Inf|INF)
      | 0b[01_]+ | 0o[0-7_]+ | 0x[0-9a-fA-F_]+ | [0-9_]+
    )
    | \.(?:nan|NaN|NAN)
    | [0-9]{4}-[0-9]{2}-[0-9]{2}
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} (?:[Tt]|[ \t]+) [0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?
      (?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?""",
    re.VERBOSE,
).fullmatch

_BREAKS = "\n\u2028\u2029"

#: What only double quotes can hold: unprintable characters, those beyond the basic plane, and
#: a space that touches a line break.
_SPECIAL = re.compile(rf"[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]|[ ][{_BREAKS}]|[{_BREAKS}][ ]").search

#: What block context takes for syntax.
_INDICATOR = re.compile(rf"""[#,\[\]{{}}&*!|>'"%@`]|[-?:](?:[ {_BREAKS}]|$)|---|\.\.\.""").match
_INNER_INDICATOR = re.compile(rf""":(?:[ {_BREAKS}]|$)|[ {_BREAKS}]\#""").search

_BREAK_RUN = re.compile(f"([{_BREAKS}]+)")

#: Pieces of a double-quoted text: a space, a run that stands for itself, or one to be escaped.
_DOUBLE_PIECE = re.compile(r"[ ]|[!#-\[\]-~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]+|(?s:.)").findall

_ESCAPES = {
    "\0": "\\0",
    "\a": "\\a",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\v": "\\v",
    "\f": "\\f",
    "\r": "\\r",
    "\x1b": "\\e",
    '"': '\\"',
    "\\": "\\\\",
    "\x85": "\\N",
    "\u2028": "\\L",
    "\u2029": "\\P",
}


def scalar(text: str, column: int, indent: int) -> str:
    """``text`` as a value that begins at ``column``; lines it is folded into are indented by ``indent``.

    Columns count characters from 0. Raises UnicodeEncodeError for a lone surrogate, which no
    YAML document can hold.
    """
    if text[10:11] == "T" and text.isascii() and text.encode().translate(_DIGITS) in _STAMPS:
        return f"'{text}'"
    if _SIMPLE(text) and (column + len(text) <= WIDTH or " " not in text):
        return f"'{text}'" if text in _WORDS else text
    return _STYLES[_style(text)](text, column, indent, True)


@lru_cache(1024)
def simple_key(text: str) -> str | None:
    """``text`` as a key in front of a colon, which is never folded; None if it does not fit there."""
    if _SIMPLE(text) and len(text) <= 128 and text not in _WORDS:
        return text
    if len(text.encode()) > 128 or any(character in text for character in "\r\n\x85\u2028\u2029"):
        return None
    return _STYLES[_style(text)](text, 0, 0, False)


def _style(text: str) -> str:
    if not text:
        return "single"
    if _SPECIAL(text):
        text.encode()
        return "double"
    if text[0] in " \n\u2028\u2029" or text[-1] in " \n\u2028\u2029" or _BREAK_RUN.search(text):
        return "single"
    if _INDICATOR(text) or _INNER_INDICATOR(text) or text in _WORDS or _NUMBER(text):
        return "single"
    return "plain"


def _fold(text: str, column: int, indent: int) -> tuple[str, int]:
    """One line of ``text`` from ``column`` on, and the column after it.

    A single space between two words becomes a line break when it stands beyond ``WIDTH``.
    """
    if column + len(text) <= WIDTH:
        return text, column + len(text)
    first, *words = text.split(" ")
    parts, column, before = [first], column + len(first), first
    for word in words:
        if column > WIDTH and before and word:
            parts.append("\n" + " " * indent + word)
            column = indent + len(word)
        else:
            parts.append(" " + word)
            column += 1 + len(word)
        before = word
    return "".join(parts), column


def _plain(text: str, column: int, indent: int, folded: bool) -> str:
    return _fold(text, column, indent)[0] if folded else text


def _single(text: str, column: int, indent: int, folded: bool) -> str:
    quoted = text.replace("'", "''")
    if not folded:
        return f"'{quoted}'"
    parts = ["'"]
    column += 1
    for number, piece in enumerate(_BREAK_RUN.split(quoted)):
        if number % 2 == 0:
            line, column = _fold(piece, column, indent)
            parts.append(line)
        else:
            # The first line feed of a run would read as a space: it is written twice.
            parts.append(("\n" if piece[0] == "\n" else "") + piece + " " * indent)
            column = indent
    parts.append("'")
    return "".join(parts)


def _double(text: str, column: int, indent: int, folded: bool) -> str:
    parts = ['"']
    column += 1
    position, last, after_space = 0, len(text) - 1, False
    for piece in _DOUBLE_PIECE(text):
        if piece == " ":
            if folded and not after_space and column > WIDTH and 0 < position < last:
                written = "\n" + " " * indent + ("\\" if text[position + 1] == " " else "")
                column = len(written) - 1
            else:
                written = piece
                column += 1
        else:
            # A run is one piece; anything to be escaped stands alone.
            written = piece if len(piece) > 1 or _stands(piece) else _escape(piece)
            column += len(written)
        after_space = piece == " "
        position += len(piece)
        parts.append(written)
    parts.append('"')
    return "".join(parts)


def _stands(character: str) -> bool:
    return character not in '"\\' and character not in _BREAKS and not _SPECIAL(character)


def _escape(character: str) -> str:
    code = ord(character)
    if character in _ESCAPES:
        return _ESCAPES[character]
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


_STYLES = {"plain": _plain, "single": _single, "double": _double}
