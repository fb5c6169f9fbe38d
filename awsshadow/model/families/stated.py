"""Defaults that the service's documentation states: how lists are sorted and cut, and what omitted members are.

They are read from the documentation strings of the installed botocore, which are kept nowhere: what is kept of
them are the values, in ``stated.json``, with what ``stated_overrides`` says laid over. Write it again with::

    python -m awsshadow.model.families.stated

Only what a sentence states without a condition is taken. A value has to be one that its shape allows; where
sentences state several, none is taken.
"""

from __future__ import annotations

import json
import re
from html import unescape

from awsshadow.compile.sources import load
from awsshadow.model.families import STATED, inference
from awsshadow.model.families.stated_overrides import CREATED, LISTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Shapes = Mapping[str, Mapping[str, Any]]
    #: Shape -> ``documentation`` of its own, ``members`` -> documentation.
    Docs = Mapping[str, Mapping[str, Any]]
    #: Member, or the path to one (``*`` through a list) -> its default.
    Values = dict[str, Any]

#: Members of list requests whose defaults are taken.
LISTING = ("SortBy", "SortOrder", "MaxResults")

_SPAN = r"milliseconds?|seconds?|minutes?|hours?|days?"
_VALUE = (
    rf"(?:[`\"']+(?P<code>[^`\"']+)[`\"']+|(?P<number>\d[\d,]*(?:\.\d+)?)(?: +(?P<unit>{_SPAN}))?|(?P<word>[A-Za-z_]+))"
)
_STATEMENTS = tuple(
    re.compile(text)
    for text in (
        rf"\b[Dd]efault\b[^.,;:()`]*(?:`\w+` )?(?:is|:) +{_VALUE}",
        rf"\b[Dd]efault value,? +(?=`){_VALUE}",
        rf"\b[Dd]efaults? (?:to|directory is) +{_VALUE}",
        rf"{_VALUE} is the default\b",
        rf"{_VALUE} +\([Dd]efault\)",
        rf"\b[Bb]y default\b.*\blisted in {_VALUE} order",
        rf"don't specify\b.*\bup to (?=\d){_VALUE}",
        rf"\({_VALUE} by default\)",
        rf"\b[Ss]orts by {_VALUE}(?P<rest> \w+)? by default",
    )
)
#: Conditions that only say that the member was omitted.
_OMITTED = re.compile(
    r"(?:If|When) (?:not specified|unspecified|you (?:don't|do not) specify|no .* (?:is )?provided|`False`)"
)
_CONDITIONAL = re.compile(r"^(?:For|If|When) |[,;] if | except | depends? |\bdefault and maximum\b|\bwhen\b")
_TAG = re.compile(r"<[^>]+>")
_CODE = re.compile(r"</?(?:code|i)>")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`(])")
#: Unit of time -> its length in seconds.
_UNITS = {"millisecond": 0.001, "second": 1, "minute": 60, "hour": 3600, "day": 86400}
_WORDS = {"enabled": True, "disabled": False, "true": True, "false": False}


def listing(shapes: Shapes, docs: Docs, input: str) -> Values:
    """``SortBy``, ``SortOrder`` and ``MaxResults`` of a list operation without them, as far as stated."""
    found = {}
    for member, ref in shapes[input]["members"].items():
        if member in LISTING:
            value = stated(member, ref["shape"], shapes, _text(docs, input, member, ref["shape"]))
            if value is not None:
                found[member] = value
    return found


def created(shapes: Shapes, docs: Docs, input: str, output: str) -> Values:
    """The defaults of what a create operation leaves out and the describe operation shows, by path."""
    return dict(_created(shapes, docs, input, output, "", frozenset()))


def _created(
    shapes: Shapes, docs: Docs, name: str, shown: str, path: str, above: frozenset[str]
) -> Iterator[tuple[str, Any]]:
    shape, other = shapes[name], shapes[shown]
    if shape["type"] != other["type"] or name in above:
        return
    if shape["type"] == "list":
        yield from _created(shapes, docs, shape["member"]["shape"], other["member"]["shape"], f"{path}*.", above)
    if shape["type"] != "structure":
        return
    for member, ref in shape["members"].items():
        if member not in other["members"]:
            continue
        inner = ref["shape"]
        if member not in shape.get("required", ()) and not shape.get("union"):
            value = stated(member, inner, shapes, _text(docs, name, member, inner))
            if value is not None:
                yield path + member, value
        below = other["members"][member]["shape"]
        yield from _created(shapes, docs, inner, below, f"{path}{member}.", above | {name})


def _text(docs: Docs, shape: str, member: str, target: str) -> str:
    """What is said of a member, and of the shape it has."""
    own = docs.get(shape, {}).get("members", {}).get(member, "")
    return f"{own} {docs.get(target, {}).get('documentation', '')}"


def stated(member: str, name: str, shapes: Shapes, text: str) -> Any:
    """The default of a member that a documentation string states, None when it states none, or several."""
    if "efault" not in text and " up to " not in text:
        return None
    found: list[Any] = []
    for sentence in _sentences(text):
        for value in _values(member, shapes[name], sentence):
            if value not in found:
                found.append(value)
    return found[0] if len(found) == 1 else None


def _sentences(text: str) -> Iterator[str]:
    """The sentences that state something without a condition; codes stand in backticks."""
    plain = " ".join(unescape(_TAG.sub(" ", _CODE.sub("`", text))).split())
    for sentence in _SENTENCE.split(plain.replace("``", "`")):
        rest = _OMITTED.sub("", sentence, count=1)
        if not _CONDITIONAL.search(rest.strip(" ,")):
            yield sentence


def _values(member: str, shape: Mapping[str, Any], sentence: str) -> Iterator[Any]:
    for statement in _STATEMENTS:
        for match in statement.finditer(sentence):
            value = _value(member, shape, match, sentence[match.end() :])
            if value is not None:
                yield value


def _value(member: str, shape: Mapping[str, Any], match: re.Match[str], after: str) -> Any:
    """What stands there as a value of the shape, None when it is none."""
    kind = shape["type"]
    said = match["code"] or match["number"] or match["word"]
    if kind == "boolean":
        return _WORDS.get(said.lower())
    if kind in {"integer", "long", "float", "double"}:
        number = _number(member, said, match["unit"])
        if number is None or not shape.get("min", number) <= number <= shape.get("max", number):
            return None
        return number if kind in {"float", "double"} else int(number)
    if "enum" in shape:
        return _of_enum(said + (match.groupdict().get("rest") or ""), shape["enum"]) or _of_enum(said, shape["enum"])
    # Of texts only those that are marked as such, and as a whole.
    whole = re.match(r"\s*(?:[.,)]|$)", after)
    return match["code"] if kind == "string" and match["code"] and whole else None


def _of_enum(said: str, values: list[str]) -> str | None:
    plain = said.replace(" ", "").replace("_", "").lower()
    return next((value for value in values if value.replace("_", "").lower() == plain), None)


def _number(member: str, said: str, unit: str | None) -> float | None:
    """A number in the unit that the member's name has."""
    try:
        number = float(said.replace(",", ""))
    except ValueError:
        return None
    if unit:
        own = next((u for u in _UNITS if member.lower().endswith(f"{u}s")), None)
        if own is None:
            return None
        number *= _UNITS[unit.removesuffix("s")] / _UNITS[own]
    return number


def table(document: Mapping[str, Any], families: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Values]]:
    """All that the model states, for a parsed ``service-2`` document and the rows of its family table.

    ``lists``: operation that answers pages -> defaults of its request; ``created``: create operation -> path ->
    default. An operation that is there and empty states nothing.
    """
    shapes, operations = document["shapes"], document["operations"]
    docs = {name: _docs_of(shape) for name, shape in shapes.items()}
    lists = {
        name: {**listing(shapes, docs, spec["input"]["shape"]), **LISTS.get(name, {})}
        for name, spec in operations.items()
        if "input" in spec and not {*LISTING}.isdisjoint(shapes[spec["input"]["shape"]]["members"])
    }
    made = {}
    for row in families.values():
        by_role = {role: operations[name] for name, role in row["operations"].items()}
        create = next((name for name, role in row["operations"].items() if role == "create"), "")
        shown = _shown(by_role.get("describe", {}), row, shapes)
        if shown and "input" in by_role.get("create", {}):
            values = {**created(shapes, docs, by_role["create"]["input"]["shape"], shown), **CREATED.get(create, {})}
            made[create] = {path: value for path, value in values.items() if value is not None}
    return {"created": made, "lists": lists}


def _shown(describe: Mapping[str, Any], row: Mapping[str, Any], shapes: Shapes) -> str | None:
    """The shape in which a resource of a family is shown, None where none is."""
    output: str | None = describe.get("output", {}).get("shape")
    if output is None or "wrap" not in row:
        return output
    inner: str = shapes[output]["members"][row["wrap"]]["shape"]
    return inner


def _docs_of(shape: Mapping[str, Any]) -> dict[str, Any]:
    members = {name: ref.get("documentation", "") for name, ref in shape.get("members", {}).items()}
    return {"documentation": shape.get("documentation", ""), "members": members}


def render(found: dict[str, dict[str, Values]]) -> str:
    """The table as JSON with one operation a line."""
    parts = []
    for part, rows in found.items():
        lines = [f"{json.dumps(name)}: {json.dumps(values)}" for name, values in sorted(rows.items())]
        parts.append(f"{json.dumps(part)}: {{\n" + ",\n".join(lines) + "\n}")
    return "{" + ", ".join(parts) + "}\n"


def main() -> None:
    """Write ``stated.json`` beside this module from the installed botocore's model."""
    document = {**load().model}
    with open(STATED, "w", encoding="utf-8") as file:
        file.write(render(table(document, inference.families(document))))


if __name__ == "__main__":
    main()
