"""The values the stages hand to each other. Imports nothing at run time."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from awsshadow.config.settings import Settings
    from awsshadow.model import Slice
    from awsshadow.output import Expression
    from awsshadow.streams import Streams

    #: What an option holds as typed: text, a flag, a number (paging, long), or the words of a list.
    Given = str | bool | int | list[str]


class Process:
    """What one command line is carried out in.

    ``program`` is the name it speaks under, ``path`` the file it was started as, ``environ`` a copy
    of the environment. ``is_own``: the process does nothing else, so another program may take its
    place; False where awsshadow is part of a larger program.
    """

    def __init__(self, program: str, path: str, environ: dict[str, str], streams: Streams, is_own: bool) -> None:
        self.program = program
        self.path = path
        self.environ = environ
        self.streams = streams
        self.is_own = is_own


class Globals:
    """The global options as given on the command line; None or the default where absent.

    Numbers stay text here: the reference converts them later than it parses them.
    """

    def __init__(self) -> None:
        self.debug = False
        self.endpoint_url: str | None = None
        self.verify_ssl = True
        self.paginate = True
        self.output: str | None = None
        self.query: str | None = None
        self.profile: str | None = None
        self.region: str | None = None
        self.color = "auto"
        self.sign_request = True
        self.ca_bundle: str | None = None
        self.cli_read_timeout: str | None = None
        self.cli_connect_timeout: str | None = None
        self.cli_binary_format: str | None = None
        self.cli_pager = True
        self.cli_auto_prompt = False
        self.no_cli_auto_prompt = False
        self.cli_error_format: str | None = None


class Checked:
    """What is set, as far as it has been checked: all that the report of an error needs to know.

    ``query`` is the compiled ``--query``. ``warns``: the reference's log is not set up yet, so its
    warnings can be seen. ``command`` is the one that is carried out, ``parameters`` what it sends, once they are
    known.
    """

    def __init__(self, settings: Settings, query: Expression | None = None, warns: bool = False) -> None:
        self.settings = settings
        self.query = query
        self.warns = warns
        self.command: Command | None = None
        self.parameters: Mapping[str, object] | None = None


class Version:
    """``--version``: whatever else stands on the line."""


class Help:
    """The page about a command; ``lineage`` is its path, ``()`` that of the program."""

    def __init__(self, lineage: tuple[str, ...]) -> None:
        self.lineage = lineage


class ShellAlias:
    """An external alias: ``text`` is for a shell."""

    def __init__(self, text: str) -> None:
        self.text = text


class Command:
    """An operation or a waiter with its options.

    ``lineage`` is the command path: ``("sagemaker", "wait", "endpoint-in-service")``. ``given`` maps
    argument names to values, in the order of the argument table, only for options that were given;
    ``extra`` the same for options that the reference does not have.
    """

    def __init__(
        self,
        globals: Globals,
        lineage: tuple[str, ...],
        slice: Slice,
        given: Mapping[str, Given] | None = None,
        extra: Mapping[str, Given] | None = None,
    ) -> None:
        self.globals = globals
        self.lineage = lineage
        self.slice = slice
        self.given = dict(given or {})
        self.extra = dict(extra or {})


class Call(Command):
    """An operation whose answer is printed."""


class Wait(Command):
    """A waiter; nothing is printed."""


class Skeleton(Command):
    """An operation or a waiter of which ``--generate-cli-skeleton`` prints the form, whose kind is ``form``."""

    @property
    def form(self) -> str:
        """``input``, ``yaml-input`` or ``output``."""
        return str(self.given["generate-cli-skeleton"])


#: One command line, understood.
Invocation = Version | Help | ShellAlias | Call | Wait | Skeleton
