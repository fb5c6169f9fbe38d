"""What was asked of ``remove``, as typed -> what is to be done to which resources. Nothing is sent."""

from __future__ import annotations

from awsshadow import arguments
from awsshadow.commands.tree.family_commands import given_options
from awsshadow.commands.tree.usage import wrong
from awsshadow.errors import ParameterError
from awsshadow.invocation import Call
from awsshadow.model.families import describing, removing
from awsshadow.names import SERVICE
from awsshadow.output import compile_query
from awsshadow.output.query import is_true
from awsshadow.removal.planning import USUAL_MOST, Wish
from awsshadow.waiting.durations import seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    import click

    from awsshadow.commands.remove import RemoveFamily
    from awsshadow.invocation import Globals
    from awsshadow.stages import Stages


def wish(ctx: click.Context, command: RemoveFamily, options: Mapping[str, Any]) -> Wish:
    """What the options ask for. Raises UsageError."""
    family, stops = command.family, bool(options.get("stop"))
    if not stops and not removing.can(family, removing.DELETE):
        raise wrong(ctx, f"argument --stop: {describing.spoken(family)} cannot be deleted, only stopped: add --stop")
    words = [word.strip() for word in (options.get("taken_along") or "").split(",") if word.strip()]
    known = removing.words(family)
    for word in words:
        if word not in known:
            raise wrong(ctx, f"argument --with: invalid choice: '{word}' (choose from {', '.join(known)})", word, known)
        needed = removing.TAKES.get((family.title, word))
        if needed is not None and needed not in words:
            raise wrong(ctx, f"argument --with: {word} are found by way of the {needed}: add {needed}")
    for name in ("cascade", "taken_along", "delete_home_efs"):
        if stops and options.get(name):
            said = "--with" if name == "taken_along" else f"--{name.replace('_', '-')}"
            raise wrong(ctx, f"argument {said}: it cannot be used together with --stop")
    most = options["most"] or USUAL_MOST
    return Wish(
        family, removing.STOP if stops else removing.DELETE, words, bool(options.get("cascade")), most,
        bool(options.get("delete_home_efs")),
    )  # fmt: skip


def is_named(
    ctx: click.Context, command: RemoveFamily, names: tuple[str, ...], options: Mapping[str, Any], selects: bool
) -> bool:
    """Whether resources are named, and not selected. Raises UsageError where it is neither, or both."""
    own = command.described.name_option.removeprefix("--")
    described = given_options(command.described.slice, options)
    is_named = bool(names) or (own in described and not selects and not command.list_only(options))
    if is_named:
        others = [f"--{name}" for name in command.list_only(options)]
        if others or selects:
            said = others[0] if others else "--where, --older-than or --all"
            raise wrong(ctx, f"argument {said}: it selects, and a name is given already")
        return True
    if not selects and not command.is_selection(options):
        raise wrong(
            ctx, "the following arguments are required: NAME, or what selects: --where, --older-than, an option of "
            f"{command.listed.name}, or --all",
        )  # fmt: skip
    return False


def requests(
    ctx: click.Context, command: RemoveFamily, stages: Stages, given: Globals, names: tuple[str, ...],
    options: Mapping[str, Any], is_named: bool,
) -> list[dict[str, Any]]:  # fmt: skip
    """The parameters that describe each resource, or those of the listing. Raises UsageError."""
    if is_named:
        slice = command.described.slice
        calls = list(command.described.calls(ctx, names, options, given))
    else:
        slice = command.listed
        asked = given_options(slice, options)
        missing = [f"--{a.name}" for a in slice.arguments if a.required and a.name not in asked]
        if missing:
            raise wrong(ctx, f"the following arguments are required: {', '.join(missing)}")
        calls = [Call(given, (SERVICE, slice.name), slice, asked)]
    found = []
    for call in calls:
        parameters = stages.resolve(call)[0]
        parameters.pop("PaginationConfig", None)
        if is_named:
            _check_one_is_meant(ctx, command, parameters)
        arguments.validate(parameters, slice.input_shape, slice.shapes)
        arguments.check_constraints(parameters, slice.input_shape, slice.shapes)
        found.append(parameters)
    return found


def _check_one_is_meant(ctx: click.Context, command: RemoveFamily, parameters: Mapping[str, Any]) -> None:
    """Raise UsageError where the service would take the newest of several versions."""
    named = {a.member: a.name for a in command.described.slice.arguments if a.kind == "member"}
    missing = [named[m] for m in command.family.id if m in named and m not in parameters]
    if missing and "Alias" not in parameters:
        options = ", ".join(f"--{name}" for name in missing)
        raise wrong(ctx, f"the following arguments are required: {options}, or what selects several, as --all")


def fits(text: str | None) -> Callable[[dict[str, Any]], bool]:
    """What ``--where`` says of an item. Raises ParameterError."""
    if text is None:
        return lambda _: True
    try:
        expression = compile_query(text)
    except ParameterError as error:
        raise ParameterError(error.message.replace("--query", "--where", 1)) from None
    return lambda item: is_true(expression.search(item))


def duration(text: str) -> float:
    try:
        return seconds(text)
    except ValueError as error:
        raise ParameterError(f"argument --older-than: {error}") from None
