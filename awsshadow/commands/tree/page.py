"""A command of the tree -> its help page, which all renderers of ``help`` can show."""

from __future__ import annotations

import click

from awsshadow.command_line.options import GLOBALS
from awsshadow.commands.tree.groups import SHARED, Argument, Group, root
from awsshadow.commands.tree.usage import label, lineage, typed, usage
from awsshadow.commands.tree.values import OneOf
from awsshadow.help import prose
from awsshadow.help.blocks import CODE, COMMAND_LINK, Bullets, Document, Entry, Paragraph, Section, code, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from awsshadow.commands.tree.console import Console
    from awsshadow.help.blocks import Block, Span


def document(ctx: click.Context) -> Document:
    """The page about the command of ``ctx``."""
    command, path = ctx.command, lineage(ctx)
    program = ctx.find_root().info_name or ""
    sections = [
        Section("Description", prose.blocks((command.help or "").replace("{program}", program))),
        Section("Synopsis", [Paragraph([code(usage(ctx))])]),
    ]
    if isinstance(command, Group):
        sections.append(Section("Available Commands", [_commands(command, ctx)]))
    arguments = [param for param in command.params if isinstance(param, Argument)]
    options = [param for param in command.params if isinstance(param, click.Option)]
    if arguments:
        sections.append(Section("Arguments", [_argument(argument) for argument in arguments]))
    if options:
        sections.append(Section("Options", [_option(option) for option in options]))
    sections.append(Section("Global Options", [_before(options, program), *map(_option, SHARED)]))
    return Document(path, path[-1], command.short_help or "", sections)


def documents(console: Console) -> Iterator[Document]:
    """The pages of all own commands, each group before its commands. Loads them all."""
    group = root(console.program)
    ctx = group.make_context(console.program, [], obj=console, resilient_parsing=True)
    yield from _below(group, ctx)


def _below(group: Group, ctx: click.Context) -> Iterator[Document]:
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        inside = command.make_context(name, [], parent=ctx, resilient_parsing=True)
        yield document(inside)
        if isinstance(command, Group):
            yield from _below(command, inside)


def _commands(group: Group, ctx: click.Context) -> Block:
    items: list[list[Block]] = []
    for name in group.list_commands(ctx):
        link = COMMAND_LINK + "/".join((*lineage(ctx), name))
        items.append([Paragraph([(CODE, name, link), text(f" - {group.summary(name)}")])])
    return Bullets(items)


def _argument(argument: Argument) -> Block:
    return Entry([code(typed(argument))], prose.blocks(argument.about))


def _option(option: click.Option) -> Block:
    term: list[Span] = []
    for name in option.opts:
        term += [text(", ")] * bool(term) + [code(name)]
    if not option.is_flag:
        term.append(text(f" {_value(option)}"))
    return Entry(term, prose.blocks(option.help or ""), label(option))


def _value(option: click.Option) -> str:
    if option.metavar is None and isinstance(option.type, OneOf):
        return "|".join(map(str, option.type.choices))
    return option.metavar or (option.name or "").upper()


def _before(options: list[click.Option], program: str) -> Block:
    """Which options may stand before the command as well."""
    found = [label(option) for option in options if label(option) in GLOBALS]
    spans = [text("These may stand before the command as well, after "), code(program)]
    return Paragraph([*spans, *([text("; so may "), *_listed(found)] if found else []), text(".")])


def _listed(names: list[str]) -> Iterator[Span]:
    for at, name in enumerate(names):
        if at:
            yield text(", " if at < len(names) - 1 else " and ")
        yield code(name)
