"""The commands of the service with their options and types as one document, for programs that make forms or calls."""

from __future__ import annotations

from awsshadow.compile.build import first_sentence
from awsshadow.help.global_options import GENERATED_OPTIONS, GLOBAL_OPTIONS
from awsshadow.model import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.model import Argument, Slice
    from awsshadow.model.store import Store

    Node = dict[str, Any]


def command_tree(store: Store) -> Node:
    """The global options, and each operation and waiter with its options, in the order of the model.

    An option has ``name``, ``type`` (that of the model), and where they apply ``required``, ``member`` (of the
    request), ``enum``, ``list`` (takes several words), ``flag`` (takes none) and ``description``.
    """
    index, summaries = store.index(), store.summaries()
    commands = [
        _command(store, part, name, path, summaries.get(name, "") if part == "operations" else "")
        for part, path in (("operations", ("sagemaker",)), ("waiters", ("sagemaker", "wait")))
        for name in index[part]
    ]
    return {"globalOptions": [_global(*row) for row in GLOBAL_OPTIONS], "commands": commands}


def _global(name: str, kind: str, about: str, choices: tuple[str, ...]) -> Node:
    option: Node = {"name": f"--{name}", "type": kind}
    if kind == "boolean" or name == "version":
        option["flag"] = True
    if choices:
        option["enum"] = list(choices)
    return {**option, "description": first_sentence(about)}


def _command(store: Store, part: str, name: str, path: tuple[str, ...], summary: str) -> Node:
    slice = load(store, part, name)
    said = {row[0]: row[3] for row in store.options(part, name)}
    options = [_option(argument, slice, said) for argument in slice.arguments if not argument.hidden]
    found: Node = {"path": [*path, name], "operation": slice.operation}
    if summary:
        found["description"] = summary
    return {**found, "paginated": slice.paginator is not None, "options": options}


def _option(argument: Argument, slice: Slice, said: dict[str, str]) -> Node:
    option: Node = {"name": f"--{argument.name}", "type": argument.type}
    shape = slice.shapes.get(argument.shape or "", {})
    if argument.required:
        option["required"] = True
    if argument.member is not None:
        option["member"] = argument.member
    if argument.type == "boolean":
        option["flag"] = True
    if argument.type == "list":
        option["list"] = True
    if "enum" in shape:
        option["enum"] = list(shape["enum"])
    about = said.get(argument.name) or first_sentence(GENERATED_OPTIONS.get(argument.name, ""))
    return {**option, "description": about} if about else option
