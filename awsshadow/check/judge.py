"""A value against the shapes of the model: all that botocore, and then the service, would refuse, with its place.

A value that is not known (``UNKNOWN`` stands in it) is never wrong.
"""

from __future__ import annotations

from awsshadow.arguments.relative_times import resolved
from awsshadow.arguments.validation import is_timestamp
from awsshadow.check.findings import ERROR, WARNING
from awsshadow.command_line.usage_errors import nearest
from awsshadow.model.constraints import violated
from awsshadow.model.sensitive import STRUCK_OUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from typing import Any

    Shape = Mapping[str, Any]
    #: Names of members and indexes of lists, from the top.
    Path = tuple[str | int, ...]

#: Stands for what a variable holds. It is a number, so that it can be read wherever a value is converted.
UNKNOWN = "7046029254386353131"

_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "string": ((str,), "a text"),
    "blob": ((str, bytes), "a text"),
    "boolean": ((bool,), "true or false"),
    "integer": ((int,), "a whole number"),
    "long": ((int,), "a whole number"),
    "float": ((int, float), "a number"),
    "double": ((int, float), "a number"),
    "timestamp": ((), "a time"),
    "list": ((list, tuple), "a list"),
    "map": ((dict,), "an object"),
    "structure": ((dict,), "an object"),
}
_LARGEST = 2**63 - 1
_LONGEST_SHOWN = 60
_ALIKE = 0.6


class Wrong:
    """One thing that is wrong with a value: ``path`` leads to it, or to what lacks a member."""

    def __init__(self, path: Path, rule: str, message: str, level: str = ERROR) -> None:
        self.path = path
        self.rule = rule
        self.message = message
        self.level = level


class Judge:
    """Holds values against ``shapes``.

    ``strict``: a value that an enum does not list is an error, not a warning. ``extras``: times may be counted from
    now.
    """

    def __init__(self, shapes: Mapping[str, Shape], strict: bool = False, extras: bool = True) -> None:
        self._shapes = shapes
        self._strict = strict
        self._extras = extras

    def top(self, value: dict[Any, Any], name: str, given: Collection[str] = ()) -> Iterator[Wrong]:
        """What is wrong with a whole input; the members ``given`` come from elsewhere."""
        shape = self._shapes[name]
        drawn = {member for member, reference in shape["members"].items() if reference.get("idempotencyToken")}
        yield from self._structure(value, shape, (), shape.get("sensitive", False), drawn | set(given))

    def value(self, value: Any, name: str, path: Path, secret: bool = False) -> Iterator[Wrong]:
        """What is wrong with a value of the shape ``name`` that stands at ``path``."""
        if _is_unknown(value):
            return
        shape = self._shapes[name]
        kind = shape["type"]
        secret = secret or bool(shape.get("sensitive"))
        types, wanted = _KINDS[kind]
        if kind == "timestamp":
            # YAML has dates of its own.
            if isinstance(value, bool) or not self._is_time(value, name):
                yield Wrong(path, "wrong-type", f"{_shown(path)} must be a time, and is {_said(value, secret)}")
            return
        if not isinstance(value, types) or (isinstance(value, bool) and kind != "boolean"):
            yield Wrong(path, "wrong-type", f"{_shown(path)} must be {wanted}, and is {_said(value, secret)}")
            return
        if isinstance(value, int | float) and not isinstance(value, bool) and not -_LARGEST <= value <= _LARGEST:
            yield Wrong(path, "range", f"{_shown(path)} is a number that fits no type of the service")
        else:
            yield from self._constraints(value, shape, path, secret)
            yield from self._inside(value, shape, path, secret)

    def _is_time(self, value: Any, name: str) -> bool:
        return is_timestamp(value) or (self._extras and resolved(value, name, self._shapes, 0) != value)

    def _constraints(self, value: Any, shape: Shape, path: Path, secret: bool) -> Iterator[Wrong]:
        for sentence in violated(value, dict(shape)):
            if "enum" in shape:
                level = ERROR if self._strict else WARNING
                similar = nearest(value, shape["enum"], _ALIKE)
                meant = f"did you mean {similar[0]}?" if similar else f"they are {_few(shape['enum'])}"
                said = f"{_said(value, secret)} is none of the values of {_shown(path)} in the model; {meant}"
                yield Wrong(path, "enum", said, level)
            else:
                rule = "pattern" if "pattern" in sentence else "length" if "length" in sentence else "range"
                rest = sentence.removeprefix("Member must ")
                yield Wrong(path, rule, f"{_shown(path)} must {rest}, and is {_said(value, secret)}")

    def _inside(self, value: Any, shape: Shape, path: Path, secret: bool) -> Iterator[Wrong]:
        kind = shape["type"]
        if kind == "structure":
            yield from self._structure(value, shape, path, secret)
        elif kind == "list":
            for index, item in enumerate(value):
                yield from self.value(item, shape["member"]["shape"], (*path, index), secret)
        elif kind == "map":
            for key, item in value.items():
                yield from self.value(key, shape["key"]["shape"], (*path, key), secret)
                yield from self.value(item, shape["value"]["shape"], (*path, key), secret)

    def _structure(
        self, value: dict[Any, Any], shape: Shape, path: Path, secret: bool, given: Collection[str] = ()
    ) -> Iterator[Wrong]:
        members = shape["members"]
        hidden = any(_is_unknown(key) for key in value)
        unknown = [key for key in value if key not in members and not _is_unknown(key)]
        meant = set()
        for key in unknown:
            similar = nearest(str(key), members, _ALIKE)
            meant |= set(similar[:1])
            hint = f"did you mean {similar[0]}?" if similar else f"there are {_few(members)}"
            yield Wrong((*path, key), "unknown-member", f"{_shown(path)} has no member {key}; {hint}")
        for name in shape.get("required", ()):
            # What is misspelt is not missing, too.
            if name not in value and name not in given and name not in meant and not hidden:
                yield Wrong(path, "missing-member", f"{_shown(path)} lacks its required member {name}")
        if shape.get("union") and not unknown and not hidden and len(value) != 1:
            yield Wrong(path, "union", f"{_shown(path)} must have exactly one of {_few(members)}")
        for key, item in value.items():
            if key in members:
                hides = secret or bool(members[key].get("sensitive"))
                yield from self.value(item, members[key]["shape"], (*path, key), hides)


def _is_unknown(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool) and UNKNOWN in str(value)


def _shown(path: Path) -> str:
    """``Tags[0].Key``; the whole input without a path."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".") or "the input"


def _said(value: Any, secret: bool) -> str:
    """A value as a message may repeat it: short, and no secret, since messages end in logs."""
    if secret:
        return STRUCK_OUT
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = f"'{value}'" if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}… ({len(str(value))} characters)"


def _few(names: Collection[str], most: int = 12) -> str:
    shown = ", ".join(list(names)[:most])
    return f"{shown}, …" if len(names) > most else shown
