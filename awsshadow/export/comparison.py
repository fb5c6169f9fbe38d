"""A document against what is there: the differences, and both sides as they are shown.

Only members that the document has are compared, so that what the service adds by default is no difference. Maps are
compared whole, and so are lists, in any order where that says nothing.
"""

from __future__ import annotations

import json
from datetime import date

from awsshadow.errors import AwsShadowError
from awsshadow.model.families.creating import UNORDERED
from awsshadow.model.sensitive import STRUCK_OUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    Shapes = Mapping[str, Mapping[str, Any]]


class Absent:
    """One side has no such value."""


ABSENT = Absent()
_STRUCK_OUT_OTHER = f"{STRUCK_OUT} (another value)"
#: Members by which elements of lists are told apart.
_KEYS = ("Key", "Name")


class Difference:
    """At ``path`` of the document: the ``live`` value and that of the ``file``; ``ABSENT`` where there is none."""

    def __init__(self, path: str, live: Any, file: Any) -> None:
        self.path = path
        self.live = live
        self.file = file


class Comparison:
    """``live`` against ``file``, two values of the shape ``name``; ``unseen`` are paths that the service never shows.

    ``differences`` in the order of the file, ``uncompared`` the paths in the file that nothing could be compared with;
    ``shown_live`` and ``shown_file`` are both sides with what is equal written alike, and secrets struck out.
    """

    def __init__(
        self, live: dict[str, Any], file: dict[str, Any], name: str, shapes: Shapes, unseen: Iterable[str]
    ) -> None:
        self.differences: list[Difference] = []
        self.uncompared: list[str] = []
        self._shapes = shapes
        self._unseen = frozenset(unseen)
        self.shown_live, self.shown_file = self._sides(live, file, name, "")

    def _sides(self, live: Any, file: Any, name: str, path: str) -> tuple[Any, Any]:
        """Both sides as they are shown, differences noted; neither is absent."""
        shape = self._shapes[name]
        kind = shape["type"]
        if kind == "structure" and isinstance(live, dict) and isinstance(file, dict):
            return self._structures(live, file, shape, path)
        if kind == "map" and isinstance(live, dict) and isinstance(file, dict):
            rows = [(key, live.get(key, ABSENT), file.get(key, ABSENT)) for key in {**file, **live}]
            return self._rows(rows, shape["value"]["shape"], path)
        if kind == "list" and isinstance(live, list) and isinstance(file, list | tuple):
            return self._lists(live, list(file), shape["member"]["shape"], path)
        return self._scalars(live, file, name, path)

    def _scalars(self, live: Any, file: Any, name: str, path: str) -> tuple[Any, Any]:
        secret = bool(self._shapes[name].get("sensitive"))
        if is_same(live, file, self._shapes[name]["type"]):
            shown = STRUCK_OUT if secret else plain(file)
            return shown, shown
        if secret:
            live, file = STRUCK_OUT, _STRUCK_OUT_OTHER
        self.differences.append(Difference(path, plain(live), plain(file)))
        return _readable(live, file), _readable(file, live)

    def _structures(self, live: dict[str, Any], file: dict[str, Any], shape: Any, path: str) -> tuple[Any, Any]:
        shown: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
        for member, value in file.items():
            if member not in shape["members"]:
                continue
            at = f"{path}.{member}" if path else member
            sides = self._member(live.get(member, ABSENT), value, shape["members"][member]["shape"], at)
            _put(shown, member, sides)
        return shown

    def _member(self, live: Any, file: Any, name: str, path: str) -> tuple[Any, Any]:
        if live is ABSENT:
            if path in self._unseen:
                self.uncompared.append(path)
                shown = STRUCK_OUT if self._shapes[name].get("sensitive") else plain(file)
                return shown, shown
            if file in ({}, [], None):
                return plain(file), plain(file)  # the service does not show what is empty
            if isinstance(file, dict) and any(unseen.startswith(f"{path}.") for unseen in self._unseen):
                return self._sides({}, file, name, path)
        return self._any(live, file, name, path)

    def _any(self, live: Any, file: Any, name: str, path: str) -> tuple[Any, Any]:
        """As ``_sides``; one side may be absent."""
        if live is not ABSENT and file is not ABSENT:
            return self._sides(live, file, name, path)
        there = plain(self._without_secrets(file if live is ABSENT else live, name))
        sides = (ABSENT, there) if live is ABSENT else (there, ABSENT)
        self.differences.append(Difference(path, *sides))
        return sides

    def _rows(self, rows: Iterable[tuple[str, Any, Any]], name: str, path: str) -> tuple[Any, Any]:
        shown: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
        for key, live, file in rows:
            at = f"{path}.{key}" if key.replace("-", "").replace("_", "").isalnum() else f"{path}[{json.dumps(key)}]"
            _put(shown, key, self._any(live, file, name, at))
        return shown

    def _lists(self, live: list[Any], file: list[Any], name: str, path: str) -> tuple[Any, Any]:
        if path.rpartition(".")[2] in UNORDERED:
            live = self._in_order_of(file, live, name)
        shown: tuple[list[Any], list[Any]] = ([], [])
        for at in range(max(len(live), len(file))):
            one, other = (side[at] if at < len(side) else ABSENT for side in (live, file))
            for side, value in zip(shown, self._any(one, other, name, f"{path}[{at}]"), strict=True):
                if value is not ABSENT:
                    side.append(value)
        return shown

    def _in_order_of(self, file: list[Any], live: list[Any], name: str) -> list[Any]:
        """``live`` with its elements where those of ``file`` stand that are the same, or are called the same."""
        rest = list(live)
        found: list[Any] = []
        for wanted in file:
            equal = (x for x in rest if not self._differs(x, wanted, name))
            called = (x for x in rest if _called(x) is not None and _called(x) == _called(wanted))
            same = next(equal, None)
            if same is None:
                same = next(called, None)
            if same is not None:
                rest.remove(same)
            found.append(ABSENT if same is None else same)
        return [*found, *rest]

    def _differs(self, live: Any, file: Any, name: str) -> bool:
        shapes = {**self._shapes, "": {"type": "structure", "members": {"_": {"shape": name}}}}
        return bool(Comparison({"_": live}, {"_": file}, "", shapes, ()).differences)

    def _without_secrets(self, value: Any, name: str) -> Any:
        shape = self._shapes[name]
        if shape.get("sensitive"):
            return STRUCK_OUT
        if shape["type"] == "structure" and isinstance(value, dict):
            members = shape["members"]
            return {k: self._without_secrets(v, members[k]["shape"]) if k in members else v for k, v in value.items()}
        if shape["type"] == "list" and isinstance(value, list):
            return [self._without_secrets(v, shape["member"]["shape"]) for v in value]
        if shape["type"] == "map" and isinstance(value, dict):
            return {k: self._without_secrets(v, shape["value"]["shape"]) for k, v in value.items()}
        return value


def _put(shown: tuple[dict[str, Any], dict[str, Any]], key: str, sides: tuple[Any, Any]) -> None:
    for side, value in zip(shown, sides, strict=True):
        if value is not ABSENT:
            side[key] = value


def _called(value: Any) -> Any:
    return next((value[key] for key in _KEYS if key in value), None) if isinstance(value, dict) else None


def is_same(live: Any, file: Any, kind: str) -> bool:
    """Whether two values of a plain type are the same to the service: numbers by value, times to the second in which
    they are sent, texts that are JSON as JSON."""
    if kind == "timestamp":
        one, other = _second(live), _second(file)
        return live == file if one is None or other is None else one == other
    if isinstance(live, str) and isinstance(file, str) and live != file:
        one, other = _json(live), _json(file)
        return one is not None and other is not None and _canonical(one) == _canonical(other)
    return isinstance(live, bool) == isinstance(file, bool) and bool(live == file)


def _second(value: Any) -> int | None:
    """The second since 1970 that is sent for a point in time; None for what is none."""
    from awsshadow.arguments.accepted_timestamps import seconds_of

    try:
        found = seconds_of(value.isoformat() if isinstance(value, date) else str(value))
    except AwsShadowError:
        return None
    return None if found is None else int(found)


def _json(text: str) -> Any:
    """The object or list that a text is in JSON, None for any other text."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _canonical(value: Any) -> Any:
    """A value of JSON in which equal is what is the same: true is not 1, but 1.0 is."""
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    return (type(value).__name__, value) if isinstance(value, bool) else value


def plain(value: Any) -> Any:
    """A value of a YAML document as JSON has it: dates and times as text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _readable(value: Any, other: Any) -> Any:
    """A text that is JSON on both sides line by line, so that a difference shows where it is."""
    if isinstance(value, str) and isinstance(other, str):
        one = _json(value)
        if one is not None and _json(other) is not None:
            return json.dumps(one, indent=2, ensure_ascii=False) + "\n"
    return plain(value)
