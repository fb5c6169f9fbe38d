"""Options, keys, enum values, numbers and times: what was probably meant."""

from __future__ import annotations

import re

from awsshadow.command_line.options import GLOBALS
from awsshadow.command_line.usage_errors import nearest
from awsshadow.errors import AwsShadowError, NumberError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from awsshadow.errors import (
        InvalidChoiceError,
        InvalidParametersError,
        MissingOptionsError,
        Problem,
        ServiceError,
        UnknownOptionsError,
    )
    from awsshadow.hints.scene import Scene
    from awsshadow.invocation import Command

#: How like a name another one must be to be named.
_ALIKE = 0.6
#: No more lines than this about one command.
_MOST = 6
#: So many names are listed where none is like the one that was given.
_FEW = 12

#: A length of time, and no point in time, to whoever wrote it.
_DURATION = re.compile(r"([-+]?)(\d{1,6})\s*(s|m|h|d|w|sec|min|hours?|minutes?|days?|weeks?)(?:\s+ago)?", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def _nearest(word: str, names: Iterable[str]) -> list[str]:
    """The names most like ``word``, whatever their capitals."""
    by_lower = {name.lower(): name for name in names}
    return [by_lower[name] for name in nearest(word.lower(), by_lower, _ALIKE)]


def missing_options(error: MissingOptionsError, scene: Scene) -> list[str]:  # noqa: ARG001
    """Words on the line that are like the options that are missing."""
    lines = []
    for word in error.unknown:
        typed = word.partition("=")[0]
        found = _nearest(typed, error.names) if typed.startswith("-") else []
        if found:
            lines.append(f"{typed} was probably meant as {found[0]}")
    return lines[:_MOST]


def unknown_options(error: UnknownOptionsError, scene: Scene) -> list[str]:
    """The option that is most like an unknown one; those of the operation go before the global ones."""
    for word in error.words:
        if word.lower() in ("true", "false"):
            return _flag_with_value(word, scene)
        if word.startswith("--"):
            typed = word.partition("=")[0]
            found = nearest(typed, error.options, _ALIKE) or nearest(typed, GLOBALS, _ALIKE)
            if found:
                return [f"Did you mean {found[0]}?"]
    return []


def _flag_with_value(word: str, scene: Scene) -> list[str]:
    """A boolean option that was given a value."""
    at = scene.words.index(word) if word in scene.words else 0
    option = scene.words[at - 1] if at else ""
    if not option.startswith("--"):
        return []
    wanted = option if word.lower() == "true" else f"--no-{option.removeprefix('--')}"
    return [f"{option} takes no value: write {wanted} alone"]


def invalid_choice(error: InvalidChoiceError, scene: Scene) -> list[str]:
    """The choices most like the word, where the message names none."""
    if error.suggests:
        return []
    found = _nearest(error.word, error.names)
    if found:
        return [f"Nearest: {', '.join(found)}"]
    return [f"`{scene.program} sagemaker help` lists the commands"] if len(error.names) > _FEW else []


def invalid_parameters(error: InvalidParametersError, scene: Scene) -> list[str]:
    """Unknown keys with the nearest known ones, and values of another type than is wanted."""
    lines: list[str] = []
    for problem in error.problems:
        where = _option_at(problem.path, scene)
        if problem.kind == "unknown":
            found = _nearest(str(problem.given), problem.allowed)
            if found:
                lines.append(f"{where}: {problem.given} was probably meant as {' or '.join(found)}")
        elif problem.kind == "missing":
            lines += _parted(problem, error.problems, where)
        else:
            lines += _wrong_type(where, problem.allowed[0], problem.given, scene)
    return lines[:_MOST]


def _parted(problem: Problem, problems: list[Problem], where: str) -> list[str]:
    """Members of one element of a list that a blank has made two elements of."""
    stem, bracket, _ = problem.path.rpartition("[")
    others = [p for p in problems if p.kind == "missing" and p is not problem and p.path.rpartition("[")[0] == stem]
    if bracket and problem.path.endswith("[0]") and any(problem.given in other.allowed for other in others):
        option = where.partition(" ")[0]
        return [f"{option}: a blank begins another element. Members of one have commas between them: Key=a,Value=b"]
    return []


def _wrong_type(where: str, kind: str, given: object, scene: Scene) -> list[str]:
    if kind == "timestamp":
        counted = " or, counted from now, now-7d" if scene.has_extras else ""
        written = f"{where}: {given} is no point in time. Write 2024-05-31T12:00:00Z, or seconds since 1970{counted}"
        return _about_time(where, str(given), scene) or [written]
    if kind == "boolean":
        return [f"{where} is true or false, not {given}"]
    if kind == "string" and isinstance(given, list):
        return [f"{where} is one text, and a comma ends a text: put it in quotes of its own, Key='a,b'"]
    if kind == "string" and isinstance(given, int | float):
        return [f'{where} is a text: write "{given}", in quotes']
    if kind in ("integer", "long", "float", "double") and isinstance(given, str):
        return [f"{where} is a number: write {given} without quotes"]
    return []


def _option_at(path: str, scene: Scene) -> str:
    """A place in the input as a user knows it: the option, and what lies below."""
    if path == "input":
        return "The request"
    member, rest = re.match(r"([^.\[]*)(.*)", path, re.DOTALL).groups()  # type: ignore[union-attr] # matches any text
    return f"{scene.option_of(member)}{f' at {rest.lstrip(chr(46))}' if rest else ''}"


def number(error: AwsShadowError, scene: Scene) -> list[str]:  # noqa: ARG001
    """Where the number stands that is none."""
    found = error if isinstance(error, NumberError) else error.__cause__
    if not isinstance(found, NumberError):
        return []
    place = f", at {found.path.lstrip('.')}" if found.path else ""
    if found.where.startswith("AWS_"):
        return [f"{found.where}{place} is {found.text!r}, which is no number: set a number, or unset it"]
    return [f"{found.where}{place}: {found.text!r} is no number"]


def refused_here(error: AwsShadowError, scene: Scene) -> list[str]:  # noqa: ARG001
    """A request that ``--dry-run`` found invalid."""
    return _values_of_enums(scene) if scene.command is not None and "dry-run" in scene.command.extra else []


def refused(error: ServiceError, scene: Scene) -> list[str]:
    """A request that the service found invalid: enumerations that were missed."""
    return _values_of_enums(scene) if error.fields.get("Code") == "ValidationException" else []


def _values_of_enums(scene: Scene) -> list[str]:
    """Values that the model's enumerations do not have, with the nearest ones, in what was to be sent."""
    if scene.command is None or scene.parameters is None or scene.command.slice.input_shape is None:
        return []
    shapes = scene.command.slice.shapes
    lines = []
    for path, value, allowed in _misfits(scene.parameters, scene.command.slice.input_shape, shapes, ""):
        found = _nearest(value, allowed)
        listed = f"nearest: {', '.join(found)}" if found else ", ".join(allowed)
        if found or len(allowed) <= _FEW:
            lines.append(f"{_option_at(path.lstrip('.'), scene)}: {value} is none of its values; {listed}")
    return lines[:_MOST]


def _misfits(
    value: Any, name: str, shapes: Mapping[str, dict[str, Any]], path: str
) -> Iterator[tuple[str, str, list[str]]]:
    shape = shapes[name]
    kind = shape["type"]
    if kind == "structure" and isinstance(value, dict):
        for key, item in value.items():
            if key in shape["members"]:
                yield from _misfits(item, shape["members"][key]["shape"], shapes, f"{path}.{key}")
    elif kind == "list" and isinstance(value, list):
        for place, item in enumerate(value):
            yield from _misfits(item, shape["member"]["shape"], shapes, f"{path}[{place}]")
    elif kind == "map" and isinstance(value, dict):
        for key, item in value.items():
            yield from _misfits(item, shape["value"]["shape"], shapes, f"{path}.{key}")
    elif isinstance(value, str) and shape.get("enum") and value not in shape["enum"]:
        yield path, value, shape["enum"]


def lengths_of_time(command: Command, scene: Scene) -> list[str]:
    """Options for a point in time that were given a length of time, which means some hour of today."""
    lines: list[str] = []
    for argument in command.slice.arguments:
        given = command.given.get(argument.name)
        if argument.type == "timestamp" and isinstance(given, str):
            lines += _about_time(f"--{argument.name}", given, scene)
    return lines[:_MOST]


def _about_time(where: str, text: str, scene: Scene) -> list[str]:
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        return []
    from datetime import UTC, datetime, timedelta

    sign, count, unit = found.groups()
    seconds = int(count) * _SECONDS[unit[0].lower()]
    moment = (datetime.now(UTC) + timedelta(seconds=seconds if sign == "+" else -seconds)).replace(microsecond=0)
    taken = _taken_for(text)
    said = f"was taken for {taken}" if taken else "is no point in time"
    wanted = moment.isoformat().replace("+00:00", "Z")
    short = f"{count}{unit[0].lower()}"
    counted = f"now{'+' if sign == '+' else '-'}{short}, or " if scene.has_extras else ""
    ago = "from now" if sign == "+" else "ago"
    return [f"{where}: {text} {said}. For {short} {ago} write {counted}{wanted}"]


def _taken_for(text: str) -> str:
    """The point in time that ``text`` is to the reference, empty for none."""
    from awsshadow.arguments.accepted_timestamps import moment_of

    try:
        moment = moment_of(text)
    except (TypeError, ValueError, AttributeError, OverflowError, AwsShadowError):
        return ""
    return str(moment.isoformat(timespec="seconds"))
