"""Own commands about a resource of any family: ``wait training-job churn``, ``tail endpoint blue``.

Each family is a command of its own, made when it is asked for from the options of its describe operation and the
global ones, so that they are read, completed and explained like those of any other command.
"""

from __future__ import annotations

from abc import abstractmethod

import click

from awsshadow.commands.tree.console import Console
from awsshadow.commands.tree.groups import Command, Group
from awsshadow.commands.tree.usage import wrong
from awsshadow.commands.tree.values import ValueOf
from awsshadow.invocation import Call
from awsshadow.model import families, find_store, load
from awsshadow.model.families import describing
from awsshadow.names import SERVICE, argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from awsshadow.invocation import Given, Globals
    from awsshadow.model import Slice
    from awsshadow.model.families import Family
    from awsshadow.model.store import Store


class Families(Group):
    """One command a family; which ones there are, and what each does, says a child of this."""

    kind = "FAMILY"

    @abstractmethod
    def families(self) -> Mapping[str, Family]:
        """The families by the names they are typed as."""

    @abstractmethod
    def made(self, family: Family, environ: dict[str, str]) -> Command:
        """The command for a family."""

    @abstractmethod
    def verb(self) -> str:
        """What is done to a resource, for the line about a command: ``Wait for``."""

    @abstractmethod
    def why_not(self, label: str) -> str:
        """Why there is no command for a family that is there, which is called ``label``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The families in the order of the table, then those that only the installed model has."""
        self._catch_up(ctx)
        return list(self.families())

    @staticmethod
    def _catch_up(ctx: click.Context) -> None:
        store = find_store(_environ(ctx))
        families.catch_up(store.index()["operations"], store.model)

    def summary(self, name: str) -> str:
        """What is done."""
        return f"{self.verb()} {'an' if name[0] in 'aeio' else 'a'} {name.replace('-', ' ')}"

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a family; None where there is none."""
        if cmd_name not in self.families():
            self._catch_up(ctx)
        family = self.families().get(cmd_name)
        if family is None:
            return None
        command = self.made(family, _environ(ctx))
        command.short_help = self.summary(cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Raises UsageError that says why there is no command of that name."""
        names = self.list_commands(ctx)
        known = {describing.typed(family) for family in families.table().values()}
        if args[0] in names or args[0] == "help" or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        if args[0] in known:
            raise wrong(ctx, f"argument FAMILY: {self.why_not(args[0].replace('-', ' '))}")
        raise wrong(ctx, f"argument FAMILY: invalid choice: '{args[0]}'", args[0], names)


class FamilySlice:
    """The describe operation of a family, as far as a command line needs it."""

    def __init__(self, family: Family, environ: dict[str, str]) -> None:
        self._store = find_store(environ)
        self.family = family
        self.slice = load(self._store, "operations", argument_name(describing.describe(family)))
        shape = self.slice.shapes[self.slice.input_shape or ""]
        self.required = [member for member in shape["members"] if member in shape.get("required", ())]
        self.name_member = describing.name_member(family, self.required)

    @property
    def name_option(self) -> str:
        """The option that names a resource, with its hyphens."""
        return f"--{argument_name(self.name_member)}"

    @property
    def names(self) -> ValueOf:
        """The kind of value that names a resource."""
        return ValueOf(f"{self.slice.name} {self.name_option}")

    def options(self) -> Iterator[click.Option]:
        """The options of the describe operation."""
        return operation_options(self.slice, self._store)

    def calls(
        self, ctx: click.Context, names: Sequence[str], options: Mapping[str, Any], given: Globals
    ) -> Iterator[Call]:
        """A describe command for each name. Raises UsageError where something is missing, or too much."""
        described = given_options(self.slice, options)
        members = {a.member: a.name for a in self.slice.arguments if a.member is not None and a.kind == "member"}
        own = members[self.name_member]
        if names and own in described:
            raise wrong(ctx, f"argument --{own}: a name is given already")
        for name in names or [str(described.get(own, ""))]:
            values = {own: name} if name else {}
            if name.startswith("arn:"):
                known = {member: option for member, option in members.items() if option in described}
                parts = describing.beside(self.family, self._of_arn(ctx, name), known)
                values = {members[member]: value for member, value in parts.items() if member in members}
            asked: dict[str, Given] = {**values, **{k: v for k, v in described.items() if k != own}}
            missing = [members[m] for m in self.required if members[m] not in asked]
            if missing:
                said = ["NAME" if option == own else f"--{option}" for option in missing]
                raise wrong(ctx, f"the following arguments are required: {', '.join(said)}")
            yield Call(given, (SERVICE, self.slice.name), self.slice, asked)

    def _of_arn(self, ctx: click.Context, arn: str) -> dict[str, str]:
        """The members that an ARN names, or the ARN itself where it may be given for a name. Raises UsageError."""
        parts = describing.members_of_arn(self.family, arn)
        if parts is None:
            raise wrong(ctx, f"argument NAME: {arn} is not the ARN of {describing.spoken(self.family)}")
        if self.name_member.endswith("Arn") or self.name_member not in parts:
            return {self.name_member: arn}
        return parts


def _environ(ctx: click.Context) -> dict[str, str]:
    console = ctx.find_object(Console)
    return {} if console is None else console.environ


def operation_options(slice: Slice, store: Store) -> Iterator[click.Option]:
    """The options of an operation for members of its request, but for those by which pages are asked for."""
    about = {row[0]: row[3] for row in store.options("operations", slice.name)}
    for argument in slice.arguments:
        if argument.kind not in ("member", "negation") or argument.hidden or argument.member == "NextToken":
            continue
        known = ValueOf(f"{slice.name} --{argument.name}")
        is_flag = argument.type == "boolean"
        settings: dict[str, Any] = {"is_flag": True} if is_flag else {"metavar": "VALUE", "type": known}
        yield click.Option(
            [f"--{argument.name}", f"given_{argument.name}".replace("-", "_")],
            help=f"{about.get(argument.name, '')}.".removeprefix("."), **settings,
        )  # fmt: skip


def given_options(slice: Slice, options: Mapping[str, Any]) -> dict[str, Given]:
    """What was given for these options, by their names; ``options`` by the names of click's parameters."""
    found: dict[str, Given] = {}
    positive = ""
    for argument in slice.arguments:
        positive = positive if argument.kind == "negation" else argument.name
        value = options.get(f"given_{argument.name}".replace("-", "_"))
        if value is not None and value is not False:
            found[positive] = argument.kind != "negation" if value is True else value
    return found
