"""Which ``List*`` operation knows the values of an argument: derived from the model, for completion.

A list operation's noun is its name without ``List`` in the singular (``ListEndpoints``: Endpoint).
Its items identify resources by members: ``EndpointName``, ``EndpointArn``, or a bare ``Name``. A
member of some other operation's input names such a resource when it is called the same, or when the
operation itself is about that noun and requires the member (``Name`` of ``DescribeInferenceExperiment``).
"""

from __future__ import annotations

from awsshadow.names import argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from awsshadow.model.shapes import Model, Shape, ValueSource

    #: A list operation, the member of its output that holds the items, and an item's shape.
    Listing = tuple[str, str, Shape]

_ENDINGS = ("Name", "Arn", "Id", "Identifier")
_NEW = ("Create", "Register", "Import")


class Lists:
    """The list operations of a model, by what their items are called; shapes are looked at when asked for."""

    def __init__(self, model: Model) -> None:
        self._operations = model["operations"]
        self._shapes = model["shapes"]
        self._named: dict[str, list[str]] = {}
        for operation in self._operations:
            if operation.startswith("List"):
                self._named.setdefault(singular(operation[4:]), []).append(operation)

    def source(self, operation: str, member: str) -> ValueSource | None:
        """Where values of ``member`` of ``operation`` come from: ``command``, ``result``, ``member`` and
        ``needs`` (argument name -> argument name of the list operation that must be filled), or None."""
        verb, noun = split(operation)
        for ending in _ENDINGS:
            if not member.endswith(ending):
                continue
            stem = member[: -len(ending)]
            found = self._listing(stem)
            if found is None and member in self._input(operation).get("required", ()):
                stem = noun
                found = self._listing(stem)
            if found and not (stem == noun and verb in _NEW):
                return self._row(operation, member, ending, found)
        return None

    def _row(self, operation: str, member: str, ending: str, found: Listing) -> ValueSource | None:
        listing, key, item = found
        called = item["members"]
        names = [n for n in (member, member.removesuffix("Identifier") + "Id", ending) if n in called]
        names += [n for n in called if n.endswith(member)]
        needed = self._input(listing).get("required", [])
        mine = self._input(operation)["members"]
        if not names or listing == operation or any(n not in mine for n in needed):
            return None
        return {
            "command": argument_name(listing),
            "result": key,
            "member": names[0],
            "needs": [argument_name(n) for n in needed],
        }

    def _listing(self, noun: str) -> Listing | None:
        """The first list operation whose items are called ``noun``, None without one."""
        for operation in self._named.get(noun, ()):
            spec = self._operations[operation]
            for key, item in self._results(spec["output"]["shape"]) if "output" in spec else ():
                return operation, key, item
        return None

    def _input(self, operation: str) -> Shape:
        spec = self._operations[operation]
        return self._shapes[spec["input"]["shape"]] if "input" in spec else {}

    def _results(self, output: str) -> Iterator[tuple[str, Shape]]:
        for key, ref in self._shapes[output].get("members", {}).items():
            shape = self._shapes[ref["shape"]]
            if shape["type"] == "list":
                item = self._shapes[shape["member"]["shape"]]
                if item["type"] == "structure":
                    yield key, item


def split(operation: str) -> tuple[str, str]:
    """``DescribeModelCard`` -> ``("Describe", "ModelCard")``."""
    for i, char in enumerate(operation):
        if i and char.isupper():
            return operation[:i], operation[i:]
    return operation, ""


def singular(noun: str) -> str:
    """The singular of an operation's plural noun, as the model forms plurals."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith("ses"):
        return noun[:-2]
    return noun.removesuffix("s")
