"""The command tree for programs that use click: ``from awsshadow.cli import tree``.

``tree`` is an ordinary click group. It can be invoked (``CliRunner().invoke(tree, [...])``), mounted in
another program (``add_command``), and described (``to_info_dict``, sphinx-click). click cannot read the
reference's syntax (options of several words, abbreviations, global options between the values of
another option), so a node leaves its words as they are and hands the whole line to the conductor,
which reads it with the same rows that the options here are made from (decision 1). The console
script goes to the conductor directly and does not load this module.
"""

from __future__ import annotations

import os
import sys
from functools import cached_property

import click

from awsshadow.command_line.context import WAIT
from awsshadow.command_line.option_parser import FLAG, MANY, PERHAPS
from awsshadow.command_line.options import GLOBALS, operation_rows
from awsshadow.invocation import Process
from awsshadow.main import OWN_NAME
from awsshadow.model import find_store, load
from awsshadow.names import SERVICE
from awsshadow.run import carry_out
from awsshadow.streams import Streams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.command_line.option_parser import Row
    from awsshadow.model import Argument
    from awsshadow.model.store import Store


class _Node(click.Command):
    """A command that carries out the words it is given, all of them; ``lineage`` is its path."""

    lineage: tuple[str, ...] = ()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Leave the words to ``invoke``."""
        ctx.args = args
        return args

    def invoke(self, ctx: click.Context) -> None:
        """Carry out the line and end with its exit code, as ``click.Context.exit`` does."""
        path = ctx.command_path.split()
        program = " ".join(path[: len(path) - len(self.lineage)]) or OWN_NAME
        streams = Streams.of_process()
        process = Process(program, sys.argv[0], dict(os.environ), streams, is_own=False)
        code = carry_out(process, [*self.lineage, *ctx.args])
        if streams.stderr is not None:
            streams.stderr.flush()  # a host may have put a stream there that keeps what is written
        ctx.exit(code)


class _Group(_Node, click.Group):
    """A node with commands below it, made when they are asked for."""

    def __init__(self, name: str, lineage: tuple[str, ...], summary: str) -> None:
        super().__init__(name, help=summary, add_help_option=False, no_args_is_help=False)
        self.lineage = lineage


class Program(_Group):
    """The program: ``sagemaker`` and the global options."""

    def __init__(self) -> None:
        super().__init__(OWN_NAME, (), "Amazon SageMaker on the command line, as the AWS CLI has it.")

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:  # noqa: ARG002 - click's signature
        return [_option(row, name=row.key) for row in GLOBALS.values()]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [SERVICE, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return Service() if cmd_name == SERVICE else super().get_command(ctx, cmd_name)


class _Slices:
    """The slices of the installed model, found when the first command is asked for."""

    @cached_property
    def store(self) -> Store:
        return find_store(dict(os.environ))

    @cached_property
    def summaries(self) -> dict[str, str]:
        return self.store.summaries()

    def operation(self, part: str, lineage: tuple[str, ...], summary: str) -> Operation | None:
        """The command of that path, None if the model has none."""
        if not self.store.has(part, lineage[-1]):
            return None
        return Operation(lineage, load(self.store, part, lineage[-1]).arguments, summary)


class Service(_Group):
    """``sagemaker``: one command an operation of the installed model, and ``wait``."""

    def __init__(self) -> None:
        super().__init__(SERVICE, (SERVICE,), "The operations of Amazon SageMaker.")
        self._slices = _Slices()

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [*self._slices.store.index()["operations"], WAIT]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name == WAIT:
            return Wait(self._slices)
        return self._slices.operation("operations", (SERVICE, cmd_name), self._slices.summaries.get(cmd_name, ""))


class Wait(_Group):
    """``wait``: one command a waiter."""

    def __init__(self, slices: _Slices) -> None:
        super().__init__(WAIT, (SERVICE, WAIT), "Wait until a resource is in a state.")
        self._slices = slices

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self._slices.store.index()["waiters"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return self._slices.operation("waiters", (SERVICE, WAIT, cmd_name), "")


class Operation(_Node):
    """An operation or a waiter; its options are the argument table of its slice."""

    def __init__(self, lineage: tuple[str, ...], arguments: list[Argument], summary: str) -> None:
        super().__init__(lineage[-1], help=summary, add_help_option=False)
        self.lineage = lineage
        self._arguments = arguments

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:  # noqa: ARG002 - click's signature
        rows = operation_rows(self._arguments)
        return [_option(rows[f"--{a.name}"], a) for a in self._arguments if a.kind != "negation"]


def _option(row: Row, argument: Argument | None = None, name: str = "") -> click.Option:
    """A row in click's terms."""
    declared = [f"--{row.name}", (name or row.key).replace("-", "_")]
    hidden = argument is not None and argument.hidden
    if row.arity == FLAG:
        if argument is not None:
            declared[0] += f"/--no-{row.name}"
            return click.Option(declared, default=None, hidden=hidden)
        return click.Option(declared, is_flag=True, flag_value=row.constant, default=None)
    kind = click.Choice(row.choices) if row.choices else row.number
    if row.arity == PERHAPS:
        return click.Option(declared, is_flag=False, flag_value=row.constant, type=kind)
    return click.Option(declared, type=kind, required=row.required, multiple=row.arity == MANY, hidden=hidden)


#: The root of the tree: ``awsshadow`` with everything below it.
tree = Program()
