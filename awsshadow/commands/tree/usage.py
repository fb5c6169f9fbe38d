"""How a command is typed, and what is said when it was typed wrongly."""

from __future__ import annotations

import click

from awsshadow.command_line.options import GLOBALS
from awsshadow.command_line.usage_errors import nearest
from awsshadow.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: How like a name a misspelt one must be.
_ALIKE = 0.6


def lineage(ctx: click.Context) -> tuple[str, ...]:
    """The command path without the program: ``("sandbox", "ls")``."""
    words: list[str] = []
    while ctx.parent is not None:
        words.insert(0, ctx.info_name or "")
        ctx = ctx.parent
    return tuple(words)


def usage(ctx: click.Context) -> str:
    """How the command of ``ctx`` is typed, on one line."""
    program = ctx.find_root().info_name or ""
    return " ".join([program, *lineage(ctx), *_pieces(ctx.command)])


def _pieces(command: click.Command) -> Iterator[str]:
    if any(isinstance(param, click.Option) for param in command.params):
        yield "[options]"
    if isinstance(command, click.Group):
        yield getattr(command, "kind", "COMMAND")
    for param in command.params:
        if isinstance(param, click.Argument):
            yield typed(param)


def typed(argument: click.Argument) -> str:
    """An argument as it stands in the usage: ``NAME``, ``[NAME]``, ``NAME [NAME ...]``."""
    name = label(argument)
    if argument.metavar is not None and " " in argument.metavar:
        return argument.metavar
    if argument.nargs == -1:
        return f"{name} [{name} ...]" if argument.required else f"[{name} ...]"
    return name if argument.required else f"[{name}]"


def label(param: click.Parameter) -> str:
    """What a parameter is called in sentences: ``--state``, ``DURATION``."""
    if isinstance(param, click.Option):
        return param.opts[-1]
    return param.metavar or (param.name or "").upper()


def wrong(ctx: click.Context, sentence: str, word: str = "", names: Iterable[str] = ()) -> UsageError:
    """The error that says ``sentence``, which of ``names`` may have been meant by ``word``, and the usage."""
    found = nearest(word, names, _ALIKE) if word else []
    lines = [sentence, *(["", "Maybe you meant:", "", *(f"  * {name}" for name in found)] if found else [])]
    program = ctx.find_root().info_name or ""
    asking = " ".join([program, *lineage(ctx), "help"])
    return UsageError("\n".join(lines), f"usage: {usage(ctx)}\nTo see help text, you can run:\n\n  {asking}")


def told(error: click.UsageError, ctx: click.Context) -> UsageError:
    """An error of click's in this project's words."""
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error.option_name, ctx)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return wrong(ctx, f"the following arguments are required: {label(error.param)}")
    if isinstance(error, click.BadOptionUsage):
        return wrong(ctx, f"argument {error.option_name}: {_needed(error.option_name, ctx)}")
    if isinstance(error, click.BadParameter) and error.param is not None:
        return wrong(ctx, f"argument {label(error.param)}: {error.message}")
    return wrong(ctx, error.message)


def _no_such_option(name: str, ctx: click.Context) -> UsageError:
    if name in GLOBALS:
        return wrong(ctx, f"{' '.join(lineage(ctx))} takes no {name}")
    known = [option for param in ctx.command.get_params(ctx) for option in param.opts if option.startswith("--")]
    return wrong(ctx, f"unrecognized arguments: {name}", name, known)


def _needed(name: str, ctx: click.Context) -> str:
    flags = (param for param in ctx.command.get_params(ctx) if isinstance(param, click.Option) and param.is_flag)
    return "takes no value" if any(name in param.opts for param in flags) else "expected one argument"
