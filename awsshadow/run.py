"""The conductor: the stages of one invocation, in order. A door, which imports what comes next.

The order is the reference's, because it decides which of several errors a user sees (behaviour:
input 1.1, output 0.1). There are no hooks: what happens is what stands here.
"""

from __future__ import annotations

import sys

from awsshadow import command_line
from awsshadow.config import checks
from awsshadow.config.files import read_config_files
from awsshadow.config.settings import Settings
from awsshadow.errors import PROMPT_MISSING, InterruptedLines, OtherServiceError, UnknownOptionsError, UsageError
from awsshadow.invocation import Call, Checked, Globals, Help, ShellAlias, Skeleton, Version, Wait
from awsshadow.names import BROKEN_PIPE_VARIABLE, QUIET, SERVICE
from awsshadow.own_commands import has_extras
from awsshadow.streams import READER_GONE, is_reader_gone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands import Asked
    from awsshadow.invocation import Invocation, Process
    from awsshadow.stages import Stages

#: The exit code after Ctrl-C.
INTERRUPTED = 130


def carry_out(process: Process, argv: list[str]) -> int:
    """Carry out one command line and return its exit code; what goes wrong is reported, and never raised."""
    is_quiet = _is_quiet(process)
    conductor = Conductor(process)
    try:
        code = conductor.run(argv)
    except KeyboardInterrupt as error:
        code = _interrupted(process, error)
    except Exception as error:
        if _comes_of_interrupt(error):
            code = _interrupted(process)
        elif is_quiet and (is_reader_gone(error) or is_reader_gone(error.__cause__)):
            code = READER_GONE
        else:
            code = conductor.report(error)
    if not process.is_own and "awsshadow.call.debug" in sys.modules:
        from awsshadow.call.debug import stop_log

        stop_log()
    return _flushed(process, code) if is_quiet else code


def _is_quiet(process: Process) -> bool:
    """Whether a reader that has gone is told by the exit code alone."""
    return process.environ.get(BROKEN_PIPE_VARIABLE, "").lower() == QUIET and has_extras(process.program)


def _flushed(process: Process, code: int) -> int:
    """The exit code once the reader has got what is buffered, where it may be told that there is none any more."""
    try:
        if process.streams.stdout is not None:
            process.streams.stdout.flush()
    except (OSError, ValueError) as error:
        if not is_reader_gone(error):
            return code  # which the interpreter finds out, too
        if process.is_own:
            process.streams.forget_output()
        return code or READER_GONE
    return code


def _interrupted(process: Process, error: KeyboardInterrupt | None = None) -> int:
    if process.is_own:
        # What was interrupted half-made may complain when it is taken apart, which nobody wants to read.
        sys.unraisablehook = lambda _: None
    if process.streams.stdout is not None and not isinstance(error, InterruptedLines):
        process.streams.stdout.write("\n" + process.streams.resets)
    return INTERRUPTED


def _comes_of_interrupt(error: BaseException | None) -> bool:
    """Whether it was Ctrl-C: Python wraps what goes wrong while a class is made, at an import say."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


class Conductor:
    """One invocation on its way through the stages."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._program = process.program
        self._environ = process.environ
        self._streams = process.streams
        #: None until the user's files have been read.
        self._checked: Checked | None = None
        #: Whether an own command was told to show where an error comes from.
        self._debug = False
        #: The words of the command line.
        self._words: list[str] = []

    def run(self, argv: list[str]) -> int:
        """Carry out one command line and return its exit code. Raises whatever went wrong."""
        self._words = argv
        if has_extras(self._program) and argv[:1] != [SERVICE]:
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
        if len(argv) < 2 and mode != "on-partial" and self._shows_start_page(argv):
            return UsageError.exit_code
        try:
            return self._understood(argv, settings)
        except UsageError as error:
            if mode == "missing":
                error.notice = PROMPT_MISSING
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

            self._streams.stderr.write(debug.traceback_text(error, self._environ, settings))
        code = report(error, self._program, settings, self._streams, checked is None or checked.warns)
        self._hint(error)
        return code

    def _hint(self, error: Exception | None) -> None:
        """Say at a terminal what to do about ``error``, or what looks wrong where there is none."""
        if self._streams.is_tty("stderr"):
            from awsshadow import hints

            hints.show(error, self._process, self._words, self._checked)

    def _prompt_mode(self, argv: list[str], settings: Settings) -> str:
        """Whether to ask for the command line. Costs nothing unless something on it or set asks for it."""
        if "--cli-auto-prompt" not in argv and settings.get("cli_auto_prompt") == "off":
            return "off"
        from awsshadow import prompt

        return prompt.wanted(argv, settings, self._streams)

    def _shows_start_page(self, argv: list[str]) -> bool:
        """Say what to begin with, to a person who typed the program's name alone or the service's behind it."""
        if not (has_extras(self._program) and self._streams.is_tty("stdout") and self._streams.is_tty("stderr")):
            return False
        from awsshadow.terminal.appearance import appearance
        from awsshadow.terminal.start_page import is_start, start_page

        stderr = self._streams.stderr
        if stderr is None or not is_start(argv):
            return False
        stderr.write(start_page(argv, self._program, appearance(self._streams, "stderr", self._environ)))
        return True

    def _prompt(self, argv: list[str], settings: Settings) -> int:
        from awsshadow import prompt

        try:
            words = prompt.ask(argv, self._program, self._environ, self._streams, settings)
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
            if not error.is_newer:  # of such a one the reference says no more either
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
            self._checked = console.checked

    def _act(self, invocation: Invocation, checked: Checked) -> int:
        match invocation:
            case Version():
                from awsshadow.version import version_line

                line = version_line(self._program, self._environ) + "\n"
                if _is_quiet(self._process):
                    self._streams.write(line)
                else:
                    self._streams.announce(line)
                self._hint(None)
                return 0
            case ShellAlias(text=text):
                import subprocess

                return subprocess.call(text, shell=True)  # noqa: S602 - a shell is what a `!` alias is for
            case Help(lineage=lineage):
                self._help(lineage, checked)
            case Skeleton() | Wait() | Call():
                checked.command = invocation
                code = self._stages(checked).carry_out(invocation)
                self._hint(None)
                return code
        return 0

    def _stages(self, checked: Checked) -> Stages:
        from awsshadow.stages import Stages

        return Stages(self._process, checked)

    def _help(self, lineage: tuple[str, ...], checked: Checked) -> None:
        from awsshadow import help
        from awsshadow.model import find_store

        store = find_store(self._environ)
        color = checked.settings.globals.color
        help.show(lineage, store, checked.settings, self._environ, self._streams, self._program, color)
