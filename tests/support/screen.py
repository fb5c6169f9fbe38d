"""A program in a pseudo-terminal, and the screen it leaves: lines of text as a person sees them."""

from __future__ import annotations

import os
import select
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

#: Seconds after which a program that does not end is a failure.
LIMIT = 60
#: Lines that a screen keeps; enough that nothing scrolls away.
ROWS = 400


@dataclass(frozen=True)
class Shown:
    """What a program wrote to its terminal, what its standard output got if that was a pipe, and its exit code."""

    raw: bytes
    stdout: bytes
    code: int
    columns: int

    def screen(self) -> str:
        """The screen at the end, without blank lines at its end."""
        return render(self.raw, self.columns)


def render(raw: bytes, columns: int, rows: int = ROWS) -> str:
    """The screen of a terminal that was sent ``raw``."""
    import pyte

    screen = pyte.Screen(columns, rows)
    # pyte knows no links: what it would show of them is taken away first.
    pyte.ByteStream(screen).feed(_without_links(raw))
    lines = [line.rstrip() for line in screen.display]
    while lines and not lines[-1]:
        lines.pop()
    return "".join(line + "\n" for line in lines)


def _without_links(raw: bytes) -> bytes:
    import re

    return re.sub(rb"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)", b"", raw)


def watch(
    words: Sequence[str],
    environ: Mapping[str, str],
    folder: Path,
    columns: int = 80,
    rows: int = 24,
    piped: bool = False,
    when: Callable[[bytes, subprocess.Popen[bytes]], None] | None = None,
    answers: Sequence[tuple[bytes, bytes]] = (),
) -> Shown:
    """Run ``words`` on a terminal of that size, standard output in a pipe if ``piped``.

    ``when`` is called with all that was shown each time there is more, and may signal the program. Of ``answers`` each
    one is typed when what stands before it has been shown.
    """
    import fcntl
    import struct
    import termios

    parent, child = os.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    program = subprocess.Popen(
        words, stdin=child, stdout=subprocess.PIPE if piped else child, stderr=child, cwd=folder, env=dict(environ),
        start_new_session=True,
    )  # fmt: skip
    os.close(child)
    raw, output = b"", b""
    sources = [parent, *([program.stdout.fileno()] if program.stdout else [])]
    end, left = time.monotonic() + LIMIT, list(answers)
    while sources and time.monotonic() < end:
        ready, _, _ = select.select(sources, [], [], 0.1)
        for source in ready:
            try:
                part = os.read(source, 65536)
            except OSError:  # the last one who had the terminal open has gone
                part = b""
            if not part:
                sources.remove(source)
            elif source == parent:
                raw += part
                if when is not None:
                    when(raw, program)
                while left and left[0][0] in raw:
                    os.write(parent, left.pop(0)[1])
            else:
                output += part
    if sources:
        program.kill()
    code = program.wait()
    os.close(parent)
    assert not sources, f"{words} did not end: {raw!r}"
    return Shown(raw, output, code, columns)
