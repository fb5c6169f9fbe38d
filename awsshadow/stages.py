"""The stages of an operation or a waiter, in order: arguments, connection, validation, the call, output.

The order is the reference's, because it decides which of several errors a user sees (behaviour:
output 0.1): what happens is what stands here. A stage is imported when it is reached.
"""

from __future__ import annotations

from awsshadow.errors import AwsShadowError, InvalidParametersError, NoStandardOutputError
from awsshadow.invocation import Call, Skeleton, Wait
from awsshadow.names import OUTPUT_VARIABLE, READ_ONLY_VARIABLE, SANDBOX_VARIABLE
from awsshadow.own_commands import EXTRA_OUTPUTS, has_extras
from awsshadow.streams import READER_GONE, is_reader_gone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.call import ConnectedOperation, LogClient, Threads, Transport
    from awsshadow.config.settings import Settings
    from awsshadow.errors import Problem
    from awsshadow.invocation import Checked, Command, Process
    from awsshadow.model import Slice
    from awsshadow.model.answer_shapes import AnswerShapes
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
            self.process.streams.write(make(skeleton.slice), documents.NO_STREAM[skeleton.form])
            if skeleton.form == "yaml-input" and self.process.streams.stdout is not None:
                # What the reference writes YAML with hands it on itself, and so finds out that nobody takes it.
                self.process.streams.stdout.flush()

    def _fake_response(self, skeleton: Skeleton, parameters: dict[str, Any]) -> None:
        from awsshadow import arguments
        from awsshadow import skeleton as documents
        from awsshadow.config.offline import needs_no_client

        settings, slice = self.checked.settings, skeleton.slice
        operation = None
        if slice.whole is not None or not needs_no_client(settings, self.process.environ):
            operation = self.connect(skeleton)
        document = documents.fake_output(slice)
        if document is None:  # of an output of an unknown kind; it is what the reference gets to look into
            raise TypeError("argument of type 'NoneType' is not iterable")
        arguments.validate(document, slice.output_shape, slice.all_shapes())
        if settings.validates:
            arguments.validate(parameters, slice.input_shape, slice.shapes)
        if operation is not None:
            operation.pretend(parameters, document)
        with self.printer(slice) as printer:
            printer.document(slice.operation, document)

    def _wait(self, wait: Wait) -> None:
        parameters, _ = self.resolve(wait)
        operation = self.connect(wait, self.transport())
        self.judge(wait.slice, parameters)
        from awsshadow.waiting.limits import Limits
        from awsshadow.waiting.status_line import drawer

        # In a pipe more is said only where more was asked for than the reference has.
        shown = drawer(self.process.streams, self.checked.settings, speaks=bool(wait.extra))
        operation.wait(parameters, Limits.given(wait.extra), shown)

    def _call_with_extras(self, given: Call) -> int:
        """A call with options that the reference does not have, or where only reading may be allowed."""
        if "dry-run" in given.extra:
            return self._dry_run(given)
        from awsshadow import resource_stages
        from awsshadow.model.reading import reads

        if has_extras(self.process.program):
            resource_stages.check_read_only(given.slice, self.process.environ)
        if "regions" in given.extra or "profiles" in given.extra:
            from awsshadow.fanout import everywhere

            everywhere.call(self, given)
        elif "exists" in given.extra:
            return 0 if resource_stages.exists(self, given) else 1
        elif "tail" in given.extra:
            from awsshadow import log_while_waiting

            log_while_waiting.check_can_tail(given)
            resource_stages.call_and_wait(self, given, log_while_waiting.watch_log)
        elif given.extra and reads(given.slice.operation):
            from awsshadow.fanout import hydrated

            hydrated.call(self, given)
        elif given.extra:
            resource_stages.call_and_wait(self, given)
        else:
            self._call(given)
        return 0

    def _dry_run(self, given: Call) -> int:
        """All that can be known to be wrong with a call, or the request; nothing is looked up or sent.

        Who has stopped reading is told by the exit code alone, as by commands of our own.
        """
        import json

        from awsshadow import arguments
        from awsshadow.call.request_body import request_body

        slice = given.slice
        stdout = self.process.streams.stdout
        if stdout is None:
            raise NoStandardOutputError
        parameters, _ = self.resolve(given)
        parameters.pop("PaginationConfig", None)
        form = self.checked.settings.get("cli_binary_format")
        arguments.decode_blobs(parameters, slice.input_shape, slice.shapes, form)
        arguments.validate(parameters, slice.input_shape, slice.shapes)
        body = json.loads(request_body(slice, parameters))
        arguments.check_constraints(body, slice.input_shape, slice.shapes)
        try:
            with self.printer() as printer:
                printer.document(slice.operation, body)
            stdout.flush()
        except OSError as error:
            if self.process.is_own:
                self.process.streams.forget_output()
            if is_reader_gone(error):
                return READER_GONE
            raise AwsShadowError(f"Cannot write to standard output: {error.strerror or error}") from None
        return 0

    def _call(self, given: Call) -> None:
        slice = given.slice
        parameters, paginate = self.resolve(given)
        operation = self.connect(given, self.transport(), parameters=parameters)
        # The output format of a listing is looked at before its parameters, because nothing is fetched until printed.
        printer = self.printer(slice) if paginate else None
        self.judge(slice, parameters, paginate)
        if printer is not None:
            try:
                with printer:
                    self._listing(slice.operation, operation, parameters, printer)
            except InvalidParametersError as error:
                error.problems = error.problems or self._problems(slice, parameters)
                raise
            return
        document = operation.call(parameters)
        with self.printer(slice) as printer:
            printer.document(slice.operation, document)

    def _listing(self, name: str, operation: ConnectedOperation, parameters: dict[str, Any], printer: Printer) -> None:
        """Print all pages; on a terminal a line says how far that is while nothing else is written there."""
        pages, streams = operation.pages(parameters), self.process.streams
        if not streams.is_tty("stderr"):
            printer.pages(name, pages)
            return
        from awsshadow.terminal.appearance import appearance
        from awsshadow.terminal.listing import WatchedPages

        options = self.checked.settings.globals
        look = appearance(streams, "stderr", self.process.environ, options.color)
        moves = not (options.debug or (printer.prints_as_it_reads and streams.is_tty("stdout")))
        watched = WatchedPages(name, pages, operation.traffic(), streams, look, moves, printer.prints_as_it_reads)
        with watched:
            printer.pages(name, watched)

    def resolve(self, command: Command) -> tuple[dict[str, Any], bool]:
        """See ``arguments.resolve``."""
        from awsshadow import arguments

        process = self.process
        found = arguments.resolve(command, process.environ, process.streams, has_extras(process.program))
        self.checked.parameters = found[0]
        return found

    @staticmethod
    def _problems(slice: Slice, parameters: dict[str, Any]) -> list[Problem]:
        """What a hint can say of the ``parameters`` of a listing, which were validated with its first request."""
        from awsshadow import arguments

        sent = {name: value for name, value in parameters.items() if name != "PaginationConfig"}
        try:
            arguments.validate(sent, slice.input_shape, slice.shapes)
        except InvalidParametersError as error:
            return error.problems
        return []

    def judge(self, slice: Slice, parameters: dict[str, Any], paginate: bool = False) -> None:
        """Put bytes in place of base64, and validate if the settings want it.

        A listing (``paginate``) is validated with its first request, which has the size of a page and the token, too,
        and after the token was read (behaviour: output 3.3).
        """
        from awsshadow import arguments

        settings = self.checked.settings
        arguments.decode_blobs(parameters, slice.input_shape, slice.shapes, settings.get("cli_binary_format"))
        if settings.validates and not paginate:
            arguments.validate(parameters, slice.input_shape, slice.shapes)

    def connect(
        self,
        command: Command,
        transport: Transport | None = None,
        settings: Settings | None = None,
        threads: Threads | None = None,
        parameters: dict[str, Any] | None = None,
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
            parameters=parameters,
        )

    def connect_logs(self, command: Command) -> LogClient:
        """See ``call.connect_logs``."""
        from awsshadow import call

        return call.connect_logs(command, self.checked.settings, self.process.environ, self.transport())

    def caller_account(self, command: Command, threads: Threads) -> str:
        """See ``call.caller_account``."""
        from awsshadow import call

        return call.caller_account(command, self.checked.settings, self.process.environ, self.transport(), threads)

    def _format(self) -> str:
        """The output format. Those that the reference does not have are never taken from what it reads, too."""
        settings, process = self.checked.settings, self.process
        if settings.globals.output is None and has_extras(process.program):
            own = process.environ.get(OUTPUT_VARIABLE)
            if own:
                return own
        found = settings.get("output") or ""
        if settings.globals.output is None and found in EXTRA_OUTPUTS:
            raise AwsShadowError(f"Unknown output type: {found}")
        return found

    def printer(self, answering: Slice | AnswerShapes | None = None) -> Printer:
        """A printer for the output format of the line and the answer of a command; None for what is none."""
        from awsshadow import output

        settings, streams = self.checked.settings, self.process.streams
        extras, color, view = has_extras(self.process.program), settings.globals.color, None
        if streams.is_tty("stdout"):
            from awsshadow.terminal.appearance import appearance, color_choice

            look = appearance(streams, "stdout", self.process.environ, color)
            color = color_choice(color, self.process.environ)
            view = output.view(look, self.process.environ, settings.pager, extras)
        printer = output.printer(self._format(), self.checked.query, color, streams, settings.pager, extras, view)
        printer.slice = answering
        return printer

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
