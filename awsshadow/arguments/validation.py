"""Judge parameters against the shapes of the model, with the sentences and the order of botocore.

Checked are types, required and unknown members, minimum lengths and values, and that a union has
one member. Maxima, patterns and enumerations are the service's business. botocore, which would
do the same once the request is built, is not needed here (behaviour: input 2.9).
"""

from __future__ import annotations

from awsshadow.errors import AwsShadowError, InvalidParametersError, Problem
from awsshadow.model.points_in_time import seconds_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Shape = dict[str, Any]

#: Kind of shape -> the Python types its values may have, and how a message lists them. A boolean is
#: an integer to Python, and passes as one.
_TYPES: dict[str, tuple[tuple[type, ...], str]] = {
    "string": ((str,), "<class 'str'>"),
    "integer": ((int,), "<class 'int'>"),
    "long": ((int,), "<class 'int'>"),
    "float": ((float, int), "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>"),
    "double": ((float, int), "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>"),
    "boolean": ((bool,), "<class 'bool'>"),
    "blob": ((bytes, bytearray, str), "<class 'bytes'>, <class 'bytearray'>, file-like object"),
    "list": ((list, tuple), "<class 'list'>, <class 'tuple'>"),
    "structure": ((dict,), "<class 'dict'>"),
    "map": ((dict,), "<class 'dict'>"),
}
_TIMESTAMP = "<class 'datetime.datetime'>, timestamp-string"

#: Seconds since the epoch that are a date in every time zone: the years 2 to 9998.
_FIRST_SECOND, _LAST_SECOND = -62_104_060_800, 253_370_764_800


def check(parameters: Any, name: str, shapes: Mapping[str, Shape]) -> None:
    """Raise InvalidParametersError with a line for each problem of ``parameters``, a value of shape ``name``.

    Raises AwsShadowError for what no line can say: a timestamp outside of time, a name that is no
    text.
    """
    if isinstance(parameters, dict) and not all(isinstance(key, str) for key in parameters):
        raise AwsShadowError("keywords must be strings")
    judge = _Judge(shapes)
    try:
        judge.value(parameters, name, "")
    except RecursionError as error:
        raise AwsShadowError(str(error)) from None
    if judge.lines:
        raise InvalidParametersError("\n".join(["Parameter validation failed:", *judge.lines]), judge.problems)


class _Judge:
    """Walks a value along its shapes, depth first, and keeps a line for each problem."""

    def __init__(self, shapes: Mapping[str, Shape]) -> None:
        self.lines: list[str] = []
        self.problems: list[Problem] = []
        self._shapes = shapes
        self._inside: dict[str, Callable[[Any, Shape, str], None]] = {
            "structure": self._structure,
            "map": self._map,
            "list": self._list,
        }

    def value(self, value: Any, name: str, path: str) -> None:
        """Judge ``value``, which stands at ``path``, against the shape ``name``."""
        shape = self._shapes[name]
        kind = shape["type"]
        if kind == "timestamp":
            if not is_timestamp(value):
                self._wrong_type(value, name, path, _TIMESTAMP)
            return
        try:
            types, listed = _TYPES[kind]
        except KeyError:  # a damaged model of the user's
            raise AwsShadowError(f"'ParamValidator' object has no attribute '_validate_{kind}'") from None
        if not isinstance(value, types):
            self._wrong_type(value, name, path, listed)
            return
        if "min" in shape:
            self._minimum(value, shape, path)
        if kind in self._inside:
            self._inside[kind](value, shape, path)

    def _wrong_type(self, value: Any, name: str, path: str, listed: str) -> None:
        harmless = self._harmless(value, name)
        self.problems.append(Problem("type", _shown(path), harmless, [self._shapes[name]["type"]]))
        what = f"value: {harmless}, type: {type(value)}"
        self.lines.append(f"Invalid type for parameter {_shown(path)}, {what}, valid types: {listed}")

    def _harmless(self, value: Any, name: str) -> Any:
        """``value``, meant for the shape ``name``, as a message may repeat it: messages end in logs."""
        from awsshadow.model.sensitive import STRUCK_OUT, is_sensitive, sensitive_members, without

        if value is not None and is_sensitive(name, self._shapes):
            return STRUCK_OUT
        return without(value, sensitive_members(self._shapes))

    def _minimum(self, value: Any, shape: Shape, path: str) -> None:
        least, kind = shape["min"], shape["type"]
        if kind in ("string", "list"):
            if len(value) < least:
                where = f"Invalid length for parameter {_shown(path)}"
                self.lines.append(f"{where}, value: {len(value)}, valid min length: {least}")
        elif kind in ("integer", "long", "float", "double") and value < least:
            self.lines.append(f"Invalid value for parameter {_shown(path)}, value: {value}, valid min value: {least}")

    def _structure(self, value: dict[str, Any], shape: Shape, path: str) -> None:
        members = shape["members"]
        if shape.get("union"):
            self._union(value, members, path)
        for name in shape.get("required", ()):
            # A token that nobody gave is made up when the request is sent.
            if name not in value and not (not path and members.get(name, {}).get("idempotencyToken")):
                self.problems.append(Problem("missing", _shown(path), name, [*value]))
                self.lines.append(f'Missing required parameter in {_shown(path)}: "{name}"')
        for name in value:
            if name not in members:
                self.problems.append(Problem("unknown", _shown(path), name, [*members]))
                self.lines.append(
                    f'Unknown parameter in {_shown(path)}: "{name}", must be one of: {", ".join(members)}'
                )
        for name, item in value.items():
            if name in members:
                self.value(item, members[name]["shape"], f"{path}.{name}")

    def _union(self, value: dict[str, Any], members: Mapping[str, Any], path: str) -> None:
        keys = ". ".join(members) + "."
        if not value:
            # The missing blank is the reference's.
            self.lines.append(f"Must set one of the following keys for tagged unionstructure {_shown(path)}: {keys}")
        elif len(value) > 1:
            self.lines.append(
                f"Invalid number of parameters set for tagged union structure {_shown(path)}. "
                f"Can only set one of the following keys: {keys}"
            )

    def _map(self, value: dict[Any, Any], shape: Shape, path: str) -> None:
        for key, item in value.items():
            self.value(key, shape["key"]["shape"], f"{path} (key: {key})")
            self.value(item, shape["value"]["shape"], f"{path}.{key}")

    def _list(self, value: list[Any], shape: Shape, path: str) -> None:
        member = shape["member"]["shape"]
        for index, item in enumerate(value):
            self.value(item, member, f"{path}[{index}]")


def _shown(path: str) -> str:
    """A path as messages show it; every path begins with a dot but that of the whole input."""
    return path.removeprefix(".") or "input"


def is_timestamp(value: Any) -> bool:
    """Whether ``value`` can be sent as a point in time. Nearly all that can be are numbers of seconds or ISO 8601;
    only the others need a calendar."""
    if isinstance(value, str) and seconds_of(value) is not None:
        return True
    if isinstance(value, int | float | str):
        try:
            if _FIRST_SECOND <= float(value) <= _LAST_SECOND:
                return True
        except (ValueError, OverflowError):
            pass
    from awsshadow.arguments import accepted_timestamps

    return accepted_timestamps.accepted(value)
