"""The command line of ``awsshadow sandbox``, as an argparse parser that neither prints nor exits."""

from __future__ import annotations

import argparse

from awsshadow.errors import UsageError
from awsshadow.sandbox.serving.client_environment import VARIABLE
from awsshadow.sandbox.serving.shell_exports import SHELLS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

    Subparsers = argparse._SubParsersAction["Parser"]

DESCRIPTION = """\
A simulated SageMaker control plane on this machine: models, endpoints, shadow tests and the rest,
kept in a folder, without an account and without a network. Three ways in:

  {program} run -- bash script.sh
      runs a command; any AWS client in it reaches the sandbox, none reaches AWS
  {program} serve
      stays up, and prints what makes clients reach it
  export {variable}=DIR
      every awsshadow command answers by itself, from what is kept in DIR

It is a simulation: "{program} coverage" says what stands behind each operation."""

CLOCKS = """\
instant        what takes time in AWS is done at the next look (default)
step           each look at a resource takes it one state further, so that loops see every state
real[:FACTOR]  states take as long as they might in AWS, FACTOR times faster
frozen[:TIME]  time stands still until "clock advance"
"""


class HelpAsked(Exception):  # noqa: N818 - not an error: the text was asked for
    """``--help`` was given; ``text`` is the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Parser(argparse.ArgumentParser):
    """Raises HelpAsked for ``--help`` and UsageError for a line it cannot read."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, **settings)
        self.color = False  # from Python 3.14 on, help would otherwise be coloured by the terminal's word alone

    def print_help(self, file: object = None) -> NoReturn:  # noqa: ARG002 - the base class's signature
        raise HelpAsked(self.format_help())

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, self.format_usage().strip())


def parse(arguments: Sequence[str], program: str) -> argparse.Namespace:
    """Read the words after ``sandbox``; ``program`` is what stands before them.

    Returns the namespace of the sub-command: ``action`` is its name, two words joined by a space
    where there are two. Raises HelpAsked and UsageError.
    """
    parser = build(f"{program} sandbox")
    words, command = _split_command(list(arguments))
    if not words or words == ["help"]:
        raise HelpAsked(parser.format_help())
    parsed = parser.parse_args(words)
    if parsed.action == "run":
        if not command:
            raise UsageError(
                "No command is given to run: put it after --", f"usage: {program} sandbox run [options] -- COMMAND"
            )
        parsed.command = command
    return parsed


def _split_command(words: list[str]) -> tuple[list[str], list[str]]:
    """Cut ``run [options] [--] command …`` before the command, whose own options are not ours."""
    if words[:1] != ["run"]:
        return words, []
    end = 1
    while end < len(words) and words[end].startswith("-") and words[end] != "--":
        end += 1 if "=" in words[end] or words[end] in ("-h", "--help") else 2
    return words[:end], words[end + 1 :] if words[end : end + 1] == ["--"] else words[end:]


def build(program: str) -> Parser:
    """The parser for ``program``."""
    parser = Parser(prog=program, description=DESCRIPTION.format(program=program, variable=VARIABLE))
    commands = parser.add_subparsers(metavar="COMMAND", required=True, title="commands")
    _add_doors(commands)
    _add_state(commands)
    _add_clock(commands)
    _add_faults(commands)
    return parser


def _add_doors(commands: Subparsers) -> None:
    run = _add(commands, "run", "run a command whose AWS clients reach the sandbox", state="a new one for this run")
    run.usage = f"{run.prog} [options] -- COMMAND [ARGUMENT ...]"
    run.epilog = "clocks:\n" + "".join(f"  {line}\n" for line in CLOCKS.splitlines())
    serve = _add(commands, "serve", "stay up as an endpoint on 127.0.0.1", state=f"${VARIABLE}, or a new one")
    serve.epilog = run.epilog
    for parser in (run, serve):
        parser.add_argument("--clock", metavar="CLOCK", help="instant, step, real[:FACTOR], frozen[:TIME]; see below")
        parser.add_argument("--faults", metavar="FILE", help="what shall go wrong, as JSON")
        parser.add_argument("--region", help="region for clients that name none (default: yours, or us-east-1)")
    serve.add_argument("--port", type=_port, default=0, metavar="N", help="port (default: any free one)")
    serve.add_argument("--shell", choices=SHELLS, default="sh", help="for whom the lines are printed (default: sh)")
    serve.add_argument("--log", action="store_true", help="write a line to standard error for each call")


def _add_state(commands: Subparsers) -> None:
    _add(commands, "ls", "list the resources in the sandbox")
    _add(commands, "dump", "write all that is kept, as lines of JSON, to standard output")
    load = _add(commands, "load", "put what dump wrote in the place of what is kept")
    load.add_argument("file", nargs="?", default="-", metavar="FILE", help="default: standard input")
    _add(commands, "reset", "forget everything")
    coverage = _add(commands, "coverage", "say for each operation what stands behind it", state="")
    coverage.add_argument("operations", nargs="*", metavar="OPERATION", help="only these")


def _add_clock(commands: Subparsers) -> None:
    clock = commands.add_parser("clock", help="show or change the time in the sandbox").add_subparsers(
        metavar="COMMAND", required=True, title="commands"
    )
    _add(clock, "clock show", "show the kind of clock and its time")
    advance = _add(clock, "clock advance", "let time pass")
    advance.add_argument("duration", metavar="DURATION", help="such as 90s, 30m, 12h or 7d")
    change = _add(clock, "clock set", "choose the kind of clock")
    change.add_argument("clock", metavar="CLOCK", help="one of those below")
    change.epilog = "clocks:\n" + "".join(f"  {line}\n" for line in CLOCKS.splitlines())


def _add_faults(commands: Subparsers) -> None:
    faults = commands.add_parser("faults", help="make calls or resources fail on purpose").add_subparsers(
        metavar="COMMAND", required=True, title="commands"
    )
    _add(faults, "faults show", "show what shall go wrong")
    change = _add(faults, "faults set", "replace it by what a file says")
    change.add_argument("file", metavar="FILE", help="JSON; - for standard input")
    _add(faults, "faults clear", "let nothing go wrong any more")
    fail = _add(commands, "fail", "make resources of these names fail after they are created")
    fail.add_argument("names", nargs="+", metavar="NAME", help="may hold * and ?, as in a shell")
    fail.add_argument("--family", metavar="FAMILY", help="only resources of this family, such as Endpoint; see ls")
    fail.add_argument("--reason", metavar="TEXT", help="the reason the resources give")


def _add(commands: Subparsers, action: str, summary: str, state: str = f"${VARIABLE}") -> Parser:
    """A sub-command called by the last word of ``action``; ``state`` is the default folder, in words."""
    parser = commands.add_parser(
        action.rpartition(" ")[2], help=summary, description=summary[0].upper() + summary[1:] + "."
    )
    parser.set_defaults(action=action, state=None)
    if state:
        parser.add_argument("--state", metavar="DIR", help=f"folder in which the sandbox is kept (default: {state})")
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"not a port: {text!r}")
    return int(text)
