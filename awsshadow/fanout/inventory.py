"""What runs in several places: every kind is listed in each of them, and what runs is described."""

from __future__ import annotations

from datetime import datetime

from awsshadow.errors import AwsShadowError, PartlyFailedError, ServiceError
from awsshadow.fanout.everywhere import NOT_ENABLED
from awsshadow.fanout.kinds import live
from awsshadow.model.answer_shapes import TEXT, listing, structure
from awsshadow.model.families import describing, peers
from awsshadow.model.joined import JoinedSlice
from awsshadow.names import argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from typing import Any

    from awsshadow.call import ConnectedOperation
    from awsshadow.fanout.asked import Place
    from awsshadow.fanout.engine import Engine
    from awsshadow.fanout.everywhere import Clients
    from awsshadow.fanout.kinds import Kind, Machines
    from awsshadow.fanout.pace import Paces
    from awsshadow.fanout.tally import Tally
    from awsshadow.model.answer_shapes import AnswerShapes
    from awsshadow.model.store import Store

    Document = dict[str, Any]

#: The members of what is shown of a resource.
_MEMBERS = ("Kind", "Name", "Status", "Instances", "Since", "Region", "Profile")
_MACHINES, _MACHINE = "awsshadow.machines", "awsshadow.machine"
_PAGE = 100
#: What is counted.
_LIST, _RESOURCE = "list", "resource"
#: Codes by which a region answers that it does not have an operation.
_NOT_OFFERED = frozenset(("UnknownOperationException", "InvalidAction"))


class Found:
    """One resource that runs: its ``kind``, the ``item`` of the listing, and its ``machines``, None if not known."""

    def __init__(self, kind: Kind, item: Document, answer: Answer) -> None:
        self.kind = kind
        self.item = item
        self.answer = answer
        self.machines: Machines | None = None
        #: Whether it costs nothing after all.
        self.is_over = False

    @property
    def since(self) -> object:
        """From when on it costs, as the listing says it."""
        return self.item.get(self.kind.since) or self.item.get("CreationTime")

    def row(self) -> Document:
        """The resource as it is shown in a document."""
        counts: dict[str, int] = {}
        for type, count in self.machines or ():
            counts[type] = counts.get(type, 0) + count
        return {
            "Kind": self.kind.name,
            "Name": self.kind.title(self.item),
            "Status": self.kind.status(self.item),
            "Instances": [{"Type": type, "Count": count} for type, count in counts.items()],
            "Since": self.since,
            "Region": self.answer.region,
            "Profile": self.answer.place.profile,
        }


class Answer:
    """What one place answered about one kind: what was found, or the ``error``."""

    def __init__(self, place: Place, kind: Kind) -> None:
        self.place = place
        self.kind = kind
        self.region = place.region
        self.found: list[Found] = []
        self.error: AwsShadowError | None = None


def answer_shapes(without: Container[str]) -> AnswerShapes:
    """The types of the document that shows what was found ``without`` these members."""
    row = structure(**{m: _MACHINES if m == "Instances" else TEXT for m in _MEMBERS if m not in without})
    machines = {"type": "list", "member": {"shape": _MACHINE}}
    return listing("Running", row, {_MACHINES: machines, _MACHINE: structure(Type=TEXT, Count=TEXT)})


def joined(kinds: Sequence[Kind], store: Store) -> JoinedSlice:
    """The model of all calls that are needed for ``kinds``."""
    return JoinedSlice(store, list(dict.fromkeys(command for kind in kinds for command in kind.commands)))


class Inventory:
    """Asks about ``kinds`` through ``clients``, whose model is ``slice``; ``tally`` counts."""

    def __init__(self, kinds: Sequence[Kind], slice: JoinedSlice, clients: Clients, paces: Paces, tally: Tally) -> None:
        self._kinds = kinds
        self._slice = slice
        self._clients = clients
        self._paces = paces
        self._tally = tally

    def take(self, places: Sequence[Place], engine: Engine) -> list[Answer]:
        """One answer for each place and kind, in their order; errors are in them."""
        connected = list(engine.map(self._connect, places))
        asked = [(place, kind, at) for at, place in enumerate(places) for kind in self._kinds]
        self._tally.expect(_LIST, len(asked))
        answers = list(engine.map(lambda task: self._list(task[0], task[1], connected[task[2]]), asked))
        clients = {id(place): client for place, client in zip(places, connected, strict=True)}
        self._tally.expect(_RESOURCE, sum(len(answer.found) for answer in answers))
        work = [(found, clients[id(answer.place)]) for answer in answers for found in answer.found]
        for _ in engine.map(lambda task: self._complete(*task), work):
            pass
        for answer in answers:
            answer.found = [found for found in answer.found if not found.is_over]
        return answers

    def _connect(self, place: Place) -> ConnectedOperation | AwsShadowError:
        try:
            return self._clients.client(place)
        except AwsShadowError as error:
            return error

    def _list(self, place: Place, kind: Kind, client: ConnectedOperation | AwsShadowError) -> Answer:
        answer = self._listed(place, kind, client)
        self._tally.did(_LIST)
        return answer

    def _listed(self, place: Place, kind: Kind, client: ConnectedOperation | AwsShadowError) -> Answer:
        answer = Answer(place, kind)
        if isinstance(client, AwsShadowError):
            answer.error = client
            return answer
        answer.region = client.region
        operation = client.beside(self._slice.slices[kind.listing])
        try:
            for value in kind.asked or (None,):
                asked: Document = {} if value is None else {kind.filter: value}
                asked["PaginationConfig"] = {"PageSize": _PAGE}
                pages = operation.pages(asked, lambda page: self._paces.call(operation, page, place.key))
                for page in pages:
                    items = page.get(kind.family.listing["items"]) or []
                    answer.found += [Found(kind, item, answer) for item in items if live(kind, item)]
        except ServiceError as error:
            if error.fields.get("Code") not in _NOT_OFFERED:
                answer.error = error
        except AwsShadowError as error:
            answer.error = error
        return answer

    def _complete(self, found: Found, client: ConnectedOperation | AwsShadowError) -> None:
        """Find out on which machines it runs. What has gone meanwhile is over."""
        kind, place = found.kind, found.answer.place
        assert not isinstance(client, AwsShadowError)
        try:
            described: Mapping[str, Any] = found.item
            if kind.describes:
                described = self._describe(kind.describe, found.item, client, place)
            if kind.also and described.get("EndpointConfigName"):
                described = {**described, "Config": self._config(kind, described, client, place)}
            found.machines = kind.machines(described)
        except ServiceError as error:
            if error.fields.get("Code") in describing.missing_types(describing.describe(kind.family)):
                found.is_over = True
            else:
                found.answer.error = error
        except AwsShadowError as error:
            found.answer.error = error
        else:
            doubtful = kind.status(found.item) in kind.doubtful
            found.is_over = found.machines is None or (doubtful and not found.machines)
        self._tally.did(_RESOURCE)

    def _describe(
        self, command: str, item: Mapping[str, Any], client: ConnectedOperation, place: Place
    ) -> Mapping[str, Any]:
        slice = self._slice.slices[command]
        shape = slice.shapes[slice.input_shape or ""]
        required = [member for member in shape["members"] if member in shape.get("required", ())]
        found = next(f for f in (k.family for k in self._kinds) if argument_name(describing.describe(f)) == command)
        peer = peers.Peer(slice.operation, {}, found)
        parameters = peer.parameters(shape["members"], required, item, {})
        return self._paces.call(client.beside(slice), parameters, place.key)

    def _config(
        self, kind: Kind, described: Mapping[str, Any], client: ConnectedOperation, place: Place
    ) -> Mapping[str, Any]:
        """The configuration of an endpoint, which may have been deleted while the endpoint goes on."""
        operation = client.beside(self._slice.slices[kind.also])
        try:
            return self._paces.call(operation, {"EndpointConfigName": described["EndpointConfigName"]}, place.key)
        except ServiceError as error:
            if error.fields.get("Code") in describing.missing_types(operation.name) | {"ValidationException"}:
                return {}
            raise


def moment(value: object) -> float | None:
    """A timestamp of an answer as seconds since 1970, None for anything else."""
    if isinstance(value, int | float):
        return float(value)
    try:
        return datetime.fromisoformat(str(value)).timestamp()
    except ValueError:
        return None


def older(found: Found, seconds: float, now: float) -> bool:
    """Whether it has been there for longer than ``seconds``; what does not say since when is."""
    since = moment(found.since)
    return since is None or now - since > seconds


def skipped(answers: Sequence[Answer]) -> list[Answer]:
    """Those of regions that the account has not opted in to.

    Where every region of a profile answers like that it is the credentials, and none is skipped.
    """
    by_place: dict[int, list[Answer]] = {}
    for answer in answers:
        by_place.setdefault(id(answer.place), []).append(answer)
    off = {at for at, group in by_place.items() if all(_is_disabled(answer) for answer in group)}
    enabled = {answer.place.profile for answer in answers if id(answer.place) not in off}
    return [a for a in answers if id(a.place) in off and a.place.profile in enabled]


def _is_disabled(answer: Answer) -> bool:
    return isinstance(answer.error, ServiceError) and answer.error.fields.get("Code") in NOT_ENABLED


def complaint(answers: Sequence[Answer]) -> PartlyFailedError | None:
    """The error that says what failed where: a line a place, or a line a kind. None if nothing failed.

    Its exit code is 4; where everything failed, that which all errors have, or 254.
    """
    failed = [answer for answer in answers if answer.error is not None]
    if not failed:
        return None
    codes = {answer.error.exit_code for answer in failed if answer.error is not None}
    code = PartlyFailedError.exit_code
    if len(failed) == len(answers):
        code = codes.pop() if len(codes) == 1 else ServiceError.exit_code
    return PartlyFailedError("\n".join(_lines(answers, failed)), code)


def _lines(answers: Sequence[Answer], failed: Sequence[Answer]) -> Iterator[str]:
    places = list({id(answer.place): answer.place for answer in failed}.values())
    for place in places:
        here = [answer for answer in failed if answer.place is place]
        # Without a name where there is but one place, and nobody knows the region.
        label = "/".join(word for word in (place.profile, here[0].region) if word)
        label += ": " * bool(label)
        alike = {_cause(answer.error) for answer in here if answer.error is not None}
        if len(alike) == 1 and len(here) == sum(answer.place is place for answer in answers) and here[0].error:
            yield f"{label}{here[0].error.message}"
        else:
            yield from (f"{label}{answer.kind.name}: {answer.error.message}" for answer in here if answer.error)


def _cause(error: AwsShadowError) -> object:
    """What tells two errors apart that are about different operations."""
    return tuple(error.fields.values()) if isinstance(error, ServiceError) else error.message
