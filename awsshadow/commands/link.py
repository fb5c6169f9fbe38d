"""``awsshadow link [DIR]``: put an ``aws`` beside awsshadow, or into a folder."""

from __future__ import annotations

import os
import sys

from awsshadow.errors import AwsShadowError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.streams import Streams

USAGE = """usage: {program} link [DIR]

Make a link called aws to this program, in DIR or beside the program itself. Under that name it
answers as the AWS CLI does; commands of other services go to the next aws on PATH.
"""


def main(arguments: list[str], program: str, environ: dict[str, str], streams: Streams) -> int:
    """Make the link and say where. Raises UsageError, AwsShadowError when it cannot be made."""
    if arguments[:1] in (["help"], ["--help"], ["-h"]):
        _say(streams, USAGE.format(program=program))
        return 0
    if len(arguments) > 1 or (arguments and arguments[0].startswith("-")):
        raise UsageError(f"link takes at most one folder; see: {program} link --help")
    target = os.path.abspath(sys.argv[0])
    if not os.access(target, os.X_OK) or target.endswith(".py"):
        raise AwsShadowError("link needs the installed program; run it as awsshadow, not through python -m")
    folder = os.path.abspath(os.path.expanduser(arguments[0])) if arguments else os.path.dirname(target)
    path = os.path.join(folder, "aws.exe" if sys.platform == "win32" else "aws")
    _make(target, path)
    _say(streams, f"{path} -> {target}\n")
    if folder not in environ.get("PATH", "").split(os.pathsep):
        _say(streams, f"{folder} is not on PATH: add it before the folder of any other aws.\n")
    return 0


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


def _say(streams: Streams, text: str) -> None:
    if streams.stdout is not None:
        streams.stdout.write(text)
