"""A live resource as the input of an operation: what is asked of the service for it, and what came of the answers."""

from __future__ import annotations

import json

from awsshadow.call.threads import Threads
from awsshadow.errors import AwsShadowError, ServiceError
from awsshadow.export.pruning import TAGS, Pruned, pruned, unknown
from awsshadow.fanout.pace import Clock, Paces
from awsshadow.invocation import Call
from awsshadow.model import find_store, load
from awsshadow.model.families import describing
from awsshadow.model.families.creating import ASKED_OF, Asked
from awsshadow.model.families.peers import Peer
from awsshadow.model.joined import JoinedSlice
from awsshadow.names import SERVICE, argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Any

    from awsshadow.call import ConnectedOperation
    from awsshadow.export.dependencies import Needed
    from awsshadow.invocation import Globals
    from awsshadow.model import Slice
    from awsshadow.model.families import Family
    from awsshadow.stages import Stages

    Document = dict[str, Any]

_TAGS = Asked("ListTags", TAGS, {})
#: Tags of the service's own: nobody else may set them.
_RESERVED = "aws:"
_NUMBERS = ("integer", "long")


class Exported:
    """A resource as the input of the operation ``slice``.

    ``label`` is what it is called in messages, ``parameters`` ask for it, ``arn`` is empty where it has none;
    ``region`` is where it lies. ``document`` is the input; ``left_out``, ``unseen`` as in ``Pruned``; ``unknown`` are
    paths and values of the answer that its model does not have, ``unread`` members that could not be asked for, each
    with the reason.
    """

    def __init__(self, family: Family, slice: Slice, parameters: Document, region: str) -> None:
        self.family = family
        self.slice = slice
        self.parameters = parameters
        self.region = region
        self.arn = ""
        self.document: Document = {}
        self.left_out: list[tuple[str, Any]] = []
        self.unseen: list[tuple[str, bool]] = []
        self.unknown: list[tuple[str, Any]] = []
        self.unread: dict[str, AwsShadowError] = {}
        #: What the document names and was exported, too.
        self.needs: list[Needed] = []

    @property
    def name(self) -> str:
        """What tells it from others of its family, parents first."""
        values = map(str, self.parameters.values())
        # Of an ARN what stands behind the account and the type.
        return "/".join(v.split(":", 5)[-1].partition("/")[2] or v if v.startswith("arn:") else v for v in values)

    @property
    def label(self) -> str:
        """``endpoint config c``."""
        return f"{describing.typed(self.family).replace('-', ' ')} {self.name}"


class _Described:
    """A describe operation that keeps its answers as they were sent, too: ``raw`` is the last one."""

    def __init__(self, operation: ConnectedOperation) -> None:
        self._operation = operation
        self.name = operation.name
        self.raw: Any = {}

    def call(self, parameters: Document) -> Document:
        """The document. Raises what a call raises."""
        document, body = self._operation.call_with_body(parameters)
        try:
            self.raw = json.loads(body)
        except (ValueError, RecursionError):  # what the parser made of it is all there is
            self.raw = {}
        return document


class Source:
    """The describe operation of a family and what is asked besides, behind one client."""

    def __init__(self, stages: Stages, options: Globals, family: Family, threads: Threads) -> None:
        store = find_store(stages.process.environ)
        describe = argument_name(describing.describe(family))
        self.asked = ASKED_OF.get(family.title, {})
        others = [argument_name(call.operation) for call in self.asked.values()]
        self.slice = JoinedSlice(store, [describe, argument_name(_TAGS.operation), *others])
        self.operation = stages.connect(
            Call(options, (SERVICE, describe), self.slice), stages.transport(), threads=threads
        )
        shape = self.slice.shapes[self.slice.input_shape or ""]
        self.accepts: Document = shape["members"]
        self.required = [member for member in self.accepts if member in shape.get("required", ())]
        self.shapes = self.slice.all_shapes()
        self.shown = self.slice.output_shape or ""
        if family.wrap:
            self.shown = self.shapes[self.shown]["members"][family.wrap]["shape"]

    def beside(self, operation: str) -> ConnectedOperation:
        """Another operation behind the client."""
        return self.operation.beside(self.slice.slices[argument_name(operation)])


class Exporter:
    """Makes the calls of one command, one after another.

    ``timeout`` is how long throttling is borne in seconds, None for an hour.
    """

    def __init__(self, stages: Stages, options: Globals, timeout: float | None = None) -> None:
        transport = stages.transport()
        self._stages = stages
        self._options = options
        self._threads = Threads(1)
        self._paces = Paces(Clock(1.0 if transport is None else transport.pace), timeout)
        self._sources: dict[str, Source] = {}

    def source(self, family: Family) -> Source:
        """The operations of a family, connected when they are needed. Raises what connecting raises."""
        if family.title not in self._sources:
            self._sources[family.title] = Source(self._stages, self._options, family, self._threads)
        return self._sources[family.title]

    def slice(self, operation: str) -> Slice:
        """The model of an operation."""
        return load(find_store(self._stages.process.environ), "operations", argument_name(operation))

    def parameters(self, family: Family, *known: Mapping[str, Any]) -> Document:
        """The parameters that ask for the resource of which these members are known. Raises KeyError."""
        source = self.source(family)
        found = describing.identified(family, source.accepts, source.required, *known)
        for member, value in found.items():
            kind = source.slice.shapes[source.accepts[member]["shape"]]["type"]
            if kind in _NUMBERS and str(value).isdigit():
                found[member] = int(value)
        return found

    def export(
        self, family: Family, parameters: Document, slice: Slice, compared: Collection[str] | None = None
    ) -> Exported:
        """The resource that ``parameters`` ask for, as input of ``slice``. Raises what a call raises.

        ``compared`` are the members that a document has, which is to be compared: nothing is asked for others, and
        nothing is left out because another member says the same. None for a document that is to create.
        """
        source = self.source(family)
        described = _Described(source.operation)
        answer = self._paces.call(described, parameters)  # type: ignore[arg-type] # it has what is called
        body = dict(describing.body(family, answer))
        found = Exported(family, slice, parameters, source.operation.region)
        found.arn = Peer(source.operation.name, {}, family).arn(answer, answer) or str(body.get("Arn", ""))
        shown = (source.shown, source.shapes)
        made = pruned(family.title, body, (slice.input_shape or "", slice.shapes), shown, compared is None)
        found.left_out, found.unseen = made.left_out, made.unseen
        found.unknown = list(unknown(described.raw, source.slice.output_shape or "", source.shapes))
        members = slice.shapes[slice.input_shape or ""]["members"]
        asked = [member for member in members if compared is None or member in compared]
        self._ask_more(source, body, found, made, asked)
        if TAGS in asked:
            self._add_tags(source, body, found, made)
        found.document = {member: made.document[member] for member in members if member in made.document}
        return found

    def _ask_more(self, source: Source, body: Document, found: Exported, made: Pruned, wanted: Sequence[str]) -> None:
        for member, asked in source.asked.items():
            if member not in wanted:
                continue
            parameters = {name: of.value(body) for name, of in asked.parameters.items()}
            values = self._listed(source, asked, parameters, member, found)
            if values:
                made.document[member] = values

    def _add_tags(self, source: Source, body: Document, found: Exported, made: Pruned) -> None:
        tags: Any = body.get(TAGS)
        shape = found.slice.shapes[found.slice.shapes[found.slice.input_shape or ""]["members"][TAGS]["shape"]]
        if tags is None and shape["type"] == "list" and found.arn:
            tags = self._listed(source, _TAGS, {"ResourceArn": found.arn}, TAGS, found)
        elif tags is None and not found.arn:
            found.unread[TAGS] = AwsShadowError("the description has no ARN to ask by")
        made.document.pop(TAGS, None)
        if isinstance(tags, dict):
            reserved = {key: value for key, value in tags.items() if key.startswith(_RESERVED)}
            own: Any = {key: value for key, value in tags.items() if key not in reserved}
            found.left_out += [(f"{TAGS}.{key}", value) for key, value in reserved.items()]
        else:
            own = [tag for tag in tags or () if not str(tag.get("Key")).startswith(_RESERVED)]
            found.left_out += [(TAGS, tag) for tag in tags or () if tag not in own]
        if own:
            made.document[TAGS] = own

    def _listed(
        self, source: Source, asked: Asked, parameters: Document, member: str, found: Exported
    ) -> list[Any] | None:
        """All that a list has; None where it cannot be read, which is noted. Raises what is no refusal."""
        operation = source.beside(asked.operation)
        values: list[Any] = []
        try:
            while True:
                page = self._paces.call(operation, parameters)
                values += page.get(asked.result, [])
                if not page.get("NextToken"):
                    return values
                parameters = {**parameters, "NextToken": page["NextToken"]}
        except ServiceError as error:
            found.unread[member] = error
            return None
