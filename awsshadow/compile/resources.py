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
    from typing import Any

    Model = dict[str, Any]

_ENDINGS = ("Name", "Arn", "Id", "Identifier")
_NEW = ("Create", "Register", "Import")


class Lists:
    """The list operations of a model, by what their items are called."""

    def __init__(self, model: Model) -> None:
        self._shapes = model["shapes"]
        self._by_noun: dict[str, tuple[str, str, dict[str, Any]]] = {}
        for operation, spec in model["operations"].items():
            if operation.startswith("List") and "output" in spec:
                for key, item in self._results(spec["output"]["shape"]):
                    self._by_noun.setdefault(singular(operation[4:]), (operation, key, item))
        self._inputs = {o: self._shapes[s["input"]["shape"]] for o, s in model["operations"].items() if "input" in s}

    def source(self, operation: str, member: str) -> dict[str, Any] | None:
        """Where values of ``member`` of ``operation`` come from: ``command``, ``result``, ``member`` and
        ``needs`` (argument name -> argument name of the list operation that must be filled), or None."""
        verb, noun = split(operation)
        for ending in _ENDINGS:
            if not member.endswith(ending):
                continue
            stem = member[: -len(ending)]
            if stem not in self._by_noun and member in self._inputs[operation].get("required", ()):
                stem = noun
            found = self._by_noun.get(stem)
            if found and not (stem == noun and verb in _NEW):
                return self._row(operation, member, ending, found)
        return None

    def _row(
        self, operation: str, member: str, ending: str, found: tuple[str, str, dict[str, Any]]
    ) -> dict[str, Any] | None:
        listing, key, item = found
        called = item["members"]
        names = [n for n in (member, member.removesuffix("Identifier") + "Id", ending) if n in called]
        names += [n for n in called if n.endswith(member)]
        needed = self._inputs.get(listing, {}).get("required", [])
        mine = self._inputs[operation]["members"]
        if not names or listing == operation or any(n not in mine for n in needed):
            return None
        return {
            "command": argument_name(listing),
            "result": key,
            "member": names[0],
            "needs": [argument_name(n) for n in needed],
        }

    def _results(self, output: str) -> Iterator[tuple[str, dict[str, Any]]]:
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
