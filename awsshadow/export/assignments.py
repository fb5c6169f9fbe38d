"""``--set Path=VALUE``: a value put into a document, checked against the shapes of the model."""

from __future__ import annotations

import json
import re

from awsshadow.arguments import coerce
from awsshadow.check.findings import ERROR
from awsshadow.check.judge import Judge
from awsshadow.command_line.usage_errors import nearest
from awsshadow.errors import NumberError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Shapes = Mapping[str, Mapping[str, Any]]

#: A step of a path: a name, ``[0]``, or ``["a key"]``; a name may hold anything but what ends one.
_STEP = re.compile(r"""(?P<name>[^.\[\]="]+)|\[(?P<index>\d{1,6})\]|\[(?P<key>"(?:[^"\\]|\\.)*")\]""")
_ALIKE = 0.6
_BOOLEANS = {"true": True, "false": False}


class Assignment:
    """``path``: names of members and keys of maps, indexes of lists; ``text`` is the value as it was typed."""

    def __init__(self, given: str) -> None:
        """Raises ParameterError for what is no assignment."""
        steps: list[str | int] = []
        at = 0
        while found := _STEP.match(given, at):
            name, index, key = found.group("name", "index", "key")
            if name is None and not steps:
                break
            steps.append(name or (json.loads(key) if index is None else int(index)))
            at = found.end()
            if given[at : at + 1] == ".":
                at += 1
            elif given[at : at + 1] != "[":
                break
        if not steps or given[at : at + 1] != "=" or given[at - 1] == ".":
            raise ParameterError(
                f"argument --set: expected PATH=VALUE, as in ResourceConfig.InstanceCount=2: '{given}'"
            )
        self.shown = given[:at]
        self.text = given[at + 1 :]
        self.path = steps

    def put(self, document: dict[str, Any], name: str, shapes: Shapes) -> None:
        """Put the value into ``document``, whose shape is ``name``; what is missing on the way is made.

        Raises ParameterError that names the path.
        """
        holder: Any = document
        for at, step in enumerate(self.path):
            name = self._inner(step, name, shapes)
            last = at == len(self.path) - 1
            kind = shapes[name]["type"]
            if last and self.text == "null" and kind != "string":
                self._remove(holder, step)
                return
            value = self._value(name, shapes) if last else [] if kind == "list" else {}
            self._place(holder, step, value, replaces=last)
            holder = holder[step]

    def _inner(self, step: str | int, name: str, shapes: Shapes) -> Any:
        """The shape of what a step leads to from the shape ``name``."""
        shape = shapes[name]
        kind = shape["type"]
        if kind == "structure":
            members = shape["members"]
            if step in members:
                return members[step]["shape"]
            similar = nearest(str(step), members, _ALIKE)
            hint = f"did you mean {similar[0]}?" if similar else f"there are {', '.join(list(members)[:12])}"
            raise self._error(f"there is no member {step}; {hint}")
        if kind == "list" and isinstance(step, int):
            return shape["member"]["shape"]
        if kind == "map" and isinstance(step, str):
            self._check(step, shape["key"]["shape"], shapes)
            return shape["value"]["shape"]
        wanted = {"list": "a list, whose elements are [0], [1], ...", "map": "a map, whose keys are texts"}
        raise self._error(f"{step} leads nowhere: what it stands in is {wanted.get(kind, f'a {kind}')}")

    def _place(self, holder: Any, step: Any, value: Any, replaces: bool) -> None:
        if isinstance(holder, list):
            if step > len(holder):
                raise self._error(f"there are {len(holder)} elements, so that the next one is [{len(holder)}]")
            if step == len(holder):
                holder.append(value)
            elif replaces:
                holder[step] = value
        elif replaces or step not in holder:
            holder[step] = value

    def _remove(self, holder: Any, step: Any) -> None:
        if isinstance(holder, list):
            del holder[step : step + 1]
        else:
            holder.pop(step, None)

    def _value(self, name: str, shapes: Shapes) -> Any:
        """The text as the shape wants it. Raises ParameterError."""
        kind = shapes[name]["type"]
        value: Any = self.text
        if kind in ("structure", "list", "map"):
            try:
                value = json.loads(self.text)
            except (ValueError, RecursionError):
                raise self._error(f"expected a {kind} in JSON") from None
        elif kind == "boolean":
            if self.text not in _BOOLEANS:
                raise self._error("expected true or false")
            value = _BOOLEANS[self.text]
        elif kind in coerce.INTEGERS or kind in coerce.FLOATS:
            try:
                value = coerce.number(self.text, kind)
            except NumberError:
                raise self._error(
                    "expected a whole number" if kind in coerce.INTEGERS else "expected a number"
                ) from None
        self._check(value, name, shapes)
        return value

    def _check(self, value: Any, name: str, shapes: Shapes) -> None:
        found = Judge(shapes, extras=False).value(value, name, tuple(self.path))
        wrong = [one.message for one in found if one.level == ERROR]
        if wrong:
            raise self._error("; ".join(wrong))

    def _error(self, sentence: str) -> ParameterError:
        return ParameterError(f"argument --set: {self.shown}: {sentence}")


def assign(document: dict[str, Any], given: Sequence[Assignment], name: str, shapes: Shapes) -> None:
    """Put all values into ``document``, in their order. Raises ParameterError."""
    for assignment in given:
        assignment.put(document, name, shapes)
