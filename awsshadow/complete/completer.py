"""The program that the shells ask while the user types.

``awsshadow_completer`` speaks the protocol of ``aws_completer``: it reads the line from ``COMP_LINE``
(else ``COMMAND_LINE``) and the cursor from ``COMP_POINT``, and prints one candidate a line. With
``AWSSHADOW_COMPLETE=described`` a tab and a description follow where there is one.
"""

from __future__ import annotations

import gc
import os
import sys

from awsshadow.own_commands import OWN_COMMANDS, REFERENCE_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.complete.cursor import Cut


def answer() -> int:
    """The entry point of ``awsshadow_completer``: print the candidates for the line being typed."""
    gc.disable()
    try:
        environ = dict(os.environ)
        line = environ.pop("COMP_LINE", "") or environ.pop("COMMAND_LINE", "")
        point = environ.pop("COMP_POINT", "")
        described = environ.pop("AWSSHADOW_COMPLETE", "") == "described"
        cut = cut_command(line, int(point) if point.isdecimal() else len(line))
        lines: list[str] = []
        if _is_for_others(cut):
            from awsshadow.complete import other_services

            lines = other_services.ask(os.environ, sys.argv[0])
        lines = lines or candidate_lines(cut, environ, described)
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
    except (KeyboardInterrupt, BrokenPipeError):
        # The user has typed on. What is left in the buffer is for nobody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    gc.freeze()
    return 0


def candidate_lines(cut: Cut, environ: dict[str, str], described: bool) -> list[str]:
    """What to print for a command line: a candidate each, after a tab what is said about it."""
    from awsshadow.complete.candidates import candidates

    if not cut.words:
        return []
    own = {} if _is_aws(cut) else OWN_COMMANDS
    found = candidates(cut.words[1:], cut.fragment, environ, own)
    return [f"{text}\t{about}" if described and about else text for text, about in found if _is_plain(text)]


def cut_command(line: str, point: int) -> Cut:
    """The line at the cursor, without the variables that are set for this command."""
    from awsshadow.complete.cursor import cut_line

    cut = cut_line(line, point)
    while cut.words and "=" in cut.words[0]:
        del cut.words[0]
    return cut


def _is_plain(text: str) -> bool:
    """Whether ``text`` has no control characters: a terminal would obey them, and a line is one candidate."""
    # In a locale that cannot decode a file's name, its bytes come as surrogates.
    return text.isprintable() or text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").isprintable()


def _is_aws(cut: Cut) -> bool:
    return bool(cut.words) and os.path.basename(cut.words[0]) == REFERENCE_NAME


def _is_for_others(cut: Cut) -> bool:
    """Whether ``aws`` is asked about another service, or which services there are."""
    if not _is_aws(cut) or "sagemaker" in cut.words[1:]:
        return False
    from awsshadow.complete.partial_line import Line

    line = Line(cut.words[1:], {})
    return bool(line.path) or not (line.awaiting or cut.fragment.startswith("-"))
