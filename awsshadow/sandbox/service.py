"""The sandbox for programs: bytes of a request in, an answer out. No sockets, no clicks, no threads.

::

    sandbox = Sandbox(folder)
    answer = sandbox.answer("SageMaker.DescribeEndpoint", b'{"EndpointName": "demo"}', "eu-west-1")

The state lies in one file in the folder; any number of processes and threads may use it at once.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import suppress
from threading import Lock

from awsshadow import __version__
from awsshadow.model import find_store
from awsshadow.names import argument_name
from awsshadow.sandbox import routing
from awsshadow.sandbox.admin import advance_clock, dump, listing, load, reset, set_clock, set_faults
from awsshadow.sandbox.contract.input_validation import check
from awsshadow.sandbox.contract.output_projection import project
from awsshadow.sandbox.contract.service_errors import NOT_SIMULATED, Refusal, not_simulated
from awsshadow.sandbox.engine.fault_injection import Faults
from awsshadow.sandbox.engine.request import Request, random_text
from awsshadow.sandbox.engine.transitions import is_due, settle
from awsshadow.sandbox.state import database
from awsshadow.sandbox.state.resources import Resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.model.store import Store

__all__ = [
    "Answer",
    "Sandbox",
    "advance_clock",
    "coverage",
    "dump",
    "listing",
    "load",
    "reset",
    "set_clock",
    "set_faults",
]

ACCOUNT = "123456789012"
TARGET = "SageMaker."
HEADER = "x-awsshadow-sandbox"
READING = ("Describe", "List", "Get", "Search", "BatchDescribe", "QueryLineage")
#: Errors that the model lists have a capital in the name of their message.
_LOWER_CASE = ("ValidationException", "ThrottlingException", "SerializationException", "UnknownOperationException")


class Answer:
    """What to send back. ``delay`` (seconds) and ``cut`` (end the connection half-way) are for the
    carrier of the answer to carry out."""

    __slots__ = ("body", "cut", "delay", "headers", "status")

    def __init__(self, status: int, headers: dict[str, str], body: bytes, delay: float = 0, cut: bool = False) -> None:
        self.status = status
        self.headers = headers
        self.body = body
        self.delay = delay
        self.cut = cut


class Operation:
    """What the model says of one operation; the output part is read when it is first needed."""

    def __init__(self, store: Store, name: str) -> None:
        command = argument_name(name)
        if not store.has("operations", command):
            raise Refusal("UnknownOperationException", f"SageMaker has no operation {name}")
        document = store.input("operations", command)
        if name not in document["operations"]:
            raise Refusal("UnknownOperationException", f"SageMaker has no operation {name}")
        spec = document["operations"][name]
        self.input: str | None = spec.get("input", {}).get("shape")
        self.output: str | None = spec.get("output", {}).get("shape")
        self.errors = [error["shape"] for error in spec.get("errors", ())]
        self.shapes: dict[str, dict[str, Any]] = document["shapes"]
        self._rest = (store, command)
        self._whole = False

    def all_shapes(self) -> dict[str, dict[str, Any]]:
        """Input and output shapes."""
        if not self._whole:
            store, command = self._rest
            self.shapes = {**self.shapes, **store.output("operations", command)}
            self._whole = True
        return self.shapes

    def token_member(self) -> str | None:
        """The member that makes a repeated request the same request, None without one."""
        members = self.shapes[self.input]["members"] if self.input else {}
        return next((m for m, ref in members.items() if ref.get("idempotencyToken")), None)


class Sandbox:
    """A SageMaker of one account in ``folder``.

    ``clock`` is ``instant``, ``step``, ``real``, ``real:FACTOR`` or ``frozen`` and stays with the
    folder; None keeps the one it has. Raises AwsShadowError when the folder cannot be used,
    ValueError for a clock that is none.
    """

    def __init__(self, folder: str, *, account: str = ACCOUNT, clock: str | None = None) -> None:
        self.account = account
        self._lock = Lock()
        self._store = find_store(dict(os.environ))
        self._operations: dict[str, Operation] = {}
        self._connection = database.connect(folder)
        if clock is not None:
            with database.writing(self._connection):
                database.put_clock(self._connection, database.get_clock(self._connection).changed(clock))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def answer(self, target: str, body: bytes, region: str, base_url: str = "http://127.0.0.1") -> Answer:
        """Answer one request: ``target`` is its ``X-Amz-Target``, ``base_url`` where the sandbox is
        reached, for the links it hands out. Never raises for what a request holds."""
        with self._lock:
            name = target.removeprefix(TARGET)
            faults = Faults(None)
            try:
                operation, params = self._read(target, body)
                faults = Faults(database.get_note(self._connection, "", "faults", ""))
                document = self._serve(name, operation, params, region, base_url, faults)
                return _answer(200, document, faults, name)
            except Refusal as refusal:
                return _refused(refusal, faults, name)
            except sqlite3.OperationalError as error:
                busy = Refusal("ServiceUnavailable", f"The sandbox cannot use its file now: {error}", 503)
                return _refused(busy, faults, name)
            finally:
                if faults.changed:
                    self._store_counts(faults)

    def _store_counts(self, faults: Faults) -> None:
        """Keep what faults have been used up, unless others were set in the meantime or the file is busy."""
        with suppress(sqlite3.OperationalError), database.writing(self._connection):
            if database.get_note(self._connection, "", "faults", "") == faults.before:
                database.put_note(self._connection, "", "faults", "", faults.document)

    def _read(self, target: str, body: bytes) -> tuple[Operation, dict[str, Any]]:
        name = target.removeprefix(TARGET)
        if not target.startswith(TARGET) or not name.isalnum():
            raise Refusal("UnknownOperationException", f"not a SageMaker operation: {target[:100]}")
        if name not in self._operations:
            self._operations[name] = Operation(self._store, name)
        operation = self._operations[name]
        try:
            params = _parsed(body)
            check(params, operation.input, operation.shapes)
        except RecursionError as error:
            raise Refusal("SerializationException", "the body is nested too deeply") from error
        return operation, {k: v for k, v in params.items() if v is not None}

    def _serve(
        self, name: str, operation: Operation, params: dict[str, Any], region: str, base_url: str, faults: Faults
    ) -> dict[str, Any]:
        faults.throttle(name)
        _, serve = routing.route(name)
        if serve is None:
            raise not_simulated(name, routing.reason(name))
        clock = database.get_clock(self._connection)
        reads = name.startswith(READING)
        writes = not reads or clock.mode == "step" or is_due(self._connection, clock)
        transaction = database.writing if writes else database.reading
        with transaction(self._connection):
            resources = Resources(self._connection, self.account, region, clock)
            request = Request(name, params, operation.errors, resources, faults, base_url, routing.effect)
            if writes:
                settle(resources, routing.effect)
            if reads:
                return _shaped(serve(request), operation)
            return self._change(request, operation, serve)

    def _change(self, request: Request, operation: Operation, serve: routing.Serve) -> dict[str, Any]:
        """Serve what changes something: once for each token, within the quotas, settled after."""
        member = operation.token_member()
        token = request.params.get(member) if member else None
        asked = json.dumps(dict(request.params), sort_keys=True)
        if token:
            row = request.resources.answered(request.operation, token)
            if row:
                return _repeated(row, asked, token, operation.errors)
        request.faults.quota(request)
        document = _shaped(serve(request), operation)
        if token:
            request.resources.put_answer(request.operation, token, asked, json.dumps(document))
        settle(request.resources, request.effects)
        return document


def _parsed(body: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises Refusal for anything that no service would take as one."""
    try:
        params = json.loads(body or b"{}", parse_constant=_no_number)
        if b"\\u" in body:
            # Half a surrogate pair is JSON, but no text.
            json.dumps(params, ensure_ascii=False).encode()
    except ValueError as error:
        raise Refusal("SerializationException", f"the body is not JSON: {error}") from error
    if not isinstance(params, dict):
        raise Refusal("SerializationException", "the body is not a JSON object")
    return params


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _repeated(row: tuple[str, str], asked: str, token: str, errors: list[str]) -> dict[str, Any]:
    if row[0] != asked:
        code = next((e for e in errors if e == "ConflictException"), "ValidationException")
        raise Refusal(code, f"The client token {token} was used before with different parameters.")
    document: dict[str, Any] = json.loads(row[1])
    return document


def _shaped(known: dict[str, Any] | None, operation: Operation) -> dict[str, Any]:
    if operation.output is None:
        return {}
    return project(known or {}, operation.output, operation.all_shapes())


def _answer(status: int, document: dict[str, Any], faults: Faults, name: str) -> Answer:
    body = json.dumps(document, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "Content-Length": str(len(body)),
        "x-amzn-RequestId": random_text("%"),
        HEADER: __version__,
    }
    return Answer(status, headers, body, faults.late(name), faults.cut(name))


def _refused(refusal: Refusal, faults: Faults, name: str) -> Answer:
    member = "message" if refusal.code in _LOWER_CASE or refusal.code == NOT_SIMULATED else "Message"
    return _answer(refusal.status, {"__type": refusal.code, member: refusal.message}, faults, name)


def coverage() -> list[dict[str, str]]:
    """One row an operation of the installed model: ``operation``, ``how`` (``stateful``,
    ``handler``, ``empty list``, ``refused``), ``by`` (the family or module), ``why`` of a refusal."""
    rows = []
    for operation in find_store(dict(os.environ)).index()["operations"].values():
        how, by = routing.kind(operation), routing.served_by(operation)
        rows.append({"operation": operation, "how": how, "by": by, "why": routing.reason(operation)})
    return rows
