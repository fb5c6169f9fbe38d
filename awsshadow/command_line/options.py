"""The options of the tree as rows: the global ones, and those of an operation from its slice."""

from __future__ import annotations

from awsshadow.command_line.option_parser import FLAG, MANY, ONE, PERHAPS, Row
from awsshadow.invocation import Globals
from awsshadow.own_commands import EXTRA_OUTPUTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from awsshadow.invocation import Given
    from awsshadow.model import Argument

OUTPUTS = ("json", "text", "table", "yaml", "yaml-stream", "off")
COLORS = ("on", "off", "auto")
BINARY_FORMATS = ("base64", "raw-in-base64-out")
ERROR_FORMATS = ("legacy", "json", "yaml", "text", "table", "enhanced")
SKELETONS = ("input", "output", "yaml-input")

#: The values of the model's types that the reference converts while it reads the command line.
#: A plain ``integer`` is not among them: it may come from a file.
_NUMBERS = {"long": int, "float": float, "double": float}


def _table(*rows: Row) -> dict[str, Row]:
    return {f"--{row.name}": row for row in rows}


#: In the order of the reference's lists of candidates; ``key`` is an attribute of Globals.
GLOBALS = _table(
    Row("debug", FLAG),
    Row("endpoint-url", key="endpoint_url"),
    Row("no-verify-ssl", FLAG, "verify_ssl", False),
    Row("no-paginate", FLAG, "paginate", False),
    Row("output", choices=OUTPUTS),
    Row("query"),
    Row("profile"),
    Row("region"),
    Row("color", choices=COLORS),
    Row("no-sign-request", FLAG, "sign_request", False),
    Row("ca-bundle", key="ca_bundle"),
    Row("cli-read-timeout", key="cli_read_timeout"),
    Row("cli-connect-timeout", key="cli_connect_timeout"),
    Row("cli-binary-format", key="cli_binary_format", choices=BINARY_FORMATS),
    Row("no-cli-pager", FLAG, "cli_pager", False),
    Row("cli-auto-prompt", FLAG, "cli_auto_prompt"),
    Row("no-cli-auto-prompt", FLAG, "no_cli_auto_prompt"),
    Row("cli-error-format", key="cli_error_format", choices=ERROR_FORMATS),
    Row("version", FLAG, stops=True),
)


class _MoreChoices(tuple[str, ...]):
    """The reference's choices, which are those that messages list and suggest, and some ``more``."""

    __slots__ = ()
    more = frozenset(EXTRA_OUTPUTS)

    def __contains__(self, word: object) -> bool:
        return super().__contains__(word) or word in self.more


#: The same where there is what the reference does not have.
GLOBALS_WITH_EXTRAS = {**GLOBALS, "--output": Row("output", choices=_MoreChoices(OUTPUTS))}

#: The reference's first look at the command line knows only these.
FIRST_PASS = _table(Row("profile"), Row("debug", FLAG))


def global_values(values: Mapping[str, Given]) -> Globals:
    """What the main parser read, as Globals."""
    given = Globals()
    for key, value in values.items():
        # `--region=--` leaves an empty list, which means no more than an empty text does.
        setattr(given, key, value or "" if isinstance(value, list) else value)
    return given


def operation_rows(arguments: Iterable[Argument], lifted: bool = False) -> dict[str, Row]:
    """The rows of an operation's argument table; with ``lifted`` none is required."""
    rows: dict[str, Row] = {}
    positive = ""
    for argument in arguments:
        if argument.kind != "negation":
            positive = argument.name
        rows[f"--{argument.name}"] = _row(argument, positive, lifted)
    return rows


def in_table_order(values: Mapping[str, Given], rows: Mapping[str, Row]) -> dict[str, Given]:
    """``values`` in the order in which the reference looks at them: that of the table."""
    return {row.key: values[row.key] for row in rows.values() if row.key in values}


def _row(argument: Argument, positive: str, lifted: bool) -> Row:
    name, kind = argument.name, argument.kind
    if kind == "skeleton":
        return Row(name, PERHAPS, constant="input", choices=SKELETONS)
    if argument.type == "boolean":
        return Row(name, FLAG, positive, kind != "negation")
    number = _NUMBERS.get(argument.type)
    if kind == "paging" and argument.type != "string":
        number = int
    arity = MANY if argument.type == "list" else ONE
    return Row(name, arity, number=number, required=argument.required and not lifted)


def lifts_required(words: Sequence[str]) -> bool:
    """Whether the words given to an operation free it from its required options (behaviour: input 3.1).

    Only the exact word counts, neither an abbreviation nor the form with ``=``.
    """
    if "--cli-input-json" in words or "--cli-input-yaml" in words:
        return True
    if "--generate-cli-skeleton" not in words:
        return False
    following = words.index("--generate-cli-skeleton") + 1
    # A fake response is made for a command line that could be sent, so that one stays checked.
    return list(words[following : following + 1]) != ["output"]
