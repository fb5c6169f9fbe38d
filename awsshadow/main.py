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
        if streams.stdout is not None:
            streams.stdout.write("\n")
        return INTERRUPTED
    except Exception as error:
        return conductor.report(error)
    finally:
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
