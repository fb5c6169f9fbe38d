"""The global options of the service's commands, for own commands that make calls."""

from __future__ import annotations

import click

from awsshadow.command_line.options import GLOBALS
from awsshadow.commands.tree.groups import SHARED
from awsshadow.commands.tree.values import PROFILE, REGION, OneOf
from awsshadow.config import checks
from awsshadow.config.files import read_config_files
from awsshadow.config.settings import Settings
from awsshadow.help.global_options import GLOBAL_OPTIONS
from awsshadow.invocation import Checked, Globals
from awsshadow.output import compile_query
from awsshadow.own_commands import EXTRA_OUTPUTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from typing import Any

    from awsshadow.commands.tree.console import Console

#: Global options that mean nothing to own commands, or that every one of them has.
_LEFT_OUT = {option.name for option in SHARED} | {
    "no_cli_pager", "version", "no_paginate", "cli_auto_prompt", "no_cli_auto_prompt",
}  # fmt: skip
_TYPES = {"region": REGION, "profile": PROFILE}


def global_options(left_out: Container[str] = ()) -> Iterator[click.Option]:
    """The global options but those that every own command has, and those that are ``left_out``, by name: ``query``."""
    for name, kind, about, choices in GLOBAL_OPTIONS:
        row = GLOBALS[f"--{name}"]
        if name.replace("-", "_") in _LEFT_OUT or name in left_out:
            continue
        names = [f"--{name}", f"global_{row.key}"]
        if kind == "boolean":
            yield click.Option(names, is_flag=True, help=about)
        else:
            # Own commands are never those of the reference, so that they have all formats.
            words = (*(row.choices or choices), *(EXTRA_OUTPUTS if name == "output" else ()))
            typed = OneOf(words) if words else _TYPES.get(name)
            yield click.Option(names, type=typed, metavar=None if row.choices else "VALUE", help=about)


def given_globals(console: Console, options: Mapping[str, Any]) -> Globals:
    """What was given for them; ``options`` by the names of click's parameters."""
    given = Globals()
    given.debug, given.color, given.cli_pager = console.debug, console.color, console.paged
    for row in GLOBALS.values():
        value = options.get(f"global_{row.key}")
        if value is not None and value is not False:
            setattr(given, row.key, row.constant if value is True else value)
    return given


def checked(console: Console, given: Globals) -> Checked:
    """What is set, checked as it is for every other command. Raises what ``config.checks`` and a query raise."""
    settings = Settings(given, console.environ, read_config_files(console.environ))
    console.checked = Checked(settings)
    query = None if given.query is None else compile_query(given.query)
    if given.endpoint_url is not None:
        checks.check_endpoint_url(given.endpoint_url)
    console.checked = Checked(settings, query)
    checks.check(settings, console.streams)
    return console.checked
