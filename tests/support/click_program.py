"""The command tree started as a program of its own: click reads the line and invokes the tree."""

from __future__ import annotations

import sys

from awsshadow.cli import tree
from awsshadow.main import program_name


def main() -> None:
    """Carry out the words of the process; ends it with the exit code, as click does."""
    tree.main(prog_name=program_name(sys.argv[0]), windows_expand_args=False)
