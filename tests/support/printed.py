"""Standard streams that keep what is printed."""

from __future__ import annotations

import io

from awsshadow.streams import Streams


class Printed(Streams):
    """Streams of a program without standard input: ``stdout`` and ``stderr`` are in memory."""

    stdout: io.StringIO
    stderr: io.StringIO

    def __init__(self) -> None:
        super().__init__(None, io.StringIO(), io.StringIO())
