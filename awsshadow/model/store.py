"""Find the slices that belong to the installed model and read one.

Packaged slices are used when they were compiled from the very model botocore has here. Else a
folder in the user's cache is, built on first use. Where no cache can be written the one slice
that is needed is compiled in memory. A folder becomes visible by one rename, so a reader meets a
whole one or none.
"""

from __future__ import annotations

import os

from awsshadow.errors import AwsShadowError
from awsshadow.model.stamp import model_stamp
from awsshadow.paths import cache_folder, is_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.compile.slices import Slice as Compiled
    from awsshadow.compile.slices import Sources

PACKAGED = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "slices")


class FolderStore:
    """Slices in a folder; what cannot be read there is compiled in memory instead.

    A folder damaged by a crash or a cleaner also loses its stamp, so the next command builds it anew.
    """

    def __init__(self, folder: str, environ: dict[str, str]) -> None:
        self.folder = folder
        self._environ = environ
        self._memory: MemoryStore | None = None

    def index(self) -> dict[str, Any]:
        """``operations`` and ``waiters`` (command name -> name in the model), ``metadata``."""
        return self._read("index.json") or self._fallback().index()

    def documentation(self) -> str:
        """The documentation string of the service."""
        found = self._text("service.txt")
        return self._fallback().documentation() if found is None else found

    def summaries(self) -> dict[str, str]:
        """The first sentence about each operation, by command name, in model order."""
        text = self._text("commands.txt")
        return _summaries(text) if text else self._fallback().summaries()

    def options(self, part: str, name: str) -> list[list[str]]:
        """A command's arguments: rows of name, kind, type and first sentence, in table order."""
        text = self._text(os.path.join(part, name + ".options.txt"))
        return _rows(text) if text else self._fallback().options(part, name)

    def has(self, part: str, name: str) -> bool:
        """Whether ``part`` (``operations`` or ``waiters``) has a command ``name``."""
        plain = name.replace("-", "").isalnum()
        return (plain and os.path.isfile(self._path(part, name))) or name in self.index()[part]

    def input(self, part: str, name: str) -> dict[str, Any]:
        """The input part of a slice. Raises KeyError when there is no such command."""
        return self._read(self._path(part, name), line=0) or self._fallback().input(part, name)

    def output(self, part: str, name: str) -> dict[str, Any]:
        """The output part of a slice: shapes by name, empty when the input has them all."""
        found = self._read(self._path(part, name), line=1)
        return self._fallback().output(part, name) if found is None else found

    def docs(self, part: str, name: str) -> dict[str, Any]:
        """The documentation strings of a slice."""
        return self._read(os.path.join(part, name + ".docs.json")) or self._fallback().docs(part, name)

    def data(self) -> str | None:
        """A search path for botocore's loader with the endpoint data, or None."""
        return os.path.join(self.folder, "data")

    def _path(self, part: str, name: str) -> str:
        return os.path.join(self.folder, part, name + ".json")

    def _read(self, name: str, line: int | None = None) -> dict[str, Any] | None:
        """The JSON document in a file, or in one line of it; None when the file is damaged."""
        import json  # completion reads plain text only, and json is a third of its time

        try:
            with open(os.path.join(self.folder, name), "rb") as file:
                for _ in range(line or 0):
                    file.readline()
                document: dict[str, Any] = json.loads(file.read() if line is None else file.readline())
        except (OSError, ValueError):
            return None
        return document

    def _text(self, name: str) -> str | None:
        try:
            with open(os.path.join(self.folder, name), encoding="utf-8") as file:
                return file.read()
        except (OSError, ValueError):
            return None

    def _fallback(self) -> MemoryStore:
        if self._memory is None:
            self._memory = MemoryStore(self._environ)
            if self.folder != PACKAGED:
                try:
                    os.unlink(os.path.join(self.folder, "stamp"))
                except OSError:
                    pass  # somebody else was first, or it cannot be mended: memory serves all the same
        return self._memory


class MemoryStore:
    """The same, compiled from the model when asked: slower, and needs no place to write."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ
        self._sources: Sources | None = None
        self._compiled: dict[tuple[str, str], Compiled] = {}

    def index(self) -> dict[str, Any]:
        from awsshadow.compile import slices

        sources = self._model()
        return {
            "operations": slices.operations(sources),
            "waiters": slices.waiters(sources),
            "metadata": sources.model["metadata"],
        }

    def documentation(self) -> str:
        text: str = self._model().model.get("documentation", "")
        return text

    def summaries(self) -> dict[str, str]:
        from awsshadow.compile.build import commands_text

        return _summaries(commands_text(self._model()))

    def options(self, part: str, name: str) -> list[list[str]]:
        from awsshadow.compile.build import options_text

        return _rows(options_text(self._slice(part, name)))

    def has(self, part: str, name: str) -> bool:
        return name in self.index()[part]

    def input(self, part: str, name: str) -> dict[str, Any]:
        return self._slice(part, name).input

    def output(self, part: str, name: str) -> dict[str, Any]:
        return self._slice(part, name).output

    def docs(self, part: str, name: str) -> dict[str, Any]:
        return self._slice(part, name).docs

    def data(self) -> str | None:
        return None

    def _slice(self, part: str, name: str) -> Compiled:
        from awsshadow.compile import slices

        if (part, name) not in self._compiled:
            compile_one = slices.compile_operation if part == "operations" else slices.compile_waiter
            self._compiled[part, name] = compile_one(self._model(), self.index()[part][name])
        return self._compiled[part, name]

    def _model(self) -> Sources:
        from awsshadow.compile import sources

        if self._sources is None:
            self._sources = sources.load(self._environ)
        return self._sources


if TYPE_CHECKING:
    Store = FolderStore | MemoryStore


def find_store(environ: dict[str, str]) -> Store:
    """The slices of the model that a call made now would use.

    Never fails because of the cache: a cache that cannot be read or written is passed over.
    Raises AwsShadowError when no botocore is installed.
    """
    stamp = model_stamp(environ)
    if stamp is None:
        raise AwsShadowError("botocore is not installed beside awsshadow; install it with: pip install botocore")
    if _stamp_of(PACKAGED) == stamp:
        return FolderStore(PACKAGED, environ)
    return _cached(environ, stamp) or MemoryStore(environ)


def _cached(environ: dict[str, str], stamp: str) -> FolderStore | None:
    cache = cache_folder(environ)
    if cache is None:
        return None
    from binascii import crc32  # the packaged slices need no name

    folder = os.path.join(cache, f"{crc32(stamp.encode()):08x}-{len(stamp)}")
    if _has(cache, folder, stamp):
        return FolderStore(folder, environ)
    from awsshadow.model.cache import fill

    fill(cache, folder, stamp, environ)
    return FolderStore(folder, environ) if _has(cache, folder, stamp) else None


def _has(cache: str, folder: str, stamp: str) -> bool:
    """Whether ``folder`` holds the slices of ``stamp``, and nobody else can have put them into ``cache``."""
    return _stamp_of(folder) == stamp and is_private(cache)


def _stamp_of(folder: str) -> str | None:
    """What the slices in ``folder`` came from: written last, so it vouches for all the rest."""
    try:
        with open(os.path.join(folder, "stamp"), encoding="utf-8") as file:
            return file.read()
    except (OSError, ValueError):
        return None


def _rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


def _summaries(text: str) -> dict[str, str]:
    return {row[0]: row[1] for row in _rows(text)}
