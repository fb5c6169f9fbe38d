"""The process edge: arguments in, exit code out, and the one ``try``."""

from __future__ import annotations

import gc
import os
import sys

# A command lives for a fraction of a second and makes little garbage in cycles: the collector
# would only walk, again and again, the thousands of objects that imports leave behind.
gc.disable()

from awsshadow.run import INTERRUPTED, Conductor  # noqa: E402 - the collector must be off before the imports
from awsshadow.streams import Streams  # noqa: E402

OWN_NAME = "awsshadow"


def main(argv: list[str] | None = None) -> int:
    """Run one command line and return its exit code; ``argv`` None means that of the process."""
    streams = Streams.of_process()
    conductor = Conductor(program_name(sys.argv[0]), dict(os.environ), streams)
    try:
        return conductor.run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return _interrupted(streams)
    except Exception as error:
        return _interrupted(streams) if _comes_of_interrupt(error) else conductor.report(error)
    finally:
        # What is left is given back by the system, far faster than the interpreter would do it.
        gc.freeze()


def _interrupted(streams: Streams) -> int:
    # What was interrupted half-made may complain when it is taken apart, which nobody wants to read.
    sys.unraisablehook = lambda _: None
    if streams.stdout is not None:
        streams.stdout.write("\n")
    return INTERRUPTED


def _comes_of_interrupt(error: BaseException | None) -> bool:
    """Whether it was Ctrl-C: Python wraps what goes wrong while a class is made, at an import say."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def program_name(path: str) -> str:
    """The name this process speaks under: that of the file it was started as.

    A symlink called ``aws`` makes it ``aws``; ``python -m awsshadow`` keeps its own name.
    """
    name = os.path.basename(path)
    for end in (".exe", ".py"):
        name = name.removesuffix(end)
    return OWN_NAME if name in ("", "-c", "-m", "__main__") else name
