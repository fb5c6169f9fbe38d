"""Values drawn from the service model: what a user might pass and what a service might answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

    from botocore.model import Shape

#: Text that tends to break quoting, alignment, YAML and shells.
TEXTS = (
    "a", "my-model", "Team.A", "longer-name-with-dashes-0001", "two words", " padded ", "a=b", "a,b", "k=v,w=x", "it's",
    'say "hi"', "back\\slash", "[x]", "{y}", "a:b", "a: b", "# no comment", "- dash", "yes", "null", "None", "true",
    "0", "007", "1e3", "0x1F", "1.50", "12:30:45", "2024-01-02", "~", "@x", "%a", "*", "&a", "!t", "|", ">", "é",
    "漢字", "😀", "café noir", "tab\there", "line\nbreak", "line\nbreak\n", "s3://bucket/key",
    "arn:aws:iam::123456789012:role/r", "x" * 90,
    "many words that go on for longer than a line of eighty columns can take, and then some more",
)  # fmt: skip
TIMES = (
    1700000000, 1700000000.5, 0, "1700000000", "2023-11-14T22:13:20Z", "2023-11-14T22:13:20.999+02:00", "2023-11-14",
    "2023-11-14T22:13:20", "Tue, 14 Nov 2023 22:13:20 GMT",
)  # fmt: skip
NUMBERS = (0, 1, 2, 10, 99, 1000, 2**31, -1)
FLOATS = (0.5, 1.0, 0.1, 1e22, 1e-7, 3, 0.30000000000000004)

#: What no member of the model may hold; a service sends it all the same.
ODD: tuple[Any, ...] = (None, "", "text", 5, 0.5, True, [], {}, ["a"], {"Unknown": 1})

#: Nesting below which optional members are left out, so that values stay readable.
DEPTH = 3


def text(rng: Random, shape: Shape | None = None) -> str:
    """A string, long enough for ``shape`` most of the time, one of its enumeration half of the time."""
    choices = list(getattr(shape, "enum", ()))
    if choices and rng.random() < 0.5:
        return str(rng.choice(choices))
    found = rng.choice(TEXTS)
    least = int(getattr(shape, "metadata", {}).get("min", 0))
    return found + "x" * (least - len(found)) if rng.random() < 0.95 else found


def given(rng: Random, shape: Shape, depth: int = 0, wrong: float = 0.0) -> Any:
    """A value for an input shape, as JSON; ``wrong`` is the chance that any part of it is not what the model asks."""
    if rng.random() < wrong:
        return rng.choice(ODD)
    kind = shape.type_name
    if kind == "structure":
        return _structure(rng, shape, depth, wrong)
    if kind == "list":
        count = max(int(shape.metadata.get("min", 0)), rng.choice((0, 1, 1, 2, 3) if depth else (1, 1, 2)))
        return [given(rng, shape.member, depth + 1, wrong) for _ in range(min(count, 5))]
    if kind == "map":
        count = rng.choice((0, 1, 2))
        return {text(rng, shape.key): given(rng, shape.value, depth + 1, wrong) for _ in range(count)}
    return scalar(rng, shape)


def scalar(rng: Random, shape: Shape) -> Any:
    """A value for a scalar shape, as JSON."""
    kind = shape.type_name
    if kind in ("integer", "long"):
        least = shape.metadata.get("min")
        return rng.choice(NUMBERS) if least is None or rng.random() < 0.1 else least + rng.choice((0, 1, 7))
    if kind in ("float", "double"):
        return rng.choice(FLOATS)
    if kind == "boolean":
        return rng.random() < 0.5
    if kind == "timestamp":
        return rng.choice(TIMES)
    return text(rng, shape)


def _structure(rng: Random, shape: Shape, depth: int, wrong: float) -> dict[str, Any]:
    names = list(shape.members)
    if getattr(shape, "is_tagged_union", False):
        names = [rng.choice(names)]
    else:
        optional = 0.3 if depth < DEPTH else 0.0
        names = [n for n in names if n in shape.required_members or rng.random() < optional]
    found = {name: given(rng, shape.members[name], depth + 1, wrong) for name in names}
    if rng.random() < wrong:
        found[rng.choice(("Bogus", "name", "Key"))] = "x"
    if found and rng.random() < wrong:
        del found[rng.choice(list(found))]
    return found


def answered(rng: Random, shape: Shape, depth: int = 0, odd: float = 0.0) -> Any:
    """A value for an output shape as a service may send it; ``odd`` is the chance of something else."""
    if depth and rng.random() < odd:
        return rng.choice(ODD)
    kind = shape.type_name
    if kind == "structure":
        names = list(shape.members)
        if getattr(shape, "is_tagged_union", False):
            names = [rng.choice(names)]
        share = 0.9 if depth == 0 else 0.6 if depth < DEPTH else 0.15
        found = {n: answered(rng, shape.members[n], depth + 1, odd) for n in names if rng.random() < share}
        if rng.random() < odd:
            found["NotInTheModel"] = 1
        return found
    if kind == "list":
        count = rng.choice((0, 1, 2, 3)) if depth < DEPTH else rng.choice((0, 1))
        return [answered(rng, shape.member, depth + 1, odd) for _ in range(count)]
    if kind == "map":
        return {text(rng): answered(rng, shape.value, depth + 1, odd) for _ in range(rng.choice((0, 1, 2)))}
    return scalar(rng, shape)


def shorthand(rng: Random, value: object, top: bool = True) -> str:
    """``value`` in the shorthand notation; now and then quoted badly."""
    if isinstance(value, dict):
        inside = ",".join(f"{_quoted(rng, key)}={shorthand(rng, part, False)}" for key, part in value.items())
        return inside if top else "{" + inside + "}"
    if isinstance(value, list):
        inside = ",".join(shorthand(rng, part, False) for part in value)
        return inside if top else "[" + inside + "]"
    return _quoted(rng, spelled(value))


def spelled(value: object) -> str:
    """A scalar as it is typed."""
    return value if isinstance(value, str) else json.dumps(value)


def _quoted(rng: Random, word: str) -> str:
    plain = not set(word) & set(",=[]{}'\" \\\n\t") and word.isascii() and word != ""
    if plain or rng.random() < 0.03:
        return word
    if rng.random() < 0.5:
        return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
