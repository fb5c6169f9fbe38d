"""``awsshadow link [DIR]``: put an ``aws`` beside awsshadow, or into a folder."""

from __future__ import annotations

import os
import sys

import click

from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.values import FOLDER
from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console


@click.command(
    "link",
    cls=Command,
    help="""<p>Makes a link called <code>aws</code> to this program. Under that name it answers as the AWS CLI does;
commands of other services go to the next <code>aws</code> on PATH. Another program of that name is never
replaced.</p>""",
)
@click.argument(
    "folder", metavar="DIR", required=False, type=FOLDER, cls=Argument,
    about="Where to put the link; without it, beside the program itself.",
)  # fmt: skip
@click.pass_obj
def command(console: Console, folder: str | None) -> None:
    """Make the link and say where. Raises AwsShadowError when it cannot be made."""
    target = os.path.abspath(console.path)
    if not os.access(target, os.X_OK) or target.endswith(".py"):
        raise AwsShadowError("link needs the installed program; run it as awsshadow, not through python -m")
    folder = os.path.dirname(target) if folder is None else os.path.abspath(os.path.expanduser(folder))
    path = os.path.join(folder, "aws.exe" if sys.platform == "win32" else "aws")
    _make(target, path)
    console.write(f"{path} -> {target}\n")
    if folder not in console.environ.get("PATH", "").split(os.pathsep):
        console.write(f"{folder} is not on PATH: add it before the folder of any other aws.\n")


def _make(target: str, path: str) -> None:
    if os.path.lexists(path):
        if os.path.realpath(path) == os.path.realpath(target):
            return
        raise AwsShadowError(f"{path} is there already and is another program; move it away or name another folder")
    try:
        if sys.platform == "win32":
            # A symbolic link needs a privilege there; the launcher is one small file.
            import shutil

            shutil.copyfile(target, path)
        else:
            os.symlink(target, path)
    except OSError as error:
        raise AwsShadowError(f"cannot make {path}: {error.strerror}") from None
