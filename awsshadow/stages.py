"""The stages of an operation or a waiter, in order: arguments, connection, validation, the call, output.

The order is the reference's, because it decides which of several errors a user sees (behaviour:
output 0.1): what happens is what stands here. A stage is imported when it is reached.
"""

from __future__ import annotations

from awsshadow.invocation import Call, Skeleton, Wait
from awsshadow.names import READ_ONLY_VARIABLE, SANDBOX_VARIABLE
from awsshadow.own_commands import has_extras

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.call import ConnectedOperation, Threads, Transport
    from awsshadow.config.settings import Settings
    from awsshadow.invocation import Checked, Command, Process
    from awsshadow.output import Printer


class Stages:
    """One command on its way through the stages."""

    def __init__(self, process: Process, checked: Checked) -> None:
        self.process = process
        self.checked = checked
        #: What answers calls in the place of the service, once one is made.
        self._sandbox: Transport | None = None

    def carry_out(self, command: Skeleton | Wait | Call) -> int:
        """Carry out ``command`` and return its exit code; its result has been written. Raises whatever went wrong."""
        code = 0
        try:
            match command:
                case Skeleton():
                    self._skeleton(command)
                case Wait():
                    self._wait(command)
                case Call() if command.extra or READ_ONLY_VARIABLE in self.process.environ:
                    code = self._call_with_extras(command)
                case Call():
                    self._call(command)
        finally:
            self.close()
        return code

    def close(self) -> None:
        """Let go of what answers in the place of the service."""
        if self._sandbox is not None:
            self._sandbox.close()

    def _skeleton(self, skeleton: Skeleton) -> None:
        """The form of an input, or a made-up answer; nothing is sent."""
        parameters, _ = self.resolve(skeleton)
        from awsshadow import skeleton as documents

        if skeleton.form == "output":
            self._fake_response(skeleton, parameters)
        else:
            make = documents.input_json if skeleton.form == "input" else documents.input_yaml
            self.process.streams.write(make(skeleton.slice))

    def _fake_response(self, skeleton: Skeleton, parameters: dict[str, Any]) -> None:
        from awsshadow import arguments
        from awsshadow import skeleton as documents
        from awsshadow.config.offline import needs_no_client

        settings, slice = self.checked.settings, skeleton.slice
        if not needs_no_client(settings, self.process.environ):
            self.connect(skeleton)
        document = documents.fake_output(slice)
        arguments.validate(document, slice.output_shape, slice.all_shapes())
        if settings.validates:
            arguments.validate(parameters, slice.input_shape, slice.shapes)
        with self.printer() as printer:
            printer.document(slice.operation, document)

    def _wait(self, wait: Wait) -> None:
        from awsshadow import arguments

        settings, slice = self.checked.settings, wait.slice
        parameters, _ = self.resolve(wait)
        operation = self.connect(wait, self.transport())
        if settings.validates:
            arguments.validate(parameters, slice.input_shape, slice.shapes)
        extras = has_extras(self.process.program)
        limits = None
        if wait.extra:
            from awsshadow.waiting.limits import Limits

            limits = Limits.given(wait.extra)
        operation.wait(parameters, limits, extras)

    def _call_with_extras(self, given: Call) -> int:
        """A call with options that the reference does not have, or where only reading may be allowed."""
        if "dry-run" in given.extra:
            self._dry_run(given)
            return 0
        from awsshadow import resource_stages
        from awsshadow.model.reading import reads

        if has_extras(self.process.program):
            resource_stages.check_read_only(given.slice, self.process.environ)
        if "regions" in given.extra or "profiles" in given.extra:
            from awsshadow.fanout import everywhere

            everywhere.call(self, given)
        elif "exists" in given.extra:
            return 0 if resource_stages.exists(self, given) else 1
        elif given.extra and reads(given.slice.operation):
            from awsshadow.fanout import hydrated

            hydrated.call(self, given)
        elif given.extra:
            resource_stages.call_and_wait(self, given)
        else:
            self._call(given)
        return 0

    def _dry_run(self, given: Call) -> None:
        """All that can be known to be wrong with a call, or the request; nothing is looked up or sent."""
        import json

        from awsshadow import arguments
        from awsshadow.call.request_body import request_body

        slice = given.slice
        parameters, _ = self.resolve(given)
        parameters.pop("PaginationConfig", None)
        arguments.validate(parameters, slice.input_shape, slice.shapes)
        body = json.loads(request_body(slice, parameters))
        arguments.check_constraints(body, slice.input_shape, slice.shapes)
        with self.printer() as printer:
            printer.document(slice.operation, body)

    def _call(self, given: Call) -> None:
        from awsshadow import arguments

        settings, slice = self.checked.settings, given.slice
        parameters, paginate = self.resolve(given)
        operation = self.connect(given, self.transport())
        # The output format of a listing is looked at before its parameters, because nothing is fetched until printed.
        printer = self.printer() if paginate else None
        if settings.validates:
            sent = {k: v for k, v in parameters.items() if not paginate or k != "PaginationConfig"}
            arguments.validate(sent, slice.input_shape, slice.shapes)
        if printer is not None:
            with printer:
                printer.pages(slice.operation, operation.pages(parameters))
            return
        document = operation.call(parameters)
        with self.printer() as printer:
            printer.document(slice.operation, document)

    def resolve(self, command: Command) -> tuple[dict[str, Any], bool]:
        """See ``arguments.resolve``."""
        from awsshadow import arguments

        process = self.process
        return arguments.resolve(command, process.environ, process.streams, has_extras(process.program))

    def connect(
        self,
        command: Command,
        transport: Transport | None = None,
        settings: Settings | None = None,
        threads: Threads | None = None,
    ) -> ConnectedOperation:
        """See ``call.connect``; ``settings`` None are those of the line."""
        from awsshadow import call

        process = self.process
        return call.connect(
            command,
            settings or self.checked.settings,
            process.environ,
            process.streams,
            transport,
            own_process=process.is_own,
            threads=threads,
        )

    def printer(self) -> Printer:
        """A printer for the output format of the line."""
        from awsshadow import output

        settings = self.checked.settings
        return output.printer(
            settings.get("output") or "",
            self.checked.query,
            settings.globals.color,
            self.process.streams,
            settings.pager,
        )

    def transport(self) -> Transport | None:
        """What answers calls in the place of the service, always the same; None for the network."""
        if self._sandbox is not None:
            return self._sandbox
        folder = self.process.environ.get(SANDBOX_VARIABLE)
        if not folder:
            return None
        from awsshadow.sandbox.serving import in_process

        self._sandbox = in_process.transport(folder, self.process.environ)
        return self._sandbox
