"""The items of a listing, each with its description and its tags."""

from __future__ import annotations

from awsshadow.errors import AwsShadowError, ConfigurationError, ServiceError, TimedOutError, UsageError
from awsshadow.model.answer_shapes import ERROR, AnswerShapes
from awsshadow.model.families import describing, peers
from awsshadow.model.joined import JoinedSlice
from awsshadow.names import argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from awsshadow.call import ConnectedOperation, Pages
    from awsshadow.fanout.engine import Engine
    from awsshadow.fanout.pace import Paces
    from awsshadow.fanout.tally import Tally
    from awsshadow.model import Slice
    from awsshadow.model.families.peers import Peer
    from awsshadow.model.store import Store

    Document = dict[str, Any]

_TAGS = "list-tags"
#: Codes of errors that every other item would be answered with, too.
DENIED = frozenset(
    ("AccessDenied", "AccessDeniedException", "ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId",
     "InvalidSignatureException", "NotAuthorized", "UnauthorizedOperation", "UnrecognizedClientException")
)  # fmt: skip
#: What happened to an item.
_WHOLE, _VANISHED, _FAILED = "whole", "vanished", "failed"
#: What is counted.
_ITEM = "item"
#: Key that is added to an item -> the one in its place where items have such a member of their own.
_IN_PLACE = {"Description": "Described", "Tags": "TagList", "Error": "HydrationError"}


class Plan:
    """What ``--hydrate`` does to a list operation.

    ``what`` is ``describe``, ``tags`` or ``all``; ``slice`` has all operations that it takes, ``items`` is the member
    of the answer that holds the items, ``keys`` are those that are added; ``answer`` has them.
    """

    def __init__(self, command: Slice, what: str, store: Store) -> None:
        """Raises UsageError for an operation that has no describe operation beside it."""
        operations: dict[str, str] = store.index()["operations"]
        found = peers.peer(command.operation, set(operations.values()))
        if found is None:
            able = ", ".join(sorted(peers.commands(operations)))
            raise UsageError(
                f"argument --hydrate: {command.name} lists nothing that a describe operation is for. It is for: {able}"
            )
        self.what = what
        self.peer: Peer = found
        self.describe = argument_name(found.operation)
        self.slice = JoinedSlice(store, [command.name, self.describe, _TAGS])
        shapes = self.slice.all_shapes()
        self.items, members = _items(shapes, command.output_shape)
        self.keys = {key: other if key in members else key for key, other in _IN_PLACE.items()}
        self.answer = self._answer(shapes, command)

    def _answer(self, shapes: Mapping[str, Any], command: Slice) -> AnswerShapes:
        described, tags = self.slice.slices[self.describe], self.slice.slices[_TAGS]
        kinds = {"Error": ERROR}
        if self.what != "tags":
            kinds["Description"] = described.output_shape or ""
        if self.what != "describe":
            kinds["Tags"] = shapes[tags.output_shape or ""]["members"]["Tags"]["shape"]
        added = {key: {"shape": kinds[name]} for name, key in self.keys.items() if name in kinds}
        output = command.output_shape or ""
        item = shapes[shapes[output]["members"][self.items]["shape"]]["member"]["shape"]
        whole = {**shapes[item], "members": {**shapes[item]["members"], **added}}
        return AnswerShapes(output, {**shapes, item: whole}, command.paginator)

    def paged(self, parameters: Document) -> Document:
        """``parameters`` of a listing with as many items a page as the service gives at most, unless they say."""
        asked: Document = parameters.get("PaginationConfig", {})
        key = (self.slice.paginator or {}).get("limit_key")
        shape = self.slice.shapes[self.slice.input_shape or ""]["members"].get(key)
        if shape is None or "PageSize" in asked:
            return parameters
        size = min(100, self.slice.shapes[shape["shape"]].get("max", 100))
        most = asked.get("MaxItems")
        if most is not None and int(most) > 0:
            size = min(size, int(most))
        return {**parameters, "PaginationConfig": {**asked, "PageSize": size}}


def _items(shapes: Mapping[str, Any], output: str | None) -> tuple[str, Mapping[str, Any]]:
    """The first member of an output that is a list of structures, and the members of these."""
    for member, reference in shapes[output or ""]["members"].items():
        shape = shapes[reference["shape"]]
        if shape["type"] == "list" and shapes[shape["member"]["shape"]]["type"] == "structure":
            return member, shapes[shape["member"]["shape"]]["members"]
    return "", {}


class Describer:
    """Carries a plan out for the answers of ``listed``, in the threads of ``engine``, at the pace of ``paces``.

    ``request`` are the parameters of the listing, ``place`` what it has limits of its own by, ``tally`` counts. The
    ``vanished`` items were gone when their description was asked for, ``failed`` ones could not be described for
    another reason.
    """

    def __init__(
        self, plan: Plan, listed: ConnectedOperation, request: Document, paces: Paces, tally: Tally,
        place: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.vanished = 0
        self.failed = 0
        self._plan = plan
        self._request = request
        self._paces = paces
        self._tally = tally
        self._place = place
        slice = plan.slice.slices[plan.describe]
        shape = slice.shapes[slice.input_shape or ""]
        self._accepts: Document = shape["members"]
        self._required = [member for member in self._accepts if member in shape.get("required", ())]
        self._describe = listed.beside(slice)
        self._list_tags = listed.beside(plan.slice.slices[_TAGS])
        self._missing = describing.missing_types(plan.peer.operation)

    def document(self, answer: Document, engine: Engine, more: bool = False) -> Document:
        """An answer of the listing with its items made whole; ``more`` are to come. Raises what ``item`` raises."""
        items = answer.get(self._plan.items)
        if not isinstance(items, list):
            return answer
        self.expect(len(items), more)
        return {**answer, self._plan.items: self.count(engine.map(self.item, items))}

    def expect(self, number: int, more: bool = False) -> None:
        """``item`` is going to be called for so many; ``more`` are to come."""
        self._tally.expect(_ITEM, number, more)

    def count(self, made: Iterable[tuple[Document, str]]) -> list[Document]:
        """The items of what ``item`` returned, in their order; what happened to them is counted."""
        found = []
        for whole, happened in made:
            self.vanished += happened == _VANISHED
            self.failed += happened == _FAILED
            found.append(whole)
        return found

    def item(self, item: Document) -> tuple[Document, str]:
        """One item with what is added to it, and what happened.

        Raises ServiceError for a refusal that all others would have too, ConfigurationError, TimedOutError, Stopped.
        """
        whole = self._item(item)
        self._tally.did(_ITEM)
        return whole

    def _item(self, item: Document) -> tuple[Document, str]:
        plan = self._plan
        added: Document = {}
        happened = _WHOLE
        description: Document | None = None
        asked = plan.what != "tags" or plan.peer.arn(item) is None
        try:
            if asked:
                parameters = plan.peer.parameters(self._accepts, self._required, item, self._request)
                description = self._paces.call(self._describe, parameters, self._place)
            if plan.what != "tags":
                added[plan.keys["Description"]] = description
            if plan.what != "describe":
                added[plan.keys["Tags"]] = self._tags(plan.peer.arn(item, description))
        except KeyError as error:
            sentence = f"Neither the item nor the request says {error}, by which it is described."
            added[plan.keys["Error"]], happened = {"Code": "NotIdentified", "Message": sentence}, _FAILED
        except (ConfigurationError, TimedOutError):
            raise
        except AwsShadowError as error:
            code = error.fields.get("Code") if isinstance(error, ServiceError) else None
            if code in DENIED:
                raise
            if code in self._missing:
                happened = _VANISHED
                if plan.what != "tags":
                    added[plan.keys["Description"]] = None
                if plan.what != "describe":
                    added[plan.keys["Tags"]] = None
            else:
                added[plan.keys["Error"]], happened = told(error), _FAILED
        return {**item, **added}, happened

    def _tags(self, arn: str | None) -> list[Document]:
        """All tags of a resource. Raises KeyError without an ARN."""
        if arn is None:
            raise KeyError("its ARN")
        found: list[Document] = []
        parameters: Document = {"ResourceArn": arn}
        while True:
            page = self._paces.call(self._list_tags, parameters, self._place)
            found += page.get("Tags", [])
            if not page.get("NextToken"):
                return found
            parameters = {"ResourceArn": arn, "NextToken": page["NextToken"]}


class HydratedPages:
    """The pages of a listing, each made ``whole`` before the next one is asked for; ``ended`` is called at the end.

    ``whole`` is given a page and whether there are more.
    """

    def __init__(self, pages: Pages, whole: Callable[[Document, bool], Document], ended: Callable[[], None]) -> None:
        self._pages = pages
        self._whole = whole
        self._ended = ended
        self.result_keys = pages.result_keys

    @property
    def non_aggregate(self) -> Document:
        return self._pages.non_aggregate

    @property
    def resume_token(self) -> str | None:
        return self._pages.resume_token

    def __iter__(self) -> Iterator[Document]:
        for page in self._pages:
            yield self._whole(page, self._pages.next_token is not None)
        self._ended()


def told(error: AwsShadowError) -> Document:
    """An error as it stands in a document."""
    if isinstance(error, ServiceError):
        return {"Code": error.fields.get("Code"), "Message": error.fields.get("Message")}
    return {"Code": error.code or "Unknown", "Message": error.message}
