"""The stages of an operation or a waiter, in order: arguments, connection, validation, the call, output.

The order is the reference's, because it decides which of several errors a user sees (behaviour:
output 0.1): what happens is what stands here. A stage is imported when it is reached.
"""

from __future__ import annotations

from awsshadow.errors import AwsShadowError
from awsshadow.invocation import Call, Skeleton, Wait
from awsshadow.names import OUTPUT_VARIABLE, SANDBOX_VARIABLE
from awsshadow.own_commands import EXTRA_OUTPUTS, has_extras

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.call import ConnectedOperation, Transport
    from awsshadow.invocation import Checked, Command, Process
    from awsshadow.model import Slice
    from awsshadow.output import Printer


class Stages:
    """One command on its way through the stages."""

    def __init__(self, process: Process, checked: Checked) -> None:
        self._process = process
        self._checked = checked
        #: What answers calls in the place of the service, once one is made.
        self._sandbox: Transport | None = None

    def carry_out(self, command: Skeleton | Wait | Call) -> None:
        """Carry out ``command``; its result has been written. Raises whatever went wrong."""
        try:
            match command:
                case Skeleton():
                    self._skeleton(command)
                case Wait():
                    self._wait(command)
                case Call() if "dry-run" in command.extra:
                    self._dry_run(command)
                case Call():
                    self._call(command)
        finally:
            if self._sandbox is not None:
                self._sandbox.close()

    def _skeleton(self, skeleton: Skeleton) -> None:
        """The form of an input, or a made-up answer; nothing is sent."""
        parameters, _ = self._resolve(skeleton)
        from awsshadow import skeleton as documents

        if skeleton.form == "output":
            self._fake_response(skeleton, parameters)
        else:
            make = documents.input_json if skeleton.form == "input" else documents.input_yaml
            self._process.streams.write(make(skeleton.slice))

    def _fake_response(self, skeleton: Skeleton, parameters: dict[str, Any]) -> None:
        from awsshadow import arguments
        from awsshadow import skeleton as documents
        from awsshadow.config.offline import needs_no_client

        settings, slice = self._checked.settings, skeleton.slice
        if not needs_no_client(settings, self._process.environ):
            self._connect(skeleton)
        document = documents.fake_output(slice)
        arguments.validate(document, slice.output_shape, slice.all_shapes())
        if settings.validates:
            arguments.validate(parameters, slice.input_shape, slice.shapes)
        with self._printer(slice) as printer:
            printer.document(slice.operation, document)

    def _wait(self, wait: Wait) -> None:
        from awsshadow import arguments

        settings, slice = self._checked.settings, wait.slice
        parameters, _ = self._resolve(wait)
        operation = self._connect(wait, self._transport())
        if settings.validates:
            arguments.validate(parameters, slice.input_shape, slice.shapes)
        operation.wait(parameters)

    def _dry_run(self, given: Call) -> None:
        """All that can be known to be wrong with a call, or the request; nothing is looked up or sent."""
        import json

        from awsshadow import arguments
        from awsshadow.call.request_body import request_body

        slice = given.slice
        parameters, _ = self._resolve(given)
        parameters.pop("PaginationConfig", None)
        arguments.validate(parameters, slice.input_shape, slice.shapes)
        body = json.loads(request_body(slice, parameters))
        arguments.check_constraints(body, slice.input_shape, slice.shapes)
        with self._printer() as printer:
            printer.document(slice.operation, body)

    def _call(self, given: Call) -> None:
        from awsshadow import arguments

        settings, slice = self._checked.settings, given.slice
        parameters, paginate = self._resolve(given)
        operation = self._connect(given, self._transport())
        # The output format of a listing is looked at before its parameters, because nothing is fetched until printed.
        printer = self._printer(slice) if paginate else None
        if settings.validates:
            sent = {k: v for k, v in parameters.items() if not paginate or k != "PaginationConfig"}
            arguments.validate(sent, slice.input_shape, slice.shapes)
        if printer is not None:
            with printer:
                printer.pages(slice.operation, operation.pages(parameters))
            return
        document = operation.call(parameters)
        with self._printer(slice) as printer:
            printer.document(slice.operation, document)

    def _resolve(self, command: Command) -> tuple[dict[str, Any], bool]:
        from awsshadow import arguments

        process = self._process
        return arguments.resolve(command, process.environ, process.streams, has_extras(process.program))

    def _connect(self, command: Command, transport: Transport | None = None) -> ConnectedOperation:
        from awsshadow import call

        process = self._process
        return call.connect(
            command, self._checked.settings, process.environ, process.streams, transport, own_process=process.is_own
        )

    def _printer(self, answering: Slice | None = None) -> Printer:
        """What prints the answer of the command ``answering``; None for what is none."""
        from awsshadow import output

        settings = self._checked.settings
        printer = output.printer(
            self._format(), self._checked.query, settings.globals.color, self._process.streams, settings.pager
        )
        printer.slice = answering
        return printer

    def _format(self) -> str:
        """The output format. Those that the reference does not have are never taken from what it reads, too."""
        settings, process = self._checked.settings, self._process
        if settings.globals.output is None and has_extras(process.program):
            own = process.environ.get(OUTPUT_VARIABLE)
            if own:
                return own
        found = settings.get("output") or ""
        if settings.globals.output is None and found in EXTRA_OUTPUTS:
            raise AwsShadowError(f"Unknown output type: {found}")
        return found

    def _transport(self) -> Transport | None:
        folder = self._process.environ.get(SANDBOX_VARIABLE)
        if not folder:
            return None
        from awsshadow.sandbox.serving import in_process

        self._sandbox = in_process.transport(folder, self._process.environ)
        return self._sandbox
