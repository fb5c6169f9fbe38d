"""The conductor: the stages of one invocation, in order. The one place that imports lazily.

The order is the reference's, because it decides which of several errors a user sees (contract,
input 1.1 and output 0.1). There are no hooks: what happens is what stands here.
"""

from __future__ import annotations

import sys

from awsshadow import command_line
from awsshadow.config import checks
from awsshadow.config.files import read_config_files
from awsshadow.config.settings import Settings
from awsshadow.errors import (
    AwsShadowError,
    OtherServiceError,
    UnknownOptionsError,
    UsageError,
)
from awsshadow.invocation import Call, Globals, Help, ShellAlias, Skeleton, Version, Wait
from awsshadow.names import SERVICE
from awsshadow.own_commands import REFERENCE_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.call import Transport
    from awsshadow.commands import Asked
    from awsshadow.invocation import Invocation, Process
    from awsshadow.output import Expression, Printer

#: The exit code after Ctrl-C.
INTERRUPTED = 130


def carry_out(process: Process, argv: list[str]) -> int:
    """Carry out one command line and return its exit code; what goes wrong is reported, and never raised."""
    conductor = Conductor(process)
    try:
        return conductor.run(argv)
    except KeyboardInterrupt:
        return _interrupted(process)
    except Exception as error:
        return _interrupted(process) if _comes_of_interrupt(error) else conductor.report(error)


def _interrupted(process: Process) -> int:
    if process.is_own:
        # What was interrupted half-made may complain when it is taken apart, which nobody wants to read.
        sys.unraisablehook = lambda _: None
    if process.streams.stdout is not None:
        process.streams.stdout.write("\n")
    return INTERRUPTED


def _comes_of_interrupt(error: BaseException | None) -> bool:
    """Whether it was Ctrl-C: Python wraps what goes wrong while a class is made, at an import say."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


class Checked:
    """What is set, as far as it has been checked: all that the report of an error needs to know.

    ``warns``: the reference's log is not set up yet, so its warnings can be seen.
    """

    def __init__(self, settings: Settings, query: Expression | None = None, warns: bool = False) -> None:
        self.settings = settings
        self.query = query
        self.warns = warns


class Conductor:
    """One invocation on its way through the stages."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._program = process.program
        self._environ = process.environ
        self._streams = process.streams
        #: Whether there is what the reference does not have: never under its name.
        self._extras = process.program != REFERENCE_NAME
        #: None until the user's files have been read.
        self._checked: Checked | None = None
        #: Whether an own command was told to show where an error comes from.
        self._debug = False

    def run(self, argv: list[str]) -> int:
        """Carry out one command line and return its exit code. Raises whatever went wrong."""
        if self._extras and argv[:1] != [SERVICE]:
            from awsshadow import commands

            asked = commands.asked(argv)
            if asked is not None:
                return self._own_command(asked)
        command_line.first_pass(argv, self._program)
        files = read_config_files(self._environ)
        settings = Settings(Globals(), self._environ, files)
        self._checked = Checked(settings, warns=True)
        mode = self._prompt_mode(argv, settings)
        if mode == "on":
            return self._prompt(argv, settings)
        try:
            return self._understood(argv, settings)
        except UsageError as error:
            if mode != "on-partial":
                raise
            if isinstance(error, UnknownOptionsError):
                self.report(error)
            return self._prompt(argv, settings)

    def report(self, error: Exception) -> int:
        """Write ``error`` to standard error in the format asked for and return its exit code."""
        from awsshadow.report import report

        checked = self._checked
        settings = None if checked is None else checked.settings
        if (self._debug or (settings is not None and settings.globals.debug)) and self._streams.stderr is not None:
            from awsshadow.call import debug

            self._streams.stderr.write(debug.traceback_text(error, self._environ))
        return report(error, self._program, settings, self._streams, checked is None or checked.warns)

    def _prompt_mode(self, argv: list[str], settings: Settings) -> str:
        """Whether to ask for the command line. Costs nothing unless something on it or set asks for it."""
        if "--cli-auto-prompt" not in argv and settings.get("cli_auto_prompt") == "off":
            return "off"
        from awsshadow import prompt

        return prompt.wanted(argv, settings)

    def _prompt(self, argv: list[str], settings: Settings) -> int:
        from awsshadow import prompt

        try:
            words = prompt.ask(argv, self._program, self._environ, self._streams, settings.complaint)
        except prompt.Abandoned:
            return INTERRUPTED
        return self._understood(words, settings)

    def _understood(self, argv: list[str], settings: Settings) -> int:
        """From the words of a command line to its exit code; ``settings`` are those without them."""
        steps = command_line.steps(argv, self._program, self._environ, friendly=self._streams.is_tty("stdout"))
        checked = Checked(settings, warns=True)
        try:
            while True:
                checked = self._check(next(steps), checked.settings)
        except StopIteration as end:
            invocation: Invocation = end.value
        except OtherServiceError as error:
            return self._hand_over(argv, error)
        return self._act(invocation, checked)

    def _check(self, given: Globals, before: Settings) -> Checked:
        """What the reference checks once the global options are known, before the operation.

        The profile of the command line takes effect once the query and the endpoint's URL have been
        looked at: until then that of ``before`` says how an error is written.
        """
        settings = Settings(given, self._environ, before.files)
        self._checked = Checked(settings.of_profile(before.profile), warns=True)
        query = None
        if given.query is not None:
            from awsshadow.output import compile_query

            query = compile_query(given.query)
        if given.endpoint_url is not None:
            checks.check_endpoint_url(given.endpoint_url)
        self._checked = Checked(settings, query)
        checks.check(settings, self._streams)
        return self._checked

    def _hand_over(self, argv: list[str], error: OtherServiceError) -> int:
        """A command of another service goes to the next ``aws``; without one it stays an error."""
        from awsshadow import handover

        path = handover.next_aws(self._environ, self._process.path)
        if path is None:
            error.hint = handover.NO_OTHER
            raise error
        for stream in (self._streams.stdout, self._streams.stderr):
            if stream is not None:
                stream.flush()
        return handover.hand_over(path, argv, self._environ, self._process.path, replace=self._process.is_own)

    def _own_command(self, asked: Asked) -> int:
        from awsshadow import commands
        from awsshadow.commands.tree.console import Console

        console = Console(self._process, asked.before)
        try:
            return commands.run(asked.words, console)
        finally:
            self._debug = console.debug

    def _act(self, invocation: Invocation, checked: Checked) -> int:
        match invocation:
            case Version():
                from awsshadow.version import version_line

                self._write(version_line(self._program, self._environ) + "\n")
                return 0
            case ShellAlias(text=text):
                import subprocess

                return subprocess.call(text, shell=True)  # noqa: S602 - a shell is what a `!` alias is for
            case Help(lineage=lineage):
                self._help(lineage, checked)
            case Skeleton():
                self._skeleton(invocation, checked)
            case Wait():
                self._wait(invocation, checked)
            case Call() if "dry-run" in invocation.extra:
                self._dry_run(invocation, checked)
            case Call():
                self._call(invocation, checked)
        return 0

    def _help(self, lineage: tuple[str, ...], checked: Checked) -> None:
        from awsshadow import help
        from awsshadow.model import find_store

        store = find_store(self._environ)
        help.show(lineage, store, checked.settings, self._environ, self._streams, self._program)

    def _skeleton(self, skeleton: Skeleton, checked: Checked) -> None:
        """The form of an input, or a made-up answer; nothing is sent."""
        from awsshadow import arguments

        parameters, _ = arguments.resolve(skeleton, self._environ, self._streams, self._extras)
        from awsshadow import skeleton as documents

        if skeleton.form == "output":
            self._fake_response(skeleton, checked, parameters)
        else:
            make = documents.input_json if skeleton.form == "input" else documents.input_yaml
            self._write(make(skeleton.slice))

    def _fake_response(self, skeleton: Skeleton, checked: Checked, parameters: dict[str, Any]) -> None:
        from awsshadow import arguments
        from awsshadow import skeleton as documents
        from awsshadow.config.offline import needs_no_client

        settings, piece = checked.settings, skeleton.slice
        if not needs_no_client(settings, self._environ):
            from awsshadow import call

            call.connect(skeleton, settings, self._environ, self._streams)
        document = documents.fake_output(piece)
        arguments.validate(document, piece.output_shape, piece.all_shapes())
        if settings.validates:
            arguments.validate(parameters, piece.input_shape, piece.shapes)
        with self._printer(checked) as printer:
            printer.document(piece.operation, document)

    def _wait(self, wait: Wait, checked: Checked) -> None:
        from awsshadow import arguments, call

        settings, piece = checked.settings, wait.slice
        parameters, _ = arguments.resolve(wait, self._environ, self._streams, self._extras)
        wire = call.connect(wait, settings, self._environ, self._streams, self._transport())
        if settings.validates:
            arguments.validate(parameters, piece.input_shape, piece.shapes)
        wire.wait(parameters)

    def _dry_run(self, given: Call, checked: Checked) -> None:
        """All that can be known to be wrong with a call, or the request; nothing is looked up or sent."""
        import json

        from awsshadow import arguments
        from awsshadow.call.request_body import request_body

        piece = given.slice
        parameters, _ = arguments.resolve(given, self._environ, self._streams, self._extras)
        parameters.pop("PaginationConfig", None)
        arguments.validate(parameters, piece.input_shape, piece.shapes)
        body = json.loads(request_body(piece, parameters))
        arguments.check_constraints(body, piece.input_shape, piece.shapes)
        with self._printer(checked) as printer:
            printer.document(piece.operation, body)

    def _call(self, given: Call, checked: Checked) -> None:
        from awsshadow import arguments, call

        settings, piece = checked.settings, given.slice
        parameters, paginate = arguments.resolve(given, self._environ, self._streams, self._extras)
        wire = call.connect(given, settings, self._environ, self._streams, self._transport())
        # The output format of a listing is looked at before its parameters, because nothing is fetched until printed.
        printer = self._printer(checked) if paginate else None
        if settings.validates:
            sent = {k: v for k, v in parameters.items() if not paginate or k != "PaginationConfig"}
            arguments.validate(sent, piece.input_shape, piece.shapes)
        if printer is not None:
            with printer:
                printer.pages(piece.operation, wire.pages(parameters))
            return
        document = wire.call(parameters)
        with self._printer(checked) as printer:
            printer.document(piece.operation, document)

    def _printer(self, checked: Checked) -> Printer:
        from awsshadow import output

        settings = checked.settings
        return output.printer(
            settings.get("output") or "", checked.query, settings.globals.color, self._streams, settings.pager
        )

    def _transport(self) -> Transport | None:
        folder = self._environ.get("AWSSHADOW_SANDBOX")
        if not folder:
            return None
        from awsshadow.sandbox.serving import in_process

        return in_process.transport(folder, self._environ)

    def _write(self, text: str) -> None:
        stdout = self._streams.stdout
        if stdout is None:
            raise AwsShadowError("'NoneType' object has no attribute 'write'")
        stdout.write(text)
