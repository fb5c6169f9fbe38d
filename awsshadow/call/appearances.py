"""A known secret in a text, in whatever way it is written there: quoted, escaped, encoded, folded, or several of these.

Letters and digits are the same in all of them but base64. So those of a secret are looked for, in their order, with
anything between them that its other characters may have become.
"""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

#: So many letters and digits make a secret known whatever stands between them.
_ENOUGH = 8
#: One character that is neither letter nor digit, or what was made of it.
_OTHER = (
    r"(?:%(?:25)*[0-9A-Fa-f]{2}|\\+u[0-9A-Fa-f]{4}|\\+x[0-9A-Fa-f]{2}|\\+[abfnrtv]"
    r"|&(?:amp;)*#?[A-Za-z0-9]{1,8};|[^A-Za-z0-9])"
)
#: Of one character there may be as many: the bytes of UTF-8.
_MOST = 4


def strike_out(text: str, value: str, mark: str) -> str:
    """``text`` with ``mark`` wherever the secret ``value`` stands in it."""
    for hint, pattern in _patterns(value):
        if hint in text:
            text = pattern.sub(mark.replace("\\", r"\\"), text)
    return text


@lru_cache(maxsize=256)
def _patterns(value: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What finds ``value``, each behind a text without which it cannot."""
    data = value.encode("utf-8", "surrogatepass")
    return tuple(_pattern(form) for form in (value, *_in_base64(data)) if form)


def _pattern(form: str) -> tuple[str, re.Pattern[str]]:
    from re import compile, split

    parts = split(r"([^A-Za-z0-9]+)", form)
    words = parts[::2]
    is_known = sum(map(len, words)) >= _ENOUGH
    made = []
    for number, part in enumerate(parts):
        if number % 2 == 0:
            made.append(part)
        elif is_known and words[number // 2] and words[number // 2 + 1]:
            made.append(f"{_OTHER}{{0,{_MOST * len(part) + 2}}}?")
        else:  # at an edge, where headers may have lost or changed it, if the rest says enough
            made += [_spelled(char) + ("?" if is_known else "") for char in part]
    return max(words, key=len), compile("".join(made))


def _spelled(char: str) -> str:
    """A pattern of ``char`` and of what is written for it."""
    from html import escape
    from re import escape as quoted

    data = char.encode("utf-8", "surrogatepass")
    units = char.encode("utf-16-be", "surrogatepass").hex()
    found = {
        quoted(char), r"\\+" + quoted(char), quoted(escape(char)), f"&#0*{ord(char)};", f"(?i:&#x0*{ord(char):x};)",
        "(?i:" + "".join(f"%(?:25)*{byte:02x}" for byte in data) + ")",
        "(?i:" + "".join(rf"\\+x{byte:02x}" for byte in data) + ")",
        "(?i:" + "".join(rf"\\+u{units[at : at + 4]}" for at in range(0, len(units), 4)) + ")",
    }  # fmt: skip
    if len(repr(char)) == 4:  # a letter behind a backslash
        found.add(r"\\+" + quoted(repr(char)[2]))
    if char.isspace():
        found |= {r"\s*", r"\+"}
    return f"(?:{'|'.join(sorted(found, key=len, reverse=True))})"


def _in_base64(data: bytes) -> Iterator[str]:
    """What of ``data`` in base64 does not depend on what stands around it."""
    from base64 import b64encode

    for before in range(3):
        encoded = b64encode(bytes(before) + data).decode("ascii")
        yield encoded[(0, 2, 3)[before] : (before + len(data)) * 8 // 6]
