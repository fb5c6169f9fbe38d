"""Requests of a peer's tests made into ones that the service would take, and answers led back to the peer's words.

A peer that checks less than the service lets its tests use names with underscores, roles that are no ARNs and models
that nobody made. What the installed model refuses is replaced by the nearest value that it takes, what a request names
and is not there is made, and in every answer the replacement is replaced by what the test had written. So a test is
judged by what it is about. Nothing here knows a test.
"""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from awsshadow.model import families
from awsshadow.model.constraints import violated
from awsshadow.model.families.references import REFERENCES
from awsshadow.sandbox.service import Sandbox
from tests.sandbox.conftest import World, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ACCOUNT = "123456789012"
#: Shorter replacements are led back only where they stand alone.
_SHORTEST_PART = 6
#: An ARN of SageMaker's within a text, whose resource the service writes in small letters.
_ARN = re.compile(r"arn:aws:sagemaker:[^\s'\"()]+")


class ValidInput:
    """What was replaced in the requests of one test. ``shapes`` are those of the model of ``model``."""

    def __init__(self, model: dict[str, Any], folder: str) -> None:
        self._model = model
        self._shapes = model["shapes"]
        self._folder = folder
        self._wrote: dict[str, str] = {}  # what is sent -> what a test wrote
        self._capitals: dict[str, str] = {}  # a name in small letters, as ARNs show it -> as a test wrote it

    def request(self, operation: str, params: dict[str, Any], region: str, as_written: bool = False) -> dict[str, Any]:
        """``params`` as the service would take them; resources that they name are there afterwards.

        ``as_written``: a refusal is what the test wants to see, so that nothing more is replaced or made.
        """
        spec = self._model["operations"].get(operation, {})
        if "input" not in spec:
            return params
        if as_written:
            known: dict[str, Any] = self._known(params)
            return known
        valid: dict[str, Any] = self._valid(params, spec["input"]["shape"])
        for path, title in REFERENCES.get(operation, {}).items():
            _replace(valid, path.split("."), partial(self._present, title, valid, region))
        return valid

    def answer(self, document: Any) -> Any:
        """``document`` in the words of the test."""
        if isinstance(document, dict):
            return {self.words(key): self.answer(value) for key, value in document.items()}
        if isinstance(document, list):
            return [self.answer(value) for value in document]
        return self.words(document) if isinstance(document, str) else document

    def learn(self, document: Any) -> None:
        """Take note of names with capitals in an answer of a service that makes names by itself."""
        if isinstance(document, str):
            if document != document.lower() and re.fullmatch("[a-zA-Z0-9-]+", document):
                self._capitals[document.lower()] = document
        elif isinstance(document, (dict, list)):
            for inner in document.values() if isinstance(document, dict) else document:
                self.learn(inner)

    def words(self, sent: str) -> str:
        """A text of an answer in the words of the test."""
        for made, wrote in sorted(self._wrote.items(), key=lambda pair: -len(pair[0])):
            if sent == made:
                return wrote
            if len(made) >= _SHORTEST_PART:
                sent = sent.replace(made, wrote)
        return _ARN.sub(lambda arn: "/".join(self._capitals.get(part, part) for part in arn[0].split("/")), sent)

    def _known(self, value: Any) -> Any:
        """``value`` with what was replaced before."""
        if isinstance(value, dict):
            return {key: self._known(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._known(inner) for inner in value]
        if isinstance(value, str):
            self.learn(value)
            return next(self._sent_for(value), value)
        return value

    def _valid(self, value: Any, name: str) -> Any:
        shape = self._shapes[name]
        kind, valid = shape["type"], value
        if isinstance(value, dict) and kind == "structure":
            members = shape["members"]
            valid = {k: self._valid(v, members[k]["shape"]) if k in members else v for k, v in value.items()}
        elif isinstance(value, dict) and kind == "map":
            key, inner = shape["key"]["shape"], shape["value"]["shape"]
            valid = {self._valid(k, key): self._valid(v, inner) for k, v in value.items()}
        elif isinstance(value, (list, tuple)) and kind == "list":
            low, high = shape.get("min", 0), shape.get("max", len(value))
            items = [self._valid(v, shape["member"]["shape"]) for v in value][:high]
            valid = items + items[:1] * (low - len(items))
        elif type(value) in (int, float) and kind in {"integer", "long", "float", "double"}:
            valid = min(max(value, shape.get("min", value)), shape.get("max", value))
        elif isinstance(value, str) and kind == "string":
            valid = self._text(value, shape, name)
        return valid

    def _text(self, wrote: str, shape: dict[str, Any], name: str) -> str:
        if wrote != wrote.lower() and "enum" not in shape:
            self._capitals[wrote.lower()] = wrote
        if name == "PipelineDefinition" and not _is_definition(wrote):
            definition = json.dumps({"Version": "2020-12-01", "Metadata": {"Wrote": wrote}, "Steps": []})
            self._wrote[definition] = wrote
        sent = wrote
        if wrote.startswith("arn:"):
            for made, part in self._wrote.items():
                sent = re.sub(f"(?<=/){re.escape(part)}(?=/|$)", made, sent)
        known = (made for made in (*self._sent_for(wrote), sent) if next(violated(made, shape), None) is None)
        if (valid := next(known, None)) is not None:
            return valid
        for made in _nearest(wrote, shape):
            if made not in self._wrote and next(violated(made, shape), None) is None:
                break
        else:
            made = text(shape)
        self._wrote[made] = wrote
        return made

    def _sent_for(self, wrote: str) -> Iterator[str]:
        return (made for made, asked in self._wrote.items() if asked == wrote)

    def _present(self, title: str, params: dict[str, Any], region: str, key: str) -> str:
        """The key of a resource that is there: ``key``, or that of one made in its place."""
        family = families.family(title)
        sandbox = Sandbox(self._folder)
        try:
            world = World(sandbox, self._model, region=region)
            world.count = 1000 + len(self._wrote)
            if self._is_there(world, title, key, params) or "://" in key:
                return key
            create = next((o for o, role in family.operations.items() if role == "create"), "")
            members = self._shapes[self._model["operations"][create]["input"]["shape"]]["members"] if create else {}
            if family.name in members and not key.startswith("arn:"):
                asked = {**world.create_input(title, world.minimal), family.name: key}
                asked.update({owner: params[owner] for owner in family.id[:-1] if owner in params})
                world.ok(create, **asked)
                return key
            made = world.make(title)
            present: str = made["_arn"] if key.startswith("arn:") else made[family.id[-1]]
            self._wrote[present] = key
            return present
        finally:
            sandbox.close()

    def _is_there(self, world: World, title: str, key: str, params: dict[str, Any]) -> bool:
        family = families.family(title)
        describe = next((o for o, role in family.operations.items() if role == "describe"), None)
        if describe is None:
            return True
        named = {member: params[member] for member in family.id[:-1] if member in params}
        status, _ = world.call(describe, **named, **{family.id[-1]: key.rpartition("/")[2]})
        by_key, _ = world.call(describe, **named, **{family.id[-1]: key})
        return 200 in (status, by_key)


def _is_definition(written: str) -> bool:
    """Whether a text is a definition of a pipeline as far as the service reads any: an object with a version."""
    try:
        return "Version" in json.loads(written)
    except ValueError:
        return False


def _nearest(wrote: str, shape: dict[str, Any]) -> Iterator[str]:
    """Texts like ``wrote`` in the forms that the model asks for, the nearest first."""
    low, high = int(shape.get("min", 0)), int(shape.get("max", 10_000))
    plain = re.sub("[^a-zA-Z0-9]+", "-", wrote).strip("-") or "x"
    short = plain[:high].strip("-")
    yield short
    yield short.ljust(low, "x")
    yield wrote.ljust(low, "x")
    yield short.lower()
    yield f"arn:aws:iam::{ACCOUNT}:role/{plain}"
    yield f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:thing/{plain.lower()}"
    yield f"s3://bucket/{plain}"
    yield f"https://{plain.lower()}"
    yield f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/{plain.lower()}:1"
    yield plain[: max(high - 2, 1)] + "-2"


def _replace(value: Any, path: list[str], change: Callable[[str], str]) -> None:
    """Put ``change`` of them in the place of the texts that ``path`` leads to."""
    here, *below = path
    if here == "**":
        _replace(value, below, change)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            _replace(inner, path, change)
        return
    if isinstance(value, list) and here == "*":
        places: list[Any] = list(range(len(value)))
    else:
        places = [here] if isinstance(value, dict) and value.get(here) is not None else []
    for place in places:
        if below:
            _replace(value[place], below, change)
        elif isinstance(value[place], str):
            value[place] = change(value[place])
