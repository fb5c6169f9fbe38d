"""``awsshadow link [DIR]``: put an ``aws`` beside awsshadow, or into a folder."""

from __future__ import annotations

import os
import shutil
import sys

import click

from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.values import FOLDER
from awsshadow.errors import AwsShadowError
from awsshadow.terminal import draw_checks
from awsshadow.terminal.checks import GOOD, NOTICE, Check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    on_path = folder in console.environ.get("PATH", "").split(os.pathsep)
    look = console.look()
    if look.is_terminal:
        console.write(draw_checks(list(_told(path, target, folder, on_path, console.environ)), look, ""))
        return
    console.write(f"{path} -> {target}\n")
    if not on_path:
        console.write(f"{folder} is not on PATH: add it before the folder of any other aws.\n")


def _told(path: str, target: str, folder: str, on_path: bool, environ: Mapping[str, str]) -> Iterator[Check]:
    yield Check("link", f"{path} -> {target}", GOOD)
    first = shutil.which("aws", path=environ.get("PATH"))
    add = f'export PATH="{folder}:$PATH"'
    if not on_path:
        yield Check("PATH", f"{folder} is not on it", NOTICE, add)
    elif first and os.path.realpath(first) != os.path.realpath(path):
        yield Check("PATH", f"{first} comes before it", NOTICE, add)
    else:
        yield Check("PATH", "aws is this program now; other services go to the next aws", GOOD)


def _make(target: str, path: str) -> None:
    if os.path.lexists(path):
        if os.path.realpath(path) == os.path.realpath(target):
            return
        raise AwsShadowError(f"{path} is there already and is another program; move it away or name another folder")
    try:
        if sys.platform == "win32":
            # A symbolic link needs a privilege there; the launcher is one small file.
            shutil.copyfile(target, path)
        else:
            os.symlink(target, path)
    except OSError as error:
        raise AwsShadowError(f"cannot make {path}: {error.strerror}") from None
