"""What may continue a half-typed value: enum values, and the keys of the shorthand syntax.

The grammar is that of ``arguments/shorthand.py``, read up to the cursor::

    pairs = KEY "=" value { "," KEY "=" value }
    value = "{" pairs "}" | "[" value { "," value } "]" | quoted | text
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.complete.candidates import Candidate

    Shapes = dict[str, dict[str, Any]]
    Shape = dict[str, Any]

_OPENERS = {"structure": "{", "map": "{", "list": "["}
_CLOSERS = {"{": "}", "[": "]"}


class _Frame:
    """One level of brackets: ``shape`` is what they enclose, ``value`` the shape awaited after ``=``."""

    def __init__(self, shape: Shape | None, opener: str = "") -> None:
        self.shape = shape
        self.opener = opener
        self.given: set[str] = set()
        self.value: Shape | None = None
        self.in_value = False
        #: A bare list of texts in a pair goes on after a comma: ``Subnets=a,b``.
        self.continued: Shape | None = None


class _Reader:
    """Reads ``text`` up to its end; then ``frames``, ``begin`` (of the last token) and ``closed`` tell all."""

    def __init__(self, text: str, shapes: Shapes, shape: Shape | None) -> None:
        self._text = text
        self._shapes = shapes
        self.frames = [_Frame(shape)]
        self.begin = 0
        self.closed = False
        self.quoted = False
        self._read()

    @property
    def frame(self) -> _Frame:
        return self.frames[-1]

    def expected(self) -> Shape | None:
        """The shape of the value at the cursor; None where a key stands."""
        if self.frame.opener == "[":
            return self._inner(self.frame.shape, "member")
        return self.frame.value if self.frame.in_value else None

    def _inner(self, shape: Shape | None, part: str) -> Shape | None:
        return self._shapes.get(shape[part]["shape"]) if shape and part in shape else None

    def _read(self) -> None:
        i = 0
        while i < len(self._text):
            char = self._text[i]
            if char in "\"'":
                i = self._text.find(char, i + 1)
                if i < 0:
                    self.quoted = True
                    return
            elif char in "=,{[}]":
                self._sign(char, i)
            i += 1

    def _sign(self, char: str, at: int) -> None:
        frame = self.frame
        if char == "=":
            if frame.opener == "[" or frame.in_value:
                return
            key = self._text[self.begin : at].strip()
            frame.given.add(key)
            frame.value, frame.in_value, frame.continued = self._value_of(key), True, None
        elif char == ",":
            item = self._inner(frame.value, "member") if frame.in_value and not self.closed else frame.continued
            frame.continued = item if item and item["type"] not in _OPENERS else None
            frame.in_value = False
        elif char in _CLOSERS:
            if self._text[self.begin : at].strip():
                return  # in the middle of a text a bracket is a letter like any other
            self.frames.append(_Frame(self.expected(), char))
        elif len(self.frames) > 1 and _CLOSERS[frame.opener] == char:
            self.frames.pop()
            self.begin, self.closed = at + 1, True
            return
        else:
            return
        self.begin, self.closed = at + 1, False

    def _value_of(self, key: str) -> Shape | None:
        shape = self.frame.shape
        if shape is None or shape["type"] == "map":
            return self._inner(shape, "value")
        ref = shape.get("members", {}).get(key)
        return self._shapes.get(ref["shape"]) if ref else None


def candidates(fragment: str, shapes: Shapes, name: str) -> list[Candidate]:
    """The texts that continue ``fragment``, a value of the shape ``name``, by one key or value.

    A list takes one item a word, so its items are looked at. Keys come with what must follow them.
    """
    shape: Shape | None = shapes[name]
    if shape and shape["type"] == "list":
        shape = shapes.get(shape["member"]["shape"])
    if shape is None or shape["type"] not in ("structure", "map"):
        return [(text, "") for text in _enum(shape)]
    if fragment[:1] in ("{", "["):
        return []  # JSON
    reader = _Reader(fragment, shapes, shape)
    if reader.closed or reader.quoted:
        return []
    frame, base = reader.frame, fragment[: reader.begin]
    if frame.opener == "[" or frame.in_value:
        expected = reader.expected()
        opener = _OPENERS.get(expected["type"], "") if expected else ""
        found = [(opener, expected["type"])] if opener and expected else [(text, "") for text in _enum(expected)]
        if frame.in_value and expected and expected["type"] == "list":
            # Without brackets a list in a pair begins with its first item.
            found += [(text, "") for text in _enum(shapes.get(expected["member"]["shape"]))]
    else:
        found = [(text, "") for text in _enum(frame.continued)] + _keys(frame, shapes)
    return [(base + text, about) for text, about in found if (base + text).startswith(fragment)]


def closing(fragment: str) -> str:
    """The brackets still open in ``fragment``, as what closes them; empty inside quotes."""
    reader = _Reader(fragment, {}, None)
    return "" if reader.quoted else "".join(_CLOSERS[f.opener] for f in reversed(reader.frames) if f.opener)


def _keys(frame: _Frame, shapes: Shapes) -> list[Candidate]:
    shape = frame.shape or {}
    if shape.get("type") == "map":
        return [(f"{key}=", "") for key in _enum(shapes.get(shape["key"]["shape"])) if key not in frame.given]
    required = shape.get("required", ())
    found = []
    for name, ref in shape.get("members", {}).items():
        type = shapes.get(ref["shape"], {}).get("type", "")
        about = f"[{type}] required" if name in required else f"[{type}]"
        if name not in frame.given:
            found.append((f"{name}={_OPENERS.get(type, '')}", about))
    return found


def _enum(shape: Shape | None) -> list[str]:
    if shape is None:
        return []
    return ["true", "false"] if shape["type"] == "boolean" else list(shape.get("enum", ()))
