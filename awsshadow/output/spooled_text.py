"""A place for text that may not be shown yet."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

#: Characters kept in memory before a temporary file is opened.
ROOM = 4_000_000


class Spool:
    """Pieces of text, handed back in order and as they came.

    Some megabytes stay in memory; what comes after goes to a temporary file without a name. If
    the file cannot be made or filled, memory takes the rest: a full disk costs space, not the
    result.
    """

    def __init__(self, room: int = ROOM) -> None:
        """``room`` is the number of characters that may stay in memory."""
        self.empty = True
        self._room = room
        self._head: list[str] = []
        self._file: IO[bytes] | None = None
        self._sizes: list[int] = []
        self._tail: list[str] = []
        self._full = False

    def write(self, piece: str) -> None:
        """Keep ``piece``, which is not empty."""
        self.empty = False
        if self._room >= len(piece):
            self._room -= len(piece)
            self._head.append(piece)
            return
        self._room = 0
        if self._full or not self._keep(piece):
            self._full = True
            self._tail.append(piece)

    def pieces(self) -> Iterator[str]:
        """The pieces in order. Raises OSError if the temporary file cannot be read back."""
        yield from self._head
        if self._file is not None:
            self._file.seek(0)
            for size in self._sizes:
                yield self._file.read(size).decode("utf-8", "surrogatepass")
        yield from self._tail

    def close(self) -> None:
        """Give the temporary file back."""
        if self._file is not None:
            self._file.close()

    def _keep(self, piece: str) -> bool:
        data = piece.encode("utf-8", "surrogatepass")
        try:
            if self._file is None:
                from tempfile import TemporaryFile

                self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - lives as long as the spool
            rest = memoryview(data)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:
            return False
        self._sizes.append(len(data))
        return True
