"""A pattern of the service model, which is written for Java, as ECMA-262 reads it in Unicode mode.

JSON Schema asks for that dialect. In it an escape that means nothing is an error, as are brackets that stand for
themselves; classes by Unicode category mean the same, but readers of schemas that are not written in JavaScript do
not know them. A pattern that cannot be said so that both kinds of readers agree is left out: a schema that refuses
what the service takes is worse than one that takes too much.
"""

from __future__ import annotations

import re

_POSIX = {"Alnum": "a-zA-Z0-9", "Alpha": "a-zA-Z", "Digit": "0-9", "Lower": "a-z", "Upper": "A-Z"}
_SETS = "dDwWsS"
_CONTROLS = "tnrvf"
_SYNTAX = "^$\\.*+?()[]{}|/"
#: How a group may begin, longest first: others (flags, names, atomic groups) are not read alike everywhere.
_GROUPS = ("(?<!", "(?<=", "(?:", "(?!", "(?=")
_REPEAT = re.compile(r"\{\d+(?:,\d*)?\}")
_HEX = re.compile(r"u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})")
_SURROGATES = range(0xD800, 0xE000)


class _Unspeakable(Exception):  # noqa: N818 - no error: the pattern is left out
    """The pattern has something that not all readers know or understand alike."""


def ecma_pattern(pattern: str) -> str | None:
    """The pattern that the whole of a text has to match, anchored at both ends; None if it is to be left out."""
    try:
        text = _Translation(pattern).text()
        re.compile(text)
    except (_Unspeakable, re.error):
        return None
    if text.startswith("^") and text.endswith("$") and not text.endswith("\\$") and "|" not in text:
        return text
    return f"^(?:{text})$"


class _Translation:
    """One pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def text(self) -> str:
        """The whole pattern. Raises _Unspeakable."""
        found = []
        while self._at < len(self._pattern):
            found.append(self._piece())
        return "".join(found)

    def _piece(self) -> str:
        at, character = self._at, self._pattern[self._at]
        if character == "\\":
            return self._escape(_SYNTAX, "bB")
        if character == "[":
            return self._class()
        if character == "{":
            repeat = _REPEAT.match(self._pattern, at)
            # A repeated end of text is a slip of the model's that no reader takes.
            if repeat is None or self._pattern[at - 1 : at] == "$":
                raise _Unspeakable
            self._at = repeat.end()
            return repeat.group() + self._lazy()
        if character in "*+?":
            self._at += 1
            return character + self._lazy()
        if self._pattern.startswith("(?", at):
            begin = next((group for group in _GROUPS if self._pattern.startswith(group, at)), None)
            if begin is None:
                raise _Unspeakable
            self._at += len(begin)
            return begin
        self._at += 1
        return f"\\{character}" if character in "]}" else character

    def _lazy(self) -> str:
        """What may follow a repetition; one that never gives back is Java's alone."""
        following = self._pattern[self._at : self._at + 1]
        if following == "+":
            raise _Unspeakable
        self._at += following == "?"
        return "?" if following == "?" else ""

    def _escape(self, kept: str, more: str = "") -> str:
        name = self._pattern[self._at + 1 : self._at + 2]
        code = _HEX.match(self._pattern, self._at + 1)
        if code is not None:
            if int(code.group(1) or code.group(2), 16) in _SURROGATES:
                raise _Unspeakable
            self._at = code.end()
            return "\\" + code.group()
        self._at += 2
        if name and name in kept + _SETS + _CONTROLS + more:
            return "\\" + name
        if not name or name.isalnum():
            raise _Unspeakable
        return name

    def _class(self) -> str:
        begin = "[^" if self._pattern.startswith("[^", self._at) else "["
        self._at += len(begin)
        found: list[str] = []
        while self._pattern[self._at : self._at + 1] != "]":
            found.append(self._member(found))
        self._at += 1
        return begin + "".join(found) + "]"

    def _member(self, before: list[str]) -> str:
        """One character of a class, or an escape."""
        rest = self._pattern[self._at :]
        # A bracket in a class begins another one in Java, and two ampersands an intersection.
        if not rest or rest[0] == "[" or rest.startswith("&&"):
            raise _Unspeakable
        posix = re.match(r"\\p\{(\w+)\}", rest)
        if posix is not None:
            if posix.group(1) not in _POSIX:
                raise _Unspeakable
            self._at += posix.end()
            return _POSIX[posix.group(1)]
        if rest[0] == "\\":
            return self._escape(_SYNTAX + "-")
        self._at += 1
        if rest[0] == "-" and (not before or rest[1:2] == "]" or _ends_set(before) or rest[1:2] == "\\"):
            return "\\-" if _stands_for_itself(before, rest) else "-"
        return rest[0]


def _ends_set(before: list[str]) -> bool:
    return len(before[-1]) > 1 and before[-1][-1] in _SETS


def _stands_for_itself(before: list[str], rest: str) -> bool:
    """Whether the hyphen that ``rest`` begins with is no range: at either end, or beside a set of characters."""
    return not before or rest[1:2] == "]" or _ends_set(before) or (rest[1:2] == "\\" and rest[2:3] in _SETS)
