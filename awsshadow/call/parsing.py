"""Responses of the JSON protocol, by converters compiled from the shapes on first use.

Results (behaviour: output 0.2) and errors (behaviour: output 5.3). Only modelled members survive, in
model order; scalars are taken as they come.
"""

from __future__ import annotations

import json
import logging
from http.client import responses
from operator import itemgetter

from botocore.parsers import ResponseParserError, ResponseParserFactory, create_parser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from awsshadow.model import Slice

    Convert = Callable[[Any], Any]
    #: Name on the wire, name in the model, conversion.
    Field = tuple[str, str, Convert | None]
    #: What brings the values of an object into the order of the model (None: they are), and which are converted.
    Plan = tuple[Callable[[dict[str, Any]], dict[str, Any]] | None, list[tuple[str, Convert]]]
    Shapes = Mapping[str, Mapping[str, Any]]

_LOG = logging.getLogger(__name__)

#: First status that is an error to the parser; 300 alone is caught by the client, without a code.
_ERROR = 301


#: Statuses besides 1xx whose answers have no body, whatever their headers say.
_BODILESS = (204, 304)

#: So many sets of members are remembered for a shape; a service has few.
_PLANS = 64


def _plan(keys: tuple[str, ...], fields: list[Field]) -> Plan | None:
    """How to convert a value with just these ``keys``; None where looking at each member is as good."""
    known = [field for field in fields if field[0] in keys]
    if len(known) < 2:
        return None
    sent, names = [key for key, _, _ in known], [name for _, name, _ in known]
    inners = [(name, inner) for _, name, inner in known if inner is not None]
    if sent == names and len(keys) == len(sent):
        return (None if sent == list(keys) else dict.fromkeys(names).__or__), inners
    pick = itemgetter(*sent)
    return (lambda value: dict(zip(names, pick(value), strict=True))), inners


def parser_factory(slice: Slice, model: Mapping[str, Any], timestamp: Convert | None) -> Any:
    """What makes the parsers of a session for the calls of ``slice``, whose ``service-2`` document is ``model``.

    A damaged model is botocore's to follow, which knows when it comes to what is wrong.
    """
    if slice.whole is None:
        return ParserFactory(model["shapes"], timestamp)
    factory = ResponseParserFactory()
    factory.set_parser_defaults(timestamp_parser=timestamp or _as_sent, blob_parser=_as_sent)
    return factory


def _as_sent(value: Any) -> Any:
    return value


class ParserFactory:
    """A session's ``response_parser_factory``: one JSON parser for all responses of a command.

    Other protocols, which only the credential chain speaks, get botocore's own parsers.
    """

    def __init__(self, shapes: Shapes, timestamp: Convert | None) -> None:
        self._json = JsonParser(shapes, timestamp)

    def create_parser(self, protocol_name: str) -> Any:
        return self._json if protocol_name == "json" else create_parser(protocol_name)


class JsonParser:
    """Turns a response dictionary of botocore into a document with ``ResponseMetadata``.

    ``shapes`` are those of ``service-2``; ``timestamp`` converts a timestamp, None leaves it raw.
    """

    def __init__(self, shapes: Shapes, timestamp: Convert | None) -> None:
        self._shapes = shapes
        self._timestamp = timestamp
        self._converters: dict[str, Convert | None] = {}
        #: Whether a body held a null yet, which is as good as a member that was not sent. It is not taken back: another
        #: thread may have such a body in hand.
        self._nulls = False

    def parse(self, response: Mapping[str, Any], shape: Any) -> dict[str, Any]:
        """The document for ``shape``, or the ``Error`` of a status from 301 on.

        Raises AttributeError, TypeError, UnicodeDecodeError or ResponseParserError for a body that
        cannot be such a document; their texts are what the reference prints.
        """
        _LOG.debug("Response headers: %r", response["headers"])
        _LOG.debug("Response body:\n%r", response["body"])
        if cut_short(response["status_code"], response["headers"], response["body"]):
            parsed = {}  # whoever decides about retries refuses it
        elif response["status_code"] >= _ERROR:
            if shape is not None and shape.metadata.get("exception"):
                return {}  # botocore's second look for modelled fields; nothing prints them
            parsed = _error(response)
        else:
            parsed = {} if shape is None else self._document(response["body"], shape.name)
        headers = response["headers"]
        metadata = {
            "HTTPStatusCode": response["status_code"],
            "HTTPHeaders": {name.lower(): value for name, value in headers.items()},
        }
        # A literal null is no document: one of these raises the AttributeError that the reference prints.
        if "x-amzn-requestid" in headers:
            metadata["RequestId"] = headers["x-amzn-requestid"]
            parsed.setdefault("ResponseMetadata", metadata)
        else:
            parsed.update(ResponseMetadata=metadata)
        return parsed

    def _document(self, body: bytes, shape: str) -> Any:
        convert = self._converter(shape)
        value = _load(body)
        if b"null" in body:
            self._nulls = True
        return value if convert is None else convert(value)

    def _converter(self, name: str) -> Convert | None:
        """The converter of a shape, None when its values are kept as they are."""
        if name not in self._converters:
            self._converters[name] = self._compile(self._shapes[name], name)
        return self._converters[name]

    def _compile(self, shape: Mapping[str, Any], name: str) -> Convert | None:
        kind = shape["type"]
        if kind == "structure" and not shape.get("document"):
            convert = self._structure(shape)
            return self._union(shape, name, convert) if shape.get("union") else convert
        if kind == "list":
            return self._list(shape["member"]["shape"])
        if kind == "map":
            return self._map(shape["value"]["shape"])
        return self._timestamp if kind == "timestamp" else None

    def _structure(self, shape: Mapping[str, Any]) -> Convert:
        members = shape.get("members", {})
        fields: list[Field] = []
        plans: dict[tuple[str, ...], Plan | None] = {}

        def member_by_member(value: Any) -> Any:
            found = {}
            for key, name, inner in fields:
                item = value.get(key)
                if item is not None:
                    found[name] = item if inner is None else inner(item)
            return found

        def convert(value: Any) -> Any:
            if value is None:
                return None
            if not fields:  # on first use: shapes may hold themselves, and most are never met
                # At once: no other thread is to see a part of them.
                fields[:] = [(r.get("locationName", n), n, self._converter(r["shape"])) for n, r in members.items()]
            if type(value) is not dict:
                return member_by_member(value)
            # The items of a listing mostly have the same members: what to do with them is worked out once.
            keys = tuple(value)
            try:
                plan = plans[keys]
            except KeyError:
                plan = plans[keys] = _plan(keys, fields) if len(plans) < _PLANS else None
            if plan is None or (self._nulls and None in value.values()):
                return member_by_member(value)
            arrange, inners = plan
            # As sent where that is as in the model: the value was decoded for this alone.
            found = value if arrange is None else arrange(value)
            for name, inner in inners:
                found[name] = inner(found[name])
            return found

        return convert

    def _union(self, shape: Mapping[str, Any], name: str, convert: Convert) -> Convert:
        known = {ref.get("locationName", member) for member, ref in shape["members"].items()}

        def choose(value: Any) -> Any:
            if value is None:
                return None
            present = value.copy()
            present.pop("__type", None)
            present = [key for key, item in present.items() if item is not None]
            if len(present) != 1:
                raise ResponseParserError(f"Invalid service response: {name} must have one and only one member set.")
            if present[0] not in known:
                return {"SDK_UNKNOWN_MEMBER": {"name": present[0]}}
            return convert(value)

        return choose

    def _list(self, member: str) -> Convert:
        def convert(value: Any) -> Any:
            inner = self._converter(member)
            if inner is None:
                return list(value)
            return [None if item is None else inner(item) for item in value]

        return convert

    def _map(self, member: str) -> Convert:
        def convert(value: Any) -> Any:
            inner = self._converter(member)
            if inner is None:
                return dict(value.items())
            return {key: None if item is None else inner(item) for key, item in value.items()}

        return convert


def cut_short(status: int, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether less of a body came than its headers promise, where ``status`` allows one."""
    if status in _BODILESS or 100 <= status < 200:
        return False
    size = headers.get("Content-Length", "")
    return size.isdecimal() and len(body) < int(size)


def _load(body: bytes) -> Any:
    """The JSON value of a body; a body that is no JSON is an object with only a ``message``."""
    if not body:
        return {}
    text = body.decode("utf-8")
    try:
        return json.loads(text)
    except ValueError:
        return {"message": text}


def _error(response: Mapping[str, Any]) -> dict[str, Any]:
    status, body = response["status_code"], response["body"]
    if status >= 500:
        bare = (body or b"").strip()
        if not bare or bare.startswith(b"<html>"):
            return {"Error": {"Code": str(status), "Message": responses.get(status, "")}}
    document = _load(body)
    message = document.get("message", document.get("Message", ""))
    return {"Error": {"Message": message, "Code": _code(document, response["headers"], status)}}


def _code(document: Mapping[str, Any], headers: Mapping[str, str], status: int) -> str:
    """The error code: of the query-compatibility header, of ``__type``, or the status."""
    parts = headers.get("x-amzn-query-error", "").split(";")
    code: Any = parts[0] if len(parts) == 2 and parts[0] else document.get("__type", str(status))
    if code is None:
        return ""
    if ":" in code:
        code = code.split(":", 1)[0]
    text: str = code.rsplit("#", 1)[1] if "#" in code else code
    return text
