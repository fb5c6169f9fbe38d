"""The values the stages hand to each other. Imports nothing at run time."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from awsshadow.model import Slice

    #: What an option holds as typed: text, a flag, a number (paging, long), or the words of a list.
    Given = str | bool | int | list[str]


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


class Invocation:
    """One command line, understood.

    ``action`` is ``call``, ``wait``, ``help``, ``version`` or ``alias`` (an external one: ``alias``
    holds the shell text). ``given`` maps argument names to values, in the order of the argument
    table, only for options that were given. ``lineage`` is the command path: ``("sagemaker",
    "wait", "endpoint-in-service")``. ``program`` is the name this process speaks under.
    """

    def __init__(
        self,
        action: str,
        program: str,
        globals: Globals,
        lineage: tuple[str, ...] = (),
        slice: Slice | None = None,
        given: Mapping[str, Given] | None = None,
        alias: str = "",
    ) -> None:
        self.action = action
        self.program = program
        self.globals = globals
        self.lineage = lineage
        self.slice = slice
        self.given = dict(given or {})
        self.alias = alias
