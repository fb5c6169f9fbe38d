"""A plan shown, asked about and carried out: what ``remove`` does once it knows what is meant."""

from __future__ import annotations

import shlex
from contextlib import nullcontext
from io import StringIO

from awsshadow.commands.tree.columns import columns
from awsshadow.commands.tree.service_options import checked, given_globals
from awsshadow.errors import ParameterError, TimedOutError, UsageError
from awsshadow.fanout.engine import USUAL_JOBS, Engine
from awsshadow.model.families import removing
from awsshadow.model.reading import only_reading
from awsshadow.names import READ_ONLY_VARIABLE
from awsshadow.removal import entries as plan
from awsshadow.removal import wording
from awsshadow.removal.calls import Calls
from awsshadow.removal.carrying_out import Removal, counted
from awsshadow.removal.plan_file import PlanFile
from awsshadow.stages import Stages
from awsshadow.terminal import draw_table, progress_line
from awsshadow.terminal.appearance import LIVE, OFF
from awsshadow.terminal.folding import fold
from awsshadow.waiting.limits import Limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from awsshadow.commands.tree.console import Console
    from awsshadow.removal.entries import Entry

#: The exit code after another answer than the one that was asked for, and after Ctrl-C.
NOT_CONFIRMED, INTERRUPTED = 1, 130
#: No faster than this many changes a second may be asked for.
_FASTEST = 1000.0


def check_may_change(environ: Mapping[str, str]) -> None:
    """Raise UsageError where the environment allows nothing but reading."""
    if only_reading(environ):
        raise UsageError(f"remove does not only read, and {READ_ONLY_VARIABLE} is set: nothing was sent")


def can_ask(console: Console) -> bool:
    """Whether somebody can be shown a plan and asked about it."""
    return console.streams.stdin is not None and console.streams.is_tty("stdin") and console.streams.is_tty("stderr")


def check_will_ask(console: Console, agrees: bool) -> None:
    """Raise UsageError where nobody can be asked, and nobody has agreed beforehand."""
    if not agrees and not can_ask(console):
        raise UsageError("argument --yes: it is needed where nobody can be asked; nothing was sent")


def show_for_people(console: Console, entries: Sequence[Entry], name: str) -> None:
    """Show a plan on ``stdout`` or ``stderr``: a table fitted to the terminal, plain where nothing is drawn."""
    put = console.write if name == "stdout" else console.say
    if not entries:
        put("There is nothing to do.\n")
        return
    look, rows = console.look(name), wording.rows(entries)
    text = _folded(console, wording.heading(entries), name) + "\n"
    if rows:
        drawn = look.is_terminal and look.progress == LIVE
        text += draw_table(wording.TITLES, rows, look) if drawn else columns([list(wording.TITLES), *rows])
    text += "".join(f"{_folded(console, remark, name)}\n" for remark in wording.remarks(entries))
    put(text)


def _folded(console: Console, sentence: str, name: str) -> str:
    """A sentence in lines that fit on the terminal that the stream ``name`` is; as it is elsewhere."""
    look = console.look(name)
    return "\n".join(fold(sentence, look.columns)) if look.is_terminal else sentence


class Run:
    """One carrying out of a plan, with the ``options`` that every one of them has."""

    def __init__(self, console: Console, options: Mapping[str, Any]) -> None:
        """Raises ParameterError."""
        self._console = console
        self._options = options
        self.jobs: int = options["jobs"] or USUAL_JOBS
        typed = {name: options[name] for name in ("timeout", "delay") if options[name] is not None}
        self.limits = Limits.given(typed)
        self.rate = _rate(options["rate"])
        self._agrees = bool(options["yes"])

    def file(self, path: str) -> int:
        """Carry out the plan in the file ``path``, ``-`` for standard input. Raises ParameterError and ``run``'s."""
        console = self._console
        check_may_change(console.environ)
        if path == "-" and not self._agrees:
            raise UsageError("argument --yes: it is needed where the plan itself comes from standard input")
        check_will_ask(console, self._agrees)
        if path == "-":
            return self._read(plan.read(console.read(path), "standard input"), None)
        with PlanFile(path) as file:
            return self._read(file.read(), file)

    def _read(self, entries: list[Entry], file: PlanFile | None) -> int:
        """Carry out a plan that was read, if it is one for the account and the region of the settings."""
        console = self._console
        left = wording.left(entries)
        if not plan.to_do(left):
            console.say(f"Nothing is left to do: {counted(entries)}.\n")
            return 0
        given = given_globals(console, self._options)
        stages = Stages(console.process, checked(console, given))
        try:
            titles = {entry.family.title for entry in plan.to_do(left)}
            words = {entry.word for entry in left if entry.word is not None}
            calls = Calls(stages, given, removing.operations(titles, words), self.jobs, self.limits.timeout, self.rate)
            _check_place(entries, calls)
            with Engine(self.jobs, calls.clock) as engine:
                return self.asked_and_done(entries, calls, engine, file)
        finally:
            stages.close()

    def asked_and_done(self, entries: list[Entry], calls: Calls, engine: Engine, file: PlanFile | None) -> int:
        """Show a plan, ask about it, and carry it out. Returns the exit code; raises what ``Removal.run`` raises."""
        console, left = self._console, wording.left(entries)
        show_for_people(console, left, "stderr")
        if not plan.to_do(left):
            return 0
        if not self._agrees and not self._confirmed(left):
            return NOT_CONFIRMED
        return self._carried_out(entries, calls, engine, file)

    def _confirmed(self, entries: Sequence[Entry]) -> bool:
        """Whether the answer is the one that is asked for."""
        question, answers = wording.question(entries)
        stdin = self._console.streams.stdin
        nothing = wording.nothing_done(entries)
        try:
            self._console.say(f"{_folded(self._console, question, 'stderr')} ")
            answer = stdin.readline() if stdin is not None else ""
        except KeyboardInterrupt:
            self._console.say(f"\n{nothing}\n")
            raise
        if answer.rstrip("\r\n") in answers:
            return True
        self._console.say(f"\n{nothing}\n" if not answer.endswith("\n") else f"{nothing}\n")
        return False

    def _carried_out(self, entries: list[Entry], calls: Calls, engine: Engine, file: PlanFile | None) -> int:
        console, stderr = self._console, self._console.streams.stderr
        look = console.look("stderr")

        def changed(entry: Entry) -> None:
            if file is not None:
                file.save(entries)
            line = wording.outcome(entry)
            if line:
                progress.hide()  # standard output may be the same terminal
                console.write(f"{line}\n")
                console.flush()
                progress.unhide()

        removal = Removal(entries, calls, engine, self.limits, changed)
        shows = stderr is not None and look.progress != OFF and not console.debug
        progress = progress_line(removal.saying if shows else lambda _: [], stderr or StringIO(), look)
        try:
            with progress if shows else nullcontext():
                removal.run()
        except KeyboardInterrupt:
            console.say(f"Interrupted: {counted(entries)}. {self._how_to_go_on(file)}\n")
            return INTERRUPTED
        except TimedOutError as error:
            raise TimedOutError(f"{error.message}\n{counted(entries)}. {self._how_to_go_on(file)}") from None
        return 0

    def _how_to_go_on(self, file: PlanFile | None) -> str:
        if file is None:
            return "The same command makes a plan of what is left."
        return f"To go on: {self._console.program} remove --from {shlex.quote(file.shown)}"


def _check_place(entries: Sequence[Entry], calls: Calls) -> None:
    first = entries[0]
    for what, planned, now in (("account", first.account, calls.account), ("region", first.region, calls.region)):
        if planned != now:
            raise ParameterError(
                f"argument --from: the plan is for the {what} {planned}, and the settings are those of {now}: nothing "
                "was done"
            )


def _rate(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= _FASTEST:
        raise ParameterError(f"argument --rate: not a number of changes a second above 0: '{text}'")
    return rate
