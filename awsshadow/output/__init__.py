"""The output stage: a document in the format asked for, on standard output or in a pager (behaviour: output 1).

This is the door: formats, the query language and the pager are loaded when they are used.
"""

from __future__ import annotations

from importlib import import_module

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from awsshadow.output.merge_pages import Pages as Pages
    from awsshadow.output.printing import Printer as Printer
    from awsshadow.output.query import Expression as Expression
    from awsshadow.output.terminal_view import TerminalView as TerminalView
    from awsshadow.streams import Streams
    from awsshadow.terminal.appearance import Appearance

#: Every value of ``--output``: the module that writes it and the class of its printer.
FORMATS = {
    "json": ("json_form", "JsonPrinter"),
    "text": ("text_form", "TextPrinter"),
    "table": ("table_form", "TablePrinter"),
    "yaml": ("yaml_form", "YamlPrinter"),
    "yaml-stream": ("yaml_form", "YamlStreamPrinter"),
    "off": ("printing", "SilentPrinter"),
    "jsonl": ("jsonl_form", "JsonLinesPrinter"),
    "csv": ("separated_form", "CsvPrinter"),
    "tsv": ("separated_form", "TsvPrinter"),
}


def compile_query(text: str) -> Expression:
    """The compiled ``--query``. Raises ParameterError if ``text`` is no JMESPath expression."""
    from awsshadow.output import query

    return query.compile_query(text)


def view(look: Appearance, environ: Mapping[str, str], pager: str | None, extras: bool) -> TerminalView | None:
    """How results are shown on a terminal that looks like ``look``; None for as they are.

    Nothing is changed that was not asked for (``AWSSHADOW_COLOR``, ``AWSSHADOW_TIMES``), and without ``extras``
    nothing but colour. A pager other than ``less`` gets no links, which it would show as what they are made of.
    """
    from awsshadow.terminal.appearance import is_set

    coloured, timed = is_set(environ, "AWSSHADOW_COLOR"), extras and is_set(environ, "AWSSHADOW_TIMES")
    if not (coloured or timed):
        return None
    from awsshadow.output.terminal_view import TerminalView

    links = coloured and extras and look.has_links and (not pager or pager.split()[0].endswith("less"))
    return TerminalView(coloured and look.is_coloured, links, timed, look.columns if coloured and extras else None)


def printer(
    format: str,
    expression: Expression | None,
    color: str,
    streams: Streams,
    pager: str | None,
    extras: bool = False,
    view: TerminalView | None = None,
) -> Printer:
    """A printer for ``format``, one of ``FORMATS``.

    ``expression`` selects what is printed, ``color`` is ``on``, ``off`` or ``auto``, ``pager`` the
    command results are paged with if standard output is a terminal, None or empty for none; ``extras``
    says where they go when it does not exist (``Destination``), ``view`` how they are shown on a terminal.
    Raises AwsShadowError for a format that does not exist and for a pager command that cannot be
    split into words.
    """
    from awsshadow.output.destination import Destination

    if format not in FORMATS:
        raise AwsShadowError(f"Unknown output type: {format}")
    module, name = FORMATS[format]
    made: Printer = getattr(import_module(f"awsshadow.output.{module}"), name)(
        Destination(streams, pager, extras, view), expression, color
    )
    if format == "table" and color_is_on(color, streams):
        streams.coloured_tables += 1
    return made


def color_is_on(color: str, streams: Streams) -> bool:
    """Whether tables are coloured: ``color`` says so, or leaves it to whether standard output is a terminal."""
    return color == "on" or (color == "auto" and streams.is_tty("stdout"))


def error_pieces(
    format: str, fields: Mapping[str, object], color: str = "off", streams: Streams | None = None
) -> Iterable[str]:
    """The ``fields`` of an error (``Code``, ``Message``) as ``json``, ``yaml``, ``text`` or ``table``, in pieces.

    A table is fitted to the terminal standard output may be, and with ``color`` ``auto`` coloured
    if it is one, although it goes to standard error.
    """
    if format == "table":
        from awsshadow.output import table_form

        return table_form.pieces("error", dict(fields), color, streams)
    module = import_module(f"awsshadow.output.{FORMATS[format][0]}")
    found: Iterable[str] = module.pieces(dict(fields))
    return found
