"""``awsshadow schema``: what operations take and answer as JSON Schema, and all commands as one document."""

from __future__ import annotations

import json
import os

import click

from awsshadow import skeleton
from awsshadow.commands.tree.groups import Argument, Command, root
from awsshadow.commands.tree.operation_names import unknown_operation
from awsshadow.commands.tree.values import FOLDER, Operation
from awsshadow.errors import ParameterError, UsageError
from awsshadow.json_schema.command_tree import command_tree
from awsshadow.json_schema.schema import schema
from awsshadow.model import find_store, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from awsshadow.commands.tree.console import Console
    from awsshadow.model.store import Store

_EXAMPLES = ".schemas"


@click.command(
    "schema",
    cls=Command,
    help="""<p>Prints what an operation takes as a JSON Schema (2020-12), made from the service model of the installed
botocore. Editors complete and check a document by it, and programs make forms and calls from it. Without
<code>--strict</code> an enum allows other texts, since the service may know values that this model does not.</p>
<dl>
<dt>one operation</dt><dd><code>{program} schema create-training-job &gt; job.schema.json</code></dd>
<dt>all, for an editor</dt><dd><code>{program} schema --all -d .schemas</code></dd>
<dt>a document to begin with</dt>
<dd><code>{program} schema create-training-job --example &gt; job.yaml</code></dd></dl>""",
)
@click.argument(
    "operation", required=False, cls=Argument, type=Operation(),
    about="The operation, as it is typed after <code>sagemaker</code>.",
)  # fmt: skip
@click.option("--all", "every", is_flag=True, help="The schemas of all operations, a file each, in the folder of -d.")
@click.option("-d", "--directory", metavar="DIR", type=FOLDER,
    help="Where the files of <code>--all</code> go, and where an example looks for its schema "
    "(<code>.schemas</code> without it).",
)  # fmt: skip
@click.option("--output-shape", is_flag=True, help="What the operation answers in place of what it takes.")
@click.option("--strict", is_flag=True, help="Allow no values of enums but those of the model.")
@click.option("--full", is_flag=True, help="Describe members with all that the model says, not its first sentence.")
@click.option("--example", is_flag=True, help="A document in YAML to fill in, with a line that names its schema.")
@click.option("--commands", is_flag=True, help="All commands with their options and types as one JSON document.")
@click.pass_obj
def command(
    console: Console,
    operation: str | None,
    every: bool,
    directory: str | None,
    output_shape: bool,
    strict: bool,
    full: bool,
    example: bool,
    commands: bool,
) -> None:
    """Print one schema, or write them all. Raises UsageError and ParameterError."""
    if sum((operation is not None, every, commands)) != 1:
        raise UsageError("schema takes an OPERATION, or --all, or --commands: one of them")
    if every and directory is None:
        raise UsageError("schema --all needs -d DIR, the folder to write to")
    if (commands or example) and (output_shape or strict or full):
        raise UsageError("--output-shape, --strict and --full are about schemas, and there is none to print")
    if example and operation is None:
        raise UsageError("--example needs an OPERATION")
    store = find_store(console.environ)
    if commands:
        console.write(_text({**command_tree(store), "ownCommands": list(_own_commands(console))}))
    elif every:
        assert directory is not None
        made = {name: _text(schema(load(store, "operations", name), strict=strict, full=full, output=output_shape))
                for name in store.index()["operations"]}  # fmt: skip
        _write_all(directory, made)
        console.write(f"{len(made)} schemas are in {directory}\n")
    else:
        name = _known(operation or "", store)
        if example:
            console.write(_example(name, store, directory or _EXAMPLES))
            return
        console.write(_text(schema(load(store, "operations", name), strict=strict, full=full, output=output_shape)))


def _text(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _known(name: str, store: Store) -> str:
    """The command's name of an operation. Raises UsageError with those that may have been meant."""
    if store.has("operations", name):
        return name
    raise unknown_operation(name, store, "argument OPERATION")


def _example(name: str, store: Store, folder: str) -> str:
    path = os.path.join(folder, f"{name}.json")
    return f"# yaml-language-server: $schema={path}\n" + skeleton.input_yaml(load(store, "operations", name))


def _write_all(folder: str, texts: dict[str, str]) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
        for name, text in texts.items():
            with open(os.path.join(folder, f"{name}.json"), "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        raise ParameterError(f"{error.filename or folder}: {error.strerror}") from None


def _own_commands(console: Console) -> Iterator[dict[str, Any]]:
    """Each own command with its parameters."""
    group = root(console.program)
    ctx = group.make_context(console.program, [], obj=console, resilient_parsing=True)
    yield from _below(group, ctx, ())


def _below(group: click.Group, ctx: click.Context, path: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for name in group.list_commands(ctx):
        found = group.get_command(ctx, name)
        assert found is not None
        inside = found.make_context(name, [], parent=ctx, resilient_parsing=True)
        if isinstance(found, click.Group):
            yield from _below(found, inside, (*path, name))
            continue
        params = [_parameter(param) for param in found.params]
        yield {"path": [*path, name], "description": found.short_help or "", "parameters": params}


def _parameter(param: click.Parameter) -> dict[str, Any]:
    option = isinstance(param, click.Option)
    kind = param.type
    found: dict[str, Any] = {"name": param.opts[-1] if option else param.metavar or (param.name or "").upper()}
    found["kind"] = "option" if option else "argument"
    if isinstance(param, click.Option) and param.is_flag:
        found["flag"] = True
    if isinstance(kind, click.Choice):
        found["enum"] = list(kind.choices)
    if param.required:
        found["required"] = True
    if param.nargs == -1 or param.multiple:
        found["list"] = True
    return found
