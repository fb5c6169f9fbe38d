"""What a pipeline's definition says: its steps, their order, the values they refer to, their conditions.

The language is that of the published schema of pipeline definitions (aws-sagemaker-mlops.github.io): a reference is
``{"Get": "Parameters.X"}``, ``{"Get": "Execution.X"}`` or ``{"Get": "Steps.X.Path"}``, and ``Std:Join`` and
``Std:JsonGet`` make texts of others. Nothing here knows a resource; whoever resolves a reference says what a step has.
"""

from __future__ import annotations

import re
from operator import eq, ge, gt, le, lt

from awsshadow.sandbox.contract.service_errors import Refusal, invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    Definition = dict[str, Any]
    #: A name and the path after it, as member names, keys and places in lists.
    Path = list[str | int]

#: How deep a definition may be nested; the service's own limit is not known.
DEEPEST = 100
#: The members of a Condition step's arguments that hold the steps of its branches.
BRANCHES = ("IfSteps", "ElseSteps")
_REFERENCE = re.compile(r"(Parameters|Execution|Steps)\.(.+)", re.DOTALL)
_PART = re.compile(r"""\.?([\w-]+)|\[(\d+)\]|\[(?:'([^']*)'|"([^"]*)")\]""")
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "Equals": eq,
    "GreaterThan": gt,
    "GreaterThanOrEqualTo": ge,
    "LessThan": lt,
    "LessThanOrEqualTo": le,
}


class UnresolvedError(Exception):
    """A value or a condition that cannot be told; the sentence says why."""


def steps_of(holder: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The steps directly in a definition, or in the arguments of a Condition step."""
    for member in ("Steps", *BRANCHES):
        yield from branch(holder, member)


def branch(holder: dict[str, Any], member: str) -> list[dict[str, Any]]:
    """The steps under one member."""
    return [step for step in _listed(holder.get(member)) if isinstance(step, dict)]


def _listed(value: Any) -> list[Any]:
    """The items of a list, none of what is no list."""
    return value if isinstance(value, list) else []


def all_steps(holder: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The steps in a definition with those of all branches, each before what is in it."""
    for step in steps_of(holder):
        yield step
        if step.get("Type") == "Condition":
            yield from all_steps(arguments(step))


def arguments(step: dict[str, Any]) -> dict[str, Any]:
    """What a step is told, an empty document where it says nothing."""
    given = step.get("Arguments")
    return given if isinstance(given, dict) else {}


def needs(step: dict[str, Any]) -> set[str]:
    """The steps that have to succeed before this one: those it depends on and those it refers to."""
    told = {name for name in _listed(step.get("DependsOn")) if isinstance(name, str)}
    # What the steps of its branches refer to is their affair.
    about = {**step, "Arguments": {k: v for k, v in arguments(step).items() if k not in BRANCHES}}
    for text in _references(about):
        found = _REFERENCE.match(text)
        if found and found[1] == "Steps":
            told.add(str(_path(found[2])[0]))
    return told


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("Get"), str) and len(value) == 1:
            yield value["Get"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def check(definition: Definition) -> None:
    """Raise Refusal for what could not be carried out: names that are no text, steps that could never begin.

    A step never begins that needs a step that there is none of, or another one that needs it. All sentences are
    invented but for the first of each.
    """
    if _is_deeper(definition, DEEPEST):
        raise _unreadable(f"It is nested more than {DEEPEST} deep")
    for holder in (*all_steps(definition), *parameters(definition)):
        for member in ("Name", "Type"):
            if not isinstance(holder.get(member, ""), str):
                raise _unreadable(f"The {member} of a step or a parameter is no text")
    waiting = {str(step.get("Name")): needs(step) for step in all_steps(definition)}
    for name, needed in waiting.items():
        missing = sorted(needed - set(waiting))
        if missing:
            raise _unreadable(f"Step {name} needs a step {missing[0]}: there is none")
    while waiting:
        free = {name for name, needed in waiting.items() if not needed & set(waiting)}
        if not free:
            raise _unreadable(f"Steps need each other in a circle: {', '.join(sorted(waiting))}")
        waiting = {name: needed for name, needed in waiting.items() if name not in free}


def _unreadable(reason: str) -> Refusal:
    return invalid(f"Unable to parse pipeline definition. {reason}.")


def _is_deeper(value: Any, most: int) -> bool:
    inner = value.values() if isinstance(value, dict) else _listed(value)
    return any(most == 0 or _is_deeper(each, most - 1) for each in inner)


def parameters(definition: Definition) -> list[dict[str, Any]]:
    """The parameters that a definition declares."""
    return [each for each in _listed(definition.get("Parameters")) if isinstance(each, dict)]


class Values:
    """What the references of one execution lead to.

    ``parameters`` and ``variables`` are values by name; ``of_step`` takes the name of a step and gives what is known
    of it under the first word of the path, raising UnresolvedError.
    """

    def __init__(
        self, parameters: dict[str, Any], variables: dict[str, Any], of_step: Callable[[str, str], Any]
    ) -> None:
        self.variables = variables
        self._known = {"Parameters": parameters, "Execution": variables}
        self._of_step = of_step

    def resolve(self, value: Any) -> Any:
        """The value with every reference in it replaced. Raises UnresolvedError."""
        if isinstance(value, list):
            return [self.resolve(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            word, inner = next(iter(value.items()))
            if word == "Get" and isinstance(inner, str):
                return self._get(inner)
            if word == "Std:Join" and isinstance(inner, dict):
                parts = self.resolve(_listed(inner.get("Values")))
                return str(inner.get("On", "")).join(map(_text, parts))
            if word == "Std:JsonGet":
                raise UnresolvedError(
                    f"{_source(inner)} cannot be read: nothing runs in the sandbox, so no step writes a file"
                )
        return {name: self.resolve(inner) for name, inner in value.items()}

    def _get(self, text: str) -> Any:
        found = _REFERENCE.fullmatch(text)
        if found is None:
            raise UnresolvedError(f"{text} is no reference to a parameter, a step or the execution")
        kind, (name, *path) = found[1], _path(found[2])
        if kind == "Steps":
            if not path:
                raise UnresolvedError(f"{text} does not say which property of the step it means")
            value = _follow(self._of_step(str(name), str(path[0])), path[1:])
        else:
            value = _follow(self._known[kind].get(str(name)), path)
        if value is None:
            raise UnresolvedError(f"there is no value for {text}")
        return value

    def holds(self, condition: Any) -> bool:
        """Whether a condition is met. Raises UnresolvedError."""
        kind = condition.get("Type") if isinstance(condition, dict) else None
        if kind == "Not":
            return not self.holds(condition.get("Expression"))
        if kind == "Or":
            return any(self.holds(inner) for inner in _listed(condition.get("Conditions")))
        if kind == "In":
            asked = self.resolve(condition.get("QueryValue"))
            return any(_compared(eq, asked, value) for value in self.resolve(_listed(condition.get("Values"))))
        if kind not in _COMPARISONS:
            raise UnresolvedError(f"there is no condition of the type {kind}")
        left, right = self.resolve(condition.get("LeftValue")), self.resolve(condition.get("RightValue"))
        return _compared(_COMPARISONS[kind], left, right)


def _source(inner: Any) -> str:
    """What a Std:JsonGet reads, in words."""
    given = inner if isinstance(inner, dict) else {}
    file = given.get("PropertyFile")
    named = file.get("Get") if isinstance(file, dict) else None
    return f"the property file {named}" if named else f"the JSON at {given.get('S3Uri', 'an unknown place')!s:.200}"


def _compared(comparison: Callable[[Any, Any], bool], left: Any, right: Any) -> bool:
    """Numbers by value, also where one of the two is written as text; everything else as text."""
    numbers = [_number(left), _number(right)]
    if None not in numbers and not (isinstance(left, str) and isinstance(right, str)):
        return comparison(*numbers)
    return comparison(_text(left), _text(right))


def _number(value: Any) -> float | None:
    try:
        return None if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        return None


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _path(text: str) -> Path:
    """``Train.Outputs['a'].S3Uri`` -> Train, Outputs, a, S3Uri. What cannot be read is left out."""
    return [
        int(place) if place else name or single or double for name, place, single, double in _PART.findall(text)
    ] or [""]


def _follow(value: Any, path: Path) -> Any:
    """What a path leads to, None when nowhere. A key into a list names the item whose name it is."""
    for part in path:
        if isinstance(value, dict):
            value = value.get(str(part))
        elif isinstance(value, list) and isinstance(part, int):
            value = value[part] if part < len(value) else None
        elif isinstance(value, list):
            value = next((item for item in value if _is_named(item, part)), None)
            if isinstance(value, dict) and set(value) == {"Name", "Value"}:
                value = value["Value"]
        else:
            return None
    return value


def _is_named(item: Any, name: str | int) -> bool:
    """Whether an item of a list has this name: under ``OutputName``, ``ChannelName``, ``Name``, ..."""
    return isinstance(item, dict) and any(k.endswith("Name") and v == name for k, v in item.items())


def typed(value: str, kind: str) -> Any:
    """The value of a parameter as its type says; text that does not fit stays text."""
    if kind == "Boolean":
        return value.lower() == "true"
    number = _number(value) if kind in {"Integer", "Float"} else None
    if number is None:
        return value
    return int(number) if kind == "Integer" and number == int(number) else number
