"""``awsshadow completion SHELL``, and the program that the shells ask while the user types.

``awsshadow_completer`` speaks the protocol of ``aws_completer``: it reads the line from ``COMP_LINE``
(else ``COMMAND_LINE``) and the cursor from ``COMP_POINT``, and prints one candidate a line. With
``AWSSHADOW_COMPLETE=described`` a tab and a description follow where there is one.
"""

from __future__ import annotations

import gc
import os
import sys

from awsshadow.commands import OWN_COMMANDS
from awsshadow.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.streams import Streams

SHELLS = {"bash": "awsshadow.bash", "zsh": "_awsshadow", "fish": "awsshadow.fish", "powershell": "awsshadow.ps1"}

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
#: In the wheel the scripts lie beside this module, in a checkout at the top.
_FOLDERS = (os.path.join(_PACKAGE, "scripts"), os.path.join(_PACKAGE, "..", "..", "completions"))


def main(arguments: list[str], program: str, environ: dict[str, str], streams: Streams) -> int:  # noqa: ARG001
    """Print the completion script of the shell named by the one argument."""
    choices = ", ".join(SHELLS)
    if arguments and arguments[0] in ("help", "--help", "-h"):
        _print(streams, f"usage: {program} completion {{{choices}}}\n\nPrint the completion script of a shell.\n")
        return 0
    if arguments == ["answer"]:  # where a script cannot be a program of its own
        return answer()
    if len(arguments) != 1 or arguments[0] not in SHELLS:
        raise UsageError(f"completion takes the name of one shell: {choices}")
    _print(streams, _script(SHELLS[arguments[0]]))
    return 0


def _script(name: str) -> str:
    for folder in _FOLDERS:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as file:
                return file.read()
    raise UsageError(f"this installation has no {name}")


def _print(streams: Streams, text: str) -> None:
    if streams.stdout is not None:
        streams.stdout.write(text)


def answer() -> int:
    """The entry point of ``awsshadow_completer``: print the candidates for the line being typed."""
    gc.disable()
    environ = dict(os.environ)
    line = environ.pop("COMP_LINE", environ.pop("COMMAND_LINE", ""))
    point = environ.pop("COMP_POINT", "")
    described = environ.pop("AWSSHADOW_COMPLETE", "") == "described"
    lines = candidate_lines(line, int(point) if point.isdigit() else len(line), environ, described)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.write("\n".join(lines) + "\n")
    gc.freeze()
    return 0


def candidate_lines(line: str, point: int, environ: dict[str, str], described: bool) -> list[str]:
    """What to print for ``line`` with the cursor at ``point``."""
    from awsshadow.complete.candidates import candidates
    from awsshadow.complete.line import split_line

    words, fragment = split_line(line, point)
    own = {name: about for name, (_, about) in OWN_COMMANDS.items()}
    found = candidates(words[1:], fragment, environ, own) if words else []
    return [f"{text}\t{about}" if described and about else text for text, about in found]
