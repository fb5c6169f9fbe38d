"""Help: what a command does, on a terminal, in a pipe, as a manual page or a web page.

``blocks`` says what a page is made of, ``document`` derives it from a slice; ``terminal``, ``html``,
``markdown`` and ``man`` show it. This door imports only what a call needs.
"""

from __future__ import annotations

from awsshadow.own_commands import has_extras

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from awsshadow.config.settings import Settings
    from awsshadow.help.blocks import Document
    from awsshadow.model.store import Store
    from awsshadow.streams import Streams

__all__ = ["page", "show", "show_page"]


def page(lineage: tuple[str, ...], store: Store, width: int, style: str, program: str = "awsshadow") -> str:
    """The help text for a command path without the program, ``("sagemaker", "create-model")``.

    ``width`` is in columns, ``style`` is ``plain`` or ``ansi`` (bold and underlining). Raises
    KeyError or OSError for a command that ``store`` does not have.
    """
    from awsshadow.help.document import document
    from awsshadow.help.terminal import render

    return render(document(lineage, store, program), width, style == "ansi")


def show(
    lineage: tuple[str, ...],
    store: Store,
    settings: Settings,
    environ: Mapping[str, str],
    streams: Streams,
    program: str = "awsshadow",
    color: str = "auto",
) -> None:
    """Show help as the setting ``cli_help_output`` says: as text, in a browser, or as an address.

    ``color`` ``off`` takes bold letters away. On a terminal the text goes through the pager; anywhere else it
    is written as it is. A reader that has gone away is no error. Raises KeyError or OSError for a command that
    ``store`` does not have, AwsShadowError without a standard output.
    """
    from awsshadow.help.help_output import HelpOutput

    screen = HelpOutput(streams, environ)
    chosen = settings.get("cli_help_output")
    if chosen == "url":
        from awsshadow.help.public_url import public_url

        screen.write(public_url(lineage) + "\n" * screen.is_terminal)
    elif chosen == "browser":
        from awsshadow.help.browser import open_page
        from awsshadow.help.document import document

        open_page(document(lineage, store, program))
        screen.write("Opening help file in the default browser.\n")
    else:
        from awsshadow.help.document import commands_first, document

        page = document(lineage, store, program)
        if screen.is_terminal and has_extras(program):
            from awsshadow.help.alternatives import explained

            page = explained(page) if lineage else commands_first(page, program)
        show_page(page, environ, streams, "off" if color == "off" else "auto", links=has_extras(program))


def show_page(
    page: Document,
    environ: Mapping[str, str],
    streams: Streams,
    color: str = "auto",
    paged: bool = True,
    links: bool = True,
) -> None:
    """Show a page as text: on a terminal through the pager if ``paged``, anywhere else as it is.

    ``color`` says whether letters are bold: ``on``, ``off``, or on a terminal that can show them. With ``links``
    words lead to the addresses behind them, on a terminal and in a pager that are known to have links. Raises what
    ``show`` raises.
    """
    from awsshadow.help.help_output import HelpOutput
    from awsshadow.help.terminal import render

    screen, pager = HelpOutput(streams, environ), None
    if screen.is_terminal:
        from awsshadow.terminal.appearance import appearance, color_choice

        links = links and not screen.is_dumb and appearance(streams, "stdout", environ).has_links
        color = color_choice(color, environ)
    if paged and screen.is_terminal and not screen.is_dumb:
        from awsshadow.help.pager import Pager

        pager = Pager(environ)
    bold = color == "on" or (color == "auto" and screen.knows_ansi and (pager is None or pager.knows_ansi))
    links = links and screen.is_terminal and (pager is None or pager.knows_links)
    text = render(page, screen.width, bold, links)
    if pager is None or not pager.run(text):
        screen.write(text)
