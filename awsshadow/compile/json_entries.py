"""The entries of a large JSON document, each parsed when it is asked for.

Parsing all of a model takes three times as long as inflating it, and a command needs one operation of
hundreds. The files that come with botocore have one form: each entry begins on a line of its own, and
the indentation of a line is its depth. A line break inside a JSON string is written as an escape, so a
line that begins with so many blanks and a quotation mark can only begin an entry of that depth. Texts of
any other form are parsed whole, and so are all files of a user's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Object = dict[str, Any]

#: Lines of ``service-2`` before the operations, between them and the shapes, and after these.
_OPERATIONS, _SHAPES, _REST = (b'\n  "operations":{\n    "', b'\n  },\n  "shapes":{\n    "', b'\n  },\n  "')
#: What separates entries there.
_BETWEEN = b',\n    "'
#: The services of a partition begin and end with these lines in ``endpoints.json``; what separates them.
_SERVICES = ('\n    "services" : {', "\n    }", ',\n      "')


class Entries(Mapping[str, "Object"]):
    """The entries of one JSON object, each given as text: name without the first quotation mark, colon, value."""

    def __init__(self, texts: list[bytes]) -> None:
        self._texts = {text[: text.find(b'"')]: text for text in texts}
        self._parsed: dict[str, Object] = {}

    def __getitem__(self, name: str) -> Object:
        if name not in self._parsed:
            self._parsed[name] = json.loads(self._texts[name.encode()].partition(b":")[2])
        return self._parsed[name]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.encode() in self._texts

    def __iter__(self) -> Iterator[str]:
        return (name.decode() for name in self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def read_model(text: bytes) -> Object:
    """A ``service-2`` document; ``operations`` and ``shapes`` are ``Entries`` where its form allows it.

    Raises ValueError for a text that is no JSON document.
    """
    return _cut_model(text) or _parsed(text)


def read_endpoints(text: str, services: tuple[str, ...]) -> Object:
    """``endpoints.json`` with these services only, in each partition that has them.

    Raises ValueError for a text that is no JSON document.
    """
    document: Object = _cut_endpoints(text, services) or json.loads(text)
    for partition in document["partitions"]:
        partition["services"] = {k: v for k, v in partition["services"].items() if k in services}
    return document


def _parsed(text: bytes) -> Object:
    document: Object = json.loads(text)
    return document


def _cut_model(text: bytes) -> Object | None:
    before, begins, rest = text.partition(_OPERATIONS)
    operations, goes_on, rest = rest.partition(_SHAPES)
    shapes, ends, after = rest.partition(_REST)
    texts = operations.split(_BETWEEN), shapes.split(_BETWEEN)
    if not (begins and goes_on and ends and all(text.endswith(b"}") for part in texts for text in part)):
        return None
    try:
        document = _parsed(before + b'"operations":{},"shapes":{},"' + after)
    except ValueError:
        return None
    return document | {"operations": Entries(texts[0]), "shapes": Entries(texts[1])}


def _cut_endpoints(text: str, services: tuple[str, ...]) -> Object | None:
    begins, ends, between = _SERVICES
    around, *rest = text.split(begins)
    for part in rest:
        body, _, tail = part.partition(ends)
        kept = [piece for piece in ("," + body).split(between) if piece.startswith(services)]
        around += begins + ",".join('"' + piece for piece in kept) + ends + tail
    try:
        document: Object = json.loads(around)
    except ValueError:
        return None
    return document if len(document.get("partitions", ())) == len(rest) else None
