"""``awsshadow man``: write the manual pages where ``man`` finds them."""

from __future__ import annotations

import os

from awsshadow.errors import ParameterError, UsageError
from awsshadow.help.man import page_name, write_pages
from awsshadow.model import find_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.streams import Streams

USAGE = "usage: {program} man [DIR]"

ABOUT = """
Writes a manual page for every command into DIR/man1. Without DIR that is the folder for manual
pages of your user, where man looks by itself when ~/.local/bin is in your PATH.
"""


def main(arguments: Sequence[str], program: str, environ: dict[str, str], streams: Streams) -> int:
    """Write the pages and say where; returns the exit code.

    Raises UsageError for a command line it does not know, ParameterError for a folder it cannot
    write to.
    """
    usage = USAGE.format(program=program)
    if list(arguments) in (["help"], ["--help"]):
        _say(usage + "\n" + ABOUT, streams)
        return 0
    if len(arguments) > 1 or any(word.startswith("-") for word in arguments):
        raise UsageError("one folder may be given, and no options", usage)
    folder = arguments[0] if arguments else personal_folder(environ)
    try:
        paths = write_pages(folder, find_store(environ), program)
    except OSError as error:
        raise ParameterError(f"{folder}: {error.strerror}") from None
    _say(
        f"{len(paths)} manual pages are in {os.path.join(folder, 'man1')}; "
        f"try: man {page_name(program, ('sagemaker',))}\n",
        streams,
    )
    return 0


def personal_folder(environ: dict[str, str]) -> str:
    """The folder for manual pages of one user: where the XDG rules put data."""
    base = environ.get("XDG_DATA_HOME", "")
    if not os.path.isabs(base):
        base = os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(base, "man")


def _say(text: str, streams: Streams) -> None:
    if streams.stdout is not None:
        streams.stdout.write(text)
