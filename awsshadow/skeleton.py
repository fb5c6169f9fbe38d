"""The documents of ``--generate-cli-skeleton``: sample input as JSON or YAML, and a sample response.

The samples are written straight from the shapes. Every structure shows all its members, a list
one element, a map one entry; a structure inside itself is empty (behaviour: input 3.3).
"""

from __future__ import annotations

import json
from datetime import datetime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from awsshadow.model import Slice

    Shape = dict[str, Any]
    Names = tuple[str, ...]

#: Form of a sample -> what the reference says when there is no standard output for it.
NO_STREAM = {
    "input": "'NoneType' object has no attribute 'write'",
    "yaml-input": "Need a stream argument when not dumping from context manager",
}
_MAP_KEY = "KeyName"
_NUMBERS = {"integer": "0", "long": "0", "float": "0.0", "double": "0.0", "boolean": "true"}

#: A plain scalar of YAML that would end behind this column gets a line of its own.
_WIDTH = 80
_BARE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./")
_WORDS = ("true", "false", "null")


def input_json(slice: Slice) -> str:
    """Sample input as JSON, indented by four, with a final newline."""
    if slice.input_shape is None:
        return "{}\n"
    return _json(slice.input_shape, slice.shapes, "\n", ()) + "\n"


def _json(name: str, shapes: Mapping[str, Shape], margin: str, above: Names) -> str:
    """The sample of one shape; ``margin`` is a newline and the indentation of the line it begins on."""
    shape = shapes[name]
    kind = shape["type"]
    inner = margin + "    "
    if kind == "list":
        return f"[{inner}{_json(shape['member']['shape'], shapes, inner, above)}{margin}]"
    if kind == "map":
        return f'{{{inner}"{_MAP_KEY}": {_json(_map_value(shape, shapes), shapes, inner, above)}{margin}}}'
    if kind == "structure":
        members = _members(name, shape, above)
        above = (*above, name)
        pairs = [f"{json.dumps(k)}: {_json(ref['shape'], shapes, inner, above)}" for k, ref in members.items()]
        return f"{{{inner}{f',{inner}'.join(pairs)}{margin}}}" if pairs else "{}"
    if kind == "timestamp":
        return '"1970-01-01T00:00:00"'
    if kind != "string":
        return _NUMBERS.get(kind, "null")
    first = _enumeration(shape, [""])[0]
    return json.dumps(first) if isinstance(first, str) else json.dumps(first, indent=4).replace("\n", margin)


def input_yaml(slice: Slice) -> str:
    """Sample input as YAML with what the service says about each member behind it.

    Reads the documentation of the slice.
    """
    if slice.input_shape is None:
        return "{}\n"
    lines = list(_Yaml(slice).block(slice.input_shape, 0, ()))
    return "".join(line + "\n" for line in lines or ["{}"])


class _Yaml:
    """Writes the samples of one slice as lines of YAML.

    Not ``output.yaml_form``, which writes values: here are comments, nulls without a word and literals that no value
    has, in the order of the model, and nothing is folded.
    """

    def __init__(self, slice: Slice) -> None:
        self._shapes = slice.shapes
        self._docs: dict[str, dict[str, Any]] = slice.docs()["shapes"]
        self._read = _xml_reader()

    def block(self, name: str, indent: int, above: Names) -> Iterator[str]:
        """The lines of a structure, map or list that begins in column ``indent``; none if it is empty."""
        shape = self._shapes[name]
        kind = shape["type"]
        if kind == "structure":
            inside = (*above, name)
            said: dict[str, bool] = {}
            for member, reference in _members(name, shape, above).items():
                comment = self._comment(name, member, reference["shape"])
                gap = " " if _follows_a_comment(member, said) else "  "
                said[member] = bool(comment)
                yield from self._entry(member, reference["shape"], indent, comment and gap + comment, inside)
        elif kind == "map":
            yield from self._entry(_MAP_KEY, _map_value(shape, self._shapes), indent, "", above)
        else:
            member = shape["member"]["shape"]
            lines = self._value(member, indent + 2, above)
            yield " " * indent + "- " + next(lines).lstrip(" ")
            yield from lines

    def _entry(self, key: str, name: str, indent: int, comment: str, above: Names) -> Iterator[str]:
        """``key:``, what the shape ``name`` holds, and ``comment``, which brings its own blanks."""
        start = " " * indent + key + ":"
        kind = self._shapes[name]["type"]
        lines = self._value(name, indent if kind == "list" else indent + 2, above)
        first = next(lines)
        if kind in ("structure", "map", "list") and first.lstrip() != "{}":
            yield start + comment
            yield first
            yield from lines
            return
        value = first.lstrip(" ")
        if len(start) + 1 + len(value) > _WIDTH and value[:1] != "'":
            yield start + " "
            yield first + comment
        else:
            yield f"{start} {value}{comment}" if value else start + comment

    def _value(self, name: str, indent: int, above: Names) -> Iterator[str]:
        """The lines of any sample, at least one, all of them indented."""
        shape = self._shapes[name]
        margin = " " * indent
        if shape["type"] not in ("structure", "map", "list"):
            yield margin + _yaml_scalar(shape)
            return
        empty = True
        for line in self.block(name, indent, above):
            empty = False
            yield line
        if empty:
            yield margin + "{}"

    def _comment(self, parent: str, member: str, name: str) -> str:
        """``# [REQUIRED] First sentence. Valid values are: A, B.``, as far as there is any of it."""
        shape = self._shapes[name]
        about = self._docs.get(parent, {}).get("members", {}).get(member)
        if about is None:
            about = self._docs.get(name, {}).get("doc", "")
        words = ["[REQUIRED]"] if member in self._shapes[parent].get("required", ()) else []
        words.append(_overview(about, self._read))
        values = _enumeration(shape, []) if shape["type"] == "string" else []
        if values:
            words.append(f"Valid values are: {', '.join([values[0], *values[1:]])}.")
        comment = " ".join(words)
        return "# " + comment if comment.strip() else ""


def _follows_a_comment(member: str, said: dict[str, bool]) -> bool:
    """Whether the reference's writer finds a comment in whose column that of ``member`` goes, and so puts one blank.

    ``said``: the members before, in order, and whether they have a comment. It looks at the one before, and if that
    has none, at those from the top as long as their names sort before this one.
    """
    if said and said[next(reversed(said))]:
        return True
    above = next((at for at, name in enumerate(said) if name >= member), len(said))
    return any(list(said.values())[:above])


def _yaml_scalar(shape: Shape) -> str:
    kind = shape["type"]
    if kind == "timestamp":
        return "1970-01-01 00:00:00"
    if kind == "blob":
        return "!!binary ''"
    if kind != "string":
        return _NUMBERS.get(kind, "")
    text: str = _enumeration(shape, [""])[0]
    plain = text[:1].isalpha() and _BARE.issuperset(text) and text.lower() not in _WORDS
    return text if plain else "'" + text.replace("'", "''") + "'"


def _overview(documentation: str, read: Callable[[str], str | None]) -> str:
    """The first sentence of the service's documentation, which a full stop or a colon ends.

    It is markup; where it is not well-formed it is taken as it is.
    """
    text = read(documentation)
    if text is None:
        text = documentation
    ends = [at for at in (text.find("."), text.find(":")) if at >= 0]
    sentence = text[: min(ends)] if ends else text
    return (sentence + "." if sentence else "").replace("\n", " ").replace("\u2028", " ")


def _xml_reader() -> Callable[[str], str | None]:
    """A function that takes the tags out of a fragment of XML; it returns None for what is none.

    expat alone loads in a fraction of the time of the ``xml`` package.
    """
    import pyexpat

    def read(fragment: str) -> str | None:
        if "<" not in fragment and "&" not in fragment and "\r" not in fragment:
            return fragment
        parts: list[str] = []
        parser = pyexpat.ParserCreate()
        parser.CharacterDataHandler = parts.append
        try:
            parser.Parse(f"<doc>{fragment}</doc>", True)
        except pyexpat.ExpatError:
            return None
        return "".join(parts)

    return read


def fake_output(slice: Slice) -> dict[str, Any]:
    """A response as the service might give it; empty for an operation that gives none.

    Texts say which member they are, timestamps are naive ``datetime`` values at the epoch, binary values are None.
    Reads the output part of the slice.
    """
    if slice.output_shape is None:
        return {}
    fake: dict[str, Any] = _fake(slice.output_shape, "", slice.all_shapes(), ())
    return fake


def _fake(name: str, word: str, shapes: Mapping[str, Shape], above: Names) -> Any:
    """The sample of one shape; ``word`` is its text if it is one."""
    shape = shapes[name]
    kind = shape["type"]
    if kind == "structure":
        members, inside = _members(name, shape, above), (*above, name)
        return {k: _fake(ref["shape"], k, shapes, inside) for k, ref in members.items()}
    if kind == "list":
        member = shape["member"]["shape"]
        return [_fake(member, member, shapes, above)]
    if kind == "map":
        return {_MAP_KEY: _fake(_map_value(shape, shapes), "", shapes, above)}
    if kind == "timestamp":
        return datetime(1970, 1, 1)
    # Of a binary value there is none, which validation refuses, as it does in the reference.
    if kind == "string":
        return word
    return json.loads(_NUMBERS[kind]) if kind in _NUMBERS else None


def _map_value(shape: Shape, shapes: Mapping[str, Shape]) -> str:
    """The shape of the values of a map. Raises AssertionError for keys that are no text, as the reference does."""
    key, value = shapes[shape["key"]["shape"]], shape["value"]["shape"]
    if key["type"] != "string":
        raise AssertionError
    return str(value)


def _members(name: str, shape: Shape, above: Names) -> dict[str, dict[str, Any]]:
    """The members to show of a structure: none of one that stands inside itself."""
    return {} if name in above else shape["members"]


def _enumeration(shape: Shape, otherwise: list[str]) -> list[str]:
    return shape.get("enum") or otherwise
