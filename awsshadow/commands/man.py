"""``awsshadow man``: write the manual pages where ``man`` finds them."""

from __future__ import annotations

import os

import click

from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.page import documents
from awsshadow.commands.tree.values import FOLDER
from awsshadow.errors import ParameterError
from awsshadow.help.man import page_name, write_pages
from awsshadow.model import find_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console


@click.command(
    "man",
    cls=Command,
    help="""<p>Writes a manual page for every command into <code>DIR/man1</code>. Run it again after botocore has been
updated: the pages are made from the service model it brings.</p>""",
)
@click.argument(
    "folder", metavar="DIR", required=False, type=FOLDER, cls=Argument,
    about="Without it, the folder for manual pages of your user, where <code>man</code> looks by itself when "
    "<code>~/.local/bin</code> is in your PATH.",
)  # fmt: skip
@click.pass_obj
def command(console: Console, folder: str | None) -> None:
    """Write the pages and say where. Raises ParameterError for a folder it cannot write to."""
    folder = personal_folder(console.environ) if folder is None else folder
    try:
        paths = write_pages(folder, find_store(console.environ), console.program, own=documents(console))
    except OSError as error:
        raise ParameterError(f"{folder}: {error.strerror}") from None
    first = page_name(console.program, ("sagemaker",))
    console.write(f"{len(paths)} manual pages are in {os.path.join(folder, 'man1')}; try: man {first}\n")


def personal_folder(environ: dict[str, str]) -> str:
    """The folder for manual pages of one user: where the XDG rules put data."""
    base = environ.get("XDG_DATA_HOME", "")
    if not os.path.isabs(base):
        base = os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(base, "man")
