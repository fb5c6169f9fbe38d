"""Options and values that several commands of the sandbox have."""

from __future__ import annotations

import json

import click

from awsshadow.commands.tree.values import FILE, FOLDER, REGION, Described, OneOf
from awsshadow.errors import ParameterError, UsageError
from awsshadow.names import SANDBOX_VARIABLE
from awsshadow.sandbox import service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeVar

    from awsshadow.commands.tree.console import Console

    Decorated = TypeVar("Decorated", bound=Callable[..., Any])

#: How a clock is written -> how time passes then.
_CLOCKS = {
    "instant": "what takes time in AWS is done at the next look (at the start)",
    "step": "each look at a resource takes it one state further, so that loops see every state",
    "real[:FACTOR]": "states take as long as they might in AWS, FACTOR times faster",
    "frozen[:TIME]": "time stands still until <code>clock advance</code>",
}
CLOCK = Described(
    {name.partition("[")[0]: about.replace("<code>", "").replace("</code>", "") for name, about in _CLOCKS.items()}
)
CLOCKS = (
    "<p>Clocks:</p><dl>"
    + "".join(f"<dt><code>{name}</code></dt><dd>{about}</dd>" for name, about in _CLOCKS.items())
    + "</dl>"
)


def state(default: str = f"${SANDBOX_VARIABLE}") -> Callable[[Decorated], Decorated]:
    """The option that names the folder of a sandbox; ``default`` is what it is otherwise, in words."""
    about = f"The folder in which the sandbox is kept; without it, {default}."
    return click.option("--state", metavar="DIR", type=FOLDER, help=about)


def of_an_endpoint(function: Decorated) -> Decorated:
    """The options that ``run`` and ``serve`` share."""
    region = "The region of clients that name none; without it, that of your environment, or us-east-1."
    objects = (
        "With <code>strict</code>, models and jobs whose objects or buckets are not in S3 are refused or fail, as in "
        "AWS (this needs the extra awsshadow[rehearsal]); without it, names of objects are taken on trust."
    )
    options = (
        click.option("--clock", type=CLOCK, help="How time passes, one of the clocks above."),
        click.option("--faults", metavar="FILE", type=FILE, help="What shall go wrong, as JSON."),
        click.option("--region", type=REGION, help=region),
        click.option("--s3", type=OneOf(("trust", "strict")), default="trust", help=objects),
    )
    for option in reversed(options):
        function = option(function)
    return function


def folder(given: str | None, environ: Mapping[str, str]) -> str:
    """The folder of the sandbox that is meant. Raises UsageError when none is named."""
    found = given or environ.get(SANDBOX_VARIABLE)
    if not found:
        raise UsageError(f"No sandbox is named: give --state DIR or set {SANDBOX_VARIABLE}")
    return found


def read_json(console: Console, path: str) -> Any:
    """The value in a JSON file. Raises ParameterError."""
    try:
        return json.loads(console.read(path))
    except ValueError as error:
        raise ParameterError(f"{path} is not JSON: {error}") from None


def current_faults(kept: str) -> dict[str, Any]:
    """The rules in force in the folder of a sandbox. Raises AwsShadowError."""
    return service.show_faults(kept)
