"""The process edge: arguments in, exit code out."""

from __future__ import annotations

import gc
import os
import sys

OWN_NAME = "awsshadow"


def main(argv: list[str] | None = None) -> int:
    """Run one command line and return its exit code.

    ``argv`` None means that of the process, which then does nothing else: the garbage collector is
    off from here on. With an ``argv`` the process is the caller's and left as it is.
    """
    is_own = argv is None
    if is_own:
        # A command lives for a fraction of a second and makes little garbage in cycles: the collector
        # would only walk, again and again, the thousands of objects that imports leave behind.
        gc.disable()
    from awsshadow.invocation import Process
    from awsshadow.run import carry_out
    from awsshadow.streams import Streams

    process = Process(program_name(sys.argv[0]), sys.argv[0], dict(os.environ), Streams.of_process(), is_own)
    try:
        return carry_out(process, sys.argv[1:] if argv is None else argv)
    finally:
        if is_own:
            # What is left is given back by the system, far faster than the interpreter would do it.
            gc.freeze()


def program_name(path: str) -> str:
    """The name this process speaks under: that of the file it was started as.

    A symlink called ``aws`` makes it ``aws``; ``python -m awsshadow`` keeps its own name.
    """
    name = os.path.basename(path)
    for end in (".exe", ".py"):
        name = name.removesuffix(end)
    return OWN_NAME if name in ("", "-c", "-m", "__main__") else name
