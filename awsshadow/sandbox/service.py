"""The sandbox for programs: bytes of a request in, an answer out. No sockets, no clicks, no threads.

::

    sandbox = Sandbox(folder)
    answer = sandbox.answer("SageMaker.DescribeEndpoint", b'{"EndpointName": "demo"}', "eu-west-1")

The state lies in one file in the folder; any number of processes and threads may use it at once.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from threading import Lock

from awsshadow.errors import AwsShadowError
from awsshadow.model import families, find_store
from awsshadow.sandbox import routing
from awsshadow.sandbox.answers import answered, failed, is_passing_failure, refused
from awsshadow.sandbox.contract.input_validation import check
from awsshadow.sandbox.contract.json_body import parsed
from awsshadow.sandbox.contract.operation_model import Operation
from awsshadow.sandbox.contract.protocol import TARGET_PREFIX, Answer
from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.engine.fault_injection import Faults, kept_faults
from awsshadow.sandbox.engine.request import Request
from awsshadow.sandbox.engine.transitions import is_due, settle
from awsshadow.sandbox.own_requests import OwnRequests, shaped
from awsshadow.sandbox.state import database
from awsshadow.sandbox.state.damage import FILE_ERRORS, REMEDY, explained
from awsshadow.sandbox.state.resources import Resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeVar

    from awsshadow.sandbox.admin import (
        advance_clock,
        coverage,
        dump,
        listing,
        load,
        reset,
        set_clock,
        set_faults,
        set_up,
        show_clock,
        show_faults,
    )
    from awsshadow.sandbox.engine.objects import Objects
    from awsshadow.sandbox.engine.transitions import Effects
    from awsshadow.sandbox.state.clock import Clock

    T = TypeVar("T")

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
    "set_up",
    "show_clock",
    "show_faults",
]


def __getattr__(name: str) -> Any:
    """What a person does with a sandbox as a whole is loaded when it is asked for: answering needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from awsshadow.sandbox import admin

    return getattr(admin, name)


ACCOUNT = "123456789012"
READING = ("Describe", "List", "Get", "Search", "BatchDescribe", "QueryLineage")


class Sandbox:
    """A SageMaker of one account in ``folder``.

    ``clock`` is ``instant``, ``step``, ``real``, ``real:FACTOR`` or ``frozen`` and stays with the
    folder; None keeps the one it has. ``environ`` says where the service model lies, None that it is as
    this process's says. Raises AwsShadowError when the folder cannot be used, ValueError for a clock that is none.
    """

    def __init__(
        self,
        folder: str,
        *,
        account: str = ACCOUNT,
        clock: str | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.account = account
        #: An S3 for what requests name there, None when they are taken on trust.
        self.objects: Objects | None = None
        self._lock = Lock()
        self._folder = database.place_of(folder)
        self._store = find_store(dict(os.environ if environ is None else environ))
        self._operations: dict[str, Operation] = {}
        self._learnt = False
        self._connection = database.connect(folder)
        self._file = database.identity(self._folder)
        if clock is not None:
            self._set_clock(clock)

    def close(self) -> None:
        """Let go of the file, between two requests; the last to do so leaves all that is kept in the one file."""
        with self._lock:
            self._connection.close()

    def _set_clock(self, spec: str) -> None:
        try:
            with database.writing(self._connection):
                database.put_clock(self._connection, database.get_clock(self._connection).changed(spec))
        except BaseException:
            self.close()
            raise

    def clock(self) -> Clock:
        """The clock of the sandbox. Raises AwsShadowError."""
        with self._lock:
            try:
                return database.get_clock(self._connection)
            except FILE_ERRORS as error:
                raise explained(error, self._folder) from error

    def answer(self, target: str, body: bytes, region: str, base_url: str = "http://127.0.0.1") -> Answer:
        """Answer one request: ``target`` is its ``X-Amz-Target``, ``base_url`` where the sandbox is
        reached, for the links it hands out. Never raises for what a request or the file holds."""
        name = target.removeprefix(TARGET_PREFIX)
        with self._lock:
            try:
                self._follow_file()
                try:
                    return self._attempt(target, body, region, base_url)
                except Exception as error:
                    if not self._mended(error):
                        raise
                return self._attempt(target, body, region, base_url)
            except Exception as error:
                return failed(error, name, self._folder)

    def share(
        self, region: str, serve: Callable[[Resources, Faults], T], *, reads: bool = False, settles: bool = True
    ) -> T:
        """Run ``serve`` on the resources of a region and the faults in force, for the services around SageMaker: what
        it changes is kept as a whole, and what is due is carried out before, unless it ``settles`` nothing. Raises what
        ``serve`` raises, and AwsShadowError for the file."""
        with self._lock:
            try:
                self._follow_file()
                clock, faults = database.get_clock(self._connection), Faults(kept_faults(self._connection))
                writes = not reads or (settles and is_due(self._connection, clock))
                try:
                    with (database.writing if writes else database.reading)(self._connection):
                        resources = Resources(self._connection, self.account, region, clock)
                        if writes and settles:
                            settle(resources, self._effects(faults))
                        return serve(resources, faults)
                finally:
                    if faults.changed:
                        self._store_counts(faults)
            except FILE_ERRORS as error:
                raise explained(error, self._folder) from error

    def _effects(self, faults: Faults, base_url: str = "") -> Effects:
        return OwnRequests(self._operation, faults, base_url, self.objects).effect

    def _follow_file(self) -> None:
        """Go over to the file that lies in the folder now, if it is another one. Raises AwsShadowError without one."""
        found = database.identity(self._folder)
        if found is None:
            raise AwsShadowError(f"the sandbox in {self._folder} was removed while it was in use; {REMEDY}")
        if found != self._file:
            fresh = database.connect(self._folder)
            self._connection.close()
            self._connection, self._file = fresh, database.identity(self._folder)

    def _mended(self, error: Exception) -> bool:
        """Whether there were rows that cannot be read; they are out of the way of the others then."""
        from awsshadow.sandbox import contents

        if isinstance(error, AwsShadowError) or is_passing_failure(error):
            return False
        with suppress(*FILE_ERRORS):
            return contents.mend(self._connection) > 0
        return False

    def _attempt(self, target: str, body: bytes, region: str, base_url: str) -> Answer:
        name = target.removeprefix(TARGET_PREFIX)
        faults = Faults(None)
        try:
            operation, params = self._read(target, body)
            faults = Faults(kept_faults(self._connection))
            document = self._serve(name, operation, params, region, base_url, faults)
            return answered(200, document, faults, name)
        except Refusal as refusal:
            return refused(refusal, faults, name)
        finally:
            if faults.changed:
                self._store_counts(faults)

    def _store_counts(self, faults: Faults) -> None:
        """Keep what faults have been used up, unless others were set in the meantime or the file is busy."""
        with suppress(*FILE_ERRORS), database.writing(self._connection):
            if database.get_note(self._connection, "", "faults", "") == faults.before:
                database.put_note(self._connection, "", "faults", "", faults.document)

    def input_of(self, operation: str) -> tuple[str | None, dict[str, dict[str, Any]]]:
        """The name of an operation's input shape, and the shapes by name. Raises Refusal for one that is none."""
        with self._lock:
            found = self._operation(operation)
            return found.input, found.shapes

    def _operation(self, name: str) -> Operation:
        """What the model says of an operation. Raises Refusal for a name that is none."""
        if name not in self._operations:
            self._operations[name] = Operation(self._store, name)
            self._learn(name)
        return self._operations[name]

    def _read(self, target: str, body: bytes) -> tuple[Operation, dict[str, Any]]:
        name = target.removeprefix(TARGET_PREFIX)
        if not target.startswith(TARGET_PREFIX) or not name.isalnum():
            raise Refusal("UnknownOperationException", f"not a SageMaker operation: {target[:100]}")
        operation = self._operation(name)
        try:
            params = parsed(body)
            check(params, operation.input, operation.shapes)
        except RecursionError as error:
            raise Refusal("SerializationException", "the body is nested too deeply") from error
        return operation, {k: v for k, v in params.items() if v is not None}

    def _learn(self, name: str) -> None:
        """Read from the model what the tables do not know, once one of its operations is asked for."""
        if not self._learnt and routing.kind(name) == "inferred":
            families.learn(self._store.model())
            self._learnt = True

    def _serve(
        self, name: str, operation: Operation, params: dict[str, Any], region: str, base_url: str, faults: Faults
    ) -> dict[str, Any]:
        faults.throttle(name)
        _, serve = routing.route(name)
        clock = database.get_clock(self._connection)
        reads = name.startswith(READING)
        writes = not reads or clock.mode == "step" or is_due(self._connection, clock)
        transaction = database.writing if writes else database.reading
        with transaction(self._connection):
            resources = Resources(self._connection, self.account, region, clock)
            effects = self._effects(faults, base_url)
            request = Request(
                name, params, operation.errors, resources, faults, base_url, effects, self._operation, self.objects
            )
            if writes:
                settle(resources, effects)
            if reads:
                return shaped(serve(request), operation)
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
        document = shaped(serve(request), operation)
        if token:
            request.resources.put_answer(request.operation, token, asked, json.dumps(document))
        settle(request.resources, request.effects)
        return document


def _repeated(row: tuple[str, str], asked: str, token: str, errors: list[str]) -> dict[str, Any]:
    if row[0] != asked:
        code = next((e for e in errors if e == "ConflictException"), "ValidationException")
        raise Refusal(code, f"The client token {token} was used before with different parameters.")
    document: dict[str, Any] = json.loads(row[1])
    return document
