"""The calls by which a plan is made and carried out, all of them behind one client and at a pace."""

from __future__ import annotations

from threading import Lock

from awsshadow.call.threads import Threads
from awsshadow.errors import AwsShadowError, ServiceError
from awsshadow.fanout.pace import Clock, Paces
from awsshadow.invocation import Call
from awsshadow.model import families, find_store
from awsshadow.model.families import describing, peers, removing
from awsshadow.model.joined import JoinedSlice
from awsshadow.names import argument_name
from awsshadow.removal.entries import Entry, creation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from awsshadow.call import ConnectedOperation
    from awsshadow.invocation import Globals
    from awsshadow.model import Slice
    from awsshadow.model.families import Family
    from awsshadow.stages import Stages

    Document = dict[str, Any]

LINEAGE = ("remove",)
#: As many items a page as the service gives at most.
_PAGE = 100
_IDEMPOTENT = "idempotencyToken"


class Calls:
    """The operations that plans for families may take; ``timeout`` is how long throttling is borne, in seconds.

    ``rate`` is how many changes a second are asked for at most, None for as many as the service bears.
    """

    def __init__(
        self, stages: Stages, options: Globals, operations: Iterable[str], jobs: int, timeout: float | None = None,
        rate: float | None = None,
    ) -> None:  # fmt: skip
        store = find_store(stages.process.environ)
        joined = JoinedSlice(store, [argument_name(operation) for operation in operations])
        self._slices: dict[str, Slice] = {slice.operation: slice for slice in joined.slices.values()}
        command = Call(options, LINEAGE, joined)
        threads = Threads(jobs)
        self._client: ConnectedOperation = stages.connect(command, stages.transport(), threads=threads)
        self.region = self._client.region
        self.worth = self._client.worth
        self.clock = Clock(self.worth)
        self._paces = Paces(self.clock, timeout)
        self._rate = None if rate is None else Rate(self.clock, rate)
        self.account = stages.caller_account(command, threads)

    def call(self, operation: str, parameters: Document) -> Document:
        """Call when it is its turn. Raises Stopped, TimedOutError and what a call raises."""
        return self._paces.call(self._client.beside(self._slices[operation]), parameters)

    def change(self, operation: str, parameters: Document) -> Document:
        """The same of an operation that changes something, of which only so many a second are asked for."""
        if self._rate is not None:
            self._rate.turn()
        return self.call(operation, parameters)

    def listed(self, operation: str, request: Document) -> Iterator[Document]:
        """All items of a listing, page by page."""
        found = families.find(operation)
        member = found[0].listing["items"] if found and found[1] == "list" else "HubContentSummaries"
        slice = self._slices[operation]
        connected = self._client.beside(slice)
        if slice.paginator is None:
            yield from self.call(operation, request).get(member) or ()
            return
        asked = {**request, "PaginationConfig": {"PageSize": _PAGE}}
        for page in connected.pages(asked, lambda page: self._paces.call(connected, page)):
            yield from page.get(member) or ()

    def asks(self, operation: str) -> tuple[Document, list[str]]:
        """The members of the input of an operation, and those that it needs and nobody makes up."""
        slice = self._slices[operation]
        shape = slice.shapes[slice.input_shape or ""]
        members: Document = shape["members"]
        return members, [m for m in members if m in shape.get("required", ()) and not members[m].get(_IDEMPOTENT)]

    def enumerated(self, operation: str, member: str) -> list[str]:
        """The values that a member of the input of an operation may have."""
        shapes = self._slices[operation].shapes
        return list(shapes[self.asks(operation)[0][member]["shape"]].get("enum", ()))

    def keys(self, family: Family, item: Document, request: Document | None = None) -> Document:
        """The parameters by which an item of a listing is described; ``request`` is what was asked for.

        Raises AwsShadowError for a member that nothing says.
        """
        describe = describing.describe(family)
        members, required = self.asks(describe)
        own = [m for m in (*required, *family.id) if m in members]
        peer = peers.Peer(describe, {}, family)
        try:
            found = peer.parameters(members, list(dict.fromkeys(own)), item, request or {})
        except KeyError as error:
            raise AwsShadowError(f"Nothing says {error}, by which {describe} is asked: nothing was done") from None
        shapes = self._slices[describe].shapes
        kept = {m: v for m, v in found.items() if m in own or m in _ways(family)}
        return {m: _typed(shapes[members[m]["shape"]]["type"], v) for m, v in kept.items()}

    def described(self, family: Family, keys: Document) -> Document | None:
        """The description of a resource, None if there is none. Raises what a call raises."""
        operation = describing.describe(family)
        try:
            document = self.call(operation, keys)
        except ServiceError as error:
            if error.fields.get("Code") in describing.missing_types(operation):
                return None
            raise
        return document

    def entry(self, family: Family, action: str, keys: Document, document: Document, why: str) -> Entry:
        """What a plan says of a resource that was described; its version, say, is known from that."""
        shown = dict(describing.body(family, document))
        keys = self.keys(family, {**shown, **keys})
        arn = arn_of(family, document)
        order = [m for m in self.asks(describing.describe(family))[0] if m in keys]
        names = [str(keys[m]) for m in order if not str(keys[m]).startswith("arn:")]
        # Of an ARN what stands behind the account and the type.
        name = "/".join(names) or str(keys[order[-1]]).split(":", 5)[-1].partition("/")[2]
        status, whole = describing.status(family, document), {**keys, **shown}
        return self.placed(Entry(family, action, name, keys, arn, status, creation(shown), why, whole))

    def placed(self, entry: Entry) -> Entry:
        """The same, with the account and the region."""
        entry.account, entry.region = self.account, self.region
        return entry

    def request(self, entry: Entry) -> tuple[str, Document]:
        """The operation that does to a resource what is planned, and its parameters. Raises KeyError."""
        if entry.action == removing.DISASSOCIATE:
            return removing.PARTING[entry.action], entry.keys
        if entry.action == removing.DEREGISTER:
            named = {"DeviceFleetName": entry.keys["DeviceFleetName"], "DeviceNames": [entry.keys["DeviceName"]]}
            return removing.PARTING[entry.action], named
        return self.role(entry.family, entry.action, entry.keys, entry)

    def role(self, family: Family, role: str, keys: Document, entry: Entry | None = None) -> tuple[str, Document]:
        """The operation of a family that has a role, and its parameters for a resource. Raises KeyError."""
        operation = family.operation(role) or ""
        if role == removing.DELETE and keys.get("HubContentType") == removing.REFERENCE_TYPE:
            operation = removing.DELETE_REFERENCE
        members, required = self.asks(operation)
        found = {m: v for m, v in keys.items() if m in members}
        if family.title == "InferenceExperiment" and role == removing.STOP and entry is not None:
            # What changes least: all variants stay as they are.
            variants = entry.document.get("ModelVariants", ())
            found["ModelVariantActions"] = {variant["VariantName"]: "Retain" for variant in variants}
        if family.title == "Domain" and role == removing.DELETE and entry is not None and entry.home_efs:
            found["RetentionPolicy"] = {"HomeEfsFileSystem": entry.home_efs}
        return operation, {**{m: found[m] for m in required}, **found}


def arn_of(family: Family, document: Document) -> str | None:
    """The ARN in a description, which is ``Arn`` where it has none that is called after the family."""
    found = peers.Peer(describing.describe(family), {}, family).arn({}, document)
    return found or describing.body(family, document).get("Arn")


class Rate:
    """At most so many turns a second, one after the other."""

    def __init__(self, clock: Clock, rate: float) -> None:
        self._clock = clock
        self._apart = 1 / rate
        self._lock = Lock()
        self._next = float("-inf")

    def turn(self) -> None:
        """Wait for a turn. Raises Stopped."""
        with self._lock:
            self._clock.until(self._next)
            self._next = self._clock.now() + self._apart


def _ways(family: Family) -> set[str]:
    """Members of which one or another says what a resource lies in: the user or the space of an app."""
    return {member for group in family.either.values() for member in group}


def _typed(type: str, value: object) -> object:
    """Numbers in an ARN or an item are text."""
    return int(value) if type in ("integer", "long") and isinstance(value, str) and value.isdigit() else value
