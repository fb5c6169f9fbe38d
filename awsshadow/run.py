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
from awsshadow.invocation import Globals
from awsshadow.own_commands import OWN_COMMANDS, REFERENCE_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.call import Transport
    from awsshadow.config.files import ConfigFiles
    from awsshadow.invocation import Invocation
    from awsshadow.output import Expression, Printer
    from awsshadow.streams import Streams

#: The exit code after Ctrl-C.
INTERRUPTED = 130


class Conductor:
    """One invocation on its way through the stages; keeps what an error report needs to know."""

    def __init__(self, program: str, environ: dict[str, str], streams: Streams) -> None:
        self._program = program
        self._environ = environ
        self._streams = streams
        self._settings: Settings | None = None
        self._expression: Expression | None = None
        self._debug = False
        self._warns = True  # until the reference's log is set up, its warnings can be seen

    def run(self, argv: list[str]) -> int:
        """Carry out one command line and return its exit code. Raises whatever went wrong."""
        if argv and argv[0] in OWN_COMMANDS and self._program != REFERENCE_NAME:
            return self._own_command(argv[0], argv[1:])
        command_line.first_pass(argv, self._program)
        files = read_config_files(self._environ)
        self._settings = Settings(Globals(), self._environ, files)
        mode = self._prompt_mode(argv)
        if mode == "on":
            return self._prompt(argv, files)
        try:
            return self._go(argv, files)
        except UsageError as error:
            if mode != "on-partial":
                raise
            if isinstance(error, UnknownOptionsError):
                self.report(error)
            return self._prompt(argv, files)

    def _go(self, argv: list[str], files: ConfigFiles) -> int:
        """From the words of a command line to its exit code."""
        try:
            invocation = command_line.parse(
                argv,
                self._program,
                self._environ,
                check=lambda given: self._check(given, files),
                friendly=self._streams.is_tty("stdout"),
            )
        except OtherServiceError as error:
            return self._hand_over(argv, error)
        return self._act(invocation)

    def report(self, error: Exception) -> int:
        """Write ``error`` to standard error in the format asked for and return its exit code."""
        from awsshadow.report import report

        if self._debug and self._streams.stderr is not None:
            from awsshadow.call import debug

            self._streams.stderr.write(debug.traceback_text(error, self._environ))
        return report(error, self._program, self._settings, self._streams, self._warns)

    def _prompt_mode(self, argv: list[str]) -> str:
        """Whether to ask for the command line. Costs nothing unless something on it or set asks for it."""
        assert self._settings is not None
        if "--cli-auto-prompt" not in argv and self._settings.get("cli_auto_prompt") == "off":
            return "off"
        from awsshadow import prompt

        return prompt.wanted(argv, self._settings)

    def _prompt(self, argv: list[str], files: ConfigFiles) -> int:
        from awsshadow import prompt

        assert self._settings is not None
        try:
            words = prompt.ask(argv, self._program, self._environ, self._streams, self._settings.complaint)
        except prompt.Abandoned:
            return INTERRUPTED
        return self._go(words, files)

    def _hand_over(self, argv: list[str], error: OtherServiceError) -> int:
        """A command of another service goes to the next ``aws``; without one it stays an error."""
        from awsshadow import handover

        path = handover.next_aws(self._environ, sys.argv[0])
        if path is None:
            error.hint = handover.NO_OTHER
            raise error
        for stream in (self._streams.stdout, self._streams.stderr):
            if stream is not None:
                stream.flush()
        return handover.hand_over(path, argv, self._environ)

    def _own_command(self, name: str, arguments: list[str]) -> int:
        import importlib

        module = importlib.import_module(OWN_COMMANDS[name][0])
        code: int = module.main(arguments, self._program, self._environ, self._streams)
        return code

    def _check(self, given: Globals, files: ConfigFiles) -> None:
        """What the reference checks once the global options are known, before the operation."""
        settings = Settings(given, self._environ, files)
        assert self._settings is not None
        # The profile of the command line takes effect once these two have been looked at.
        settings.profile, profile = self._settings.profile, settings.profile
        self._settings = settings
        self._debug = given.debug
        if given.query is not None:
            from awsshadow.output import compile_query

            self._expression = compile_query(given.query)
        if given.endpoint_url is not None:
            checks.check_endpoint_url(given.endpoint_url)
        self._warns = False
        settings.profile = profile
        checks.check(settings, self._streams)

    def _act(self, invocation: Invocation) -> int:
        if invocation.action == "version":
            from awsshadow.version import version_line

            self._write(version_line(self._program, self._environ) + "\n")
            return 0
        if invocation.action == "alias":
            import subprocess

            return subprocess.call(invocation.alias, shell=True)  # noqa: S602 - a shell is what a `!` alias is for
        if invocation.action == "help":
            return self._help(invocation)
        return self._command(invocation)

    def _help(self, invocation: Invocation) -> int:
        from awsshadow import help
        from awsshadow.model import find_store

        assert self._settings is not None
        help.show(
            invocation.lineage,
            find_store(self._environ),
            self._settings,
            self._environ,
            self._streams,
            self._program,
        )
        return 0

    def _command(self, invocation: Invocation) -> int:
        """An operation or a waiter: arguments, then a skeleton or a call."""
        from awsshadow import arguments

        settings, piece = self._settings, invocation.slice
        assert settings is not None
        assert piece is not None
        parameters, paginate = arguments.resolve(invocation, self._environ, self._streams)
        skeleton = invocation.given.get("generate-cli-skeleton")
        if skeleton in ("input", "yaml-input"):
            from awsshadow import skeleton as documents

            make = documents.input_json if skeleton == "input" else documents.input_yaml
            self._write(make(piece))
            return 0
        if skeleton == "output":
            return self._fake_response(invocation, settings, parameters)
        return self._call(invocation, settings, parameters, paginate)

    def _fake_response(self, invocation: Invocation, settings: Settings, parameters: dict[str, Any]) -> int:
        from awsshadow import arguments, skeleton

        piece = invocation.slice
        assert piece is not None
        from awsshadow.config.offline import needs_no_client

        if not needs_no_client(settings, self._environ):
            from awsshadow import call

            call.connect(invocation, settings, self._environ, self._streams, own_process=True)
        document = skeleton.fake_output(piece)
        if piece.output_shape:
            arguments.validate(document, piece.output_shape, piece.all_shapes())
        if piece.input_shape and settings.validates:
            arguments.validate(parameters, piece.input_shape, piece.shapes)
        with self._printer(settings) as printer:
            printer.document(piece.operation, document)
        return 0

    def _call(self, invocation: Invocation, settings: Settings, parameters: dict[str, Any], paginate: bool) -> int:
        from awsshadow import arguments, call

        piece = invocation.slice
        assert piece is not None
        wire = call.connect(invocation, settings, self._environ, self._streams, self._transport(), own_process=True)
        sent = {k: v for k, v in parameters.items() if not paginate or k != "PaginationConfig"}
        # The output format of a listing is looked at before its parameters, because nothing is fetched until printed.
        printer = self._printer(settings) if paginate else None
        if settings.validates:
            arguments.validate(sent, piece.input_shape, piece.shapes)
        if invocation.action == "wait":
            wire.wait(parameters)
            return 0
        if printer is not None:
            with printer:
                printer.pages(piece.operation, wire.pages(parameters))
            return 0
        document = wire.call(parameters)
        with self._printer(settings) as printer:
            printer.document(piece.operation, document)
        return 0

    def _printer(self, settings: Settings) -> Printer:
        from awsshadow import output

        return output.printer(
            settings.get("output") or "", self._expression, settings.globals.color, self._streams, settings.pager
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
