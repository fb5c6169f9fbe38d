"""Find the slices that belong to the installed model and read one.

Packaged slices are used when they were compiled from the very model botocore has here. Else a
folder in the user's cache is: what is missing or damaged there is compiled when it is needed, and
kept. Where no cache can be written, memory serves.
"""

from __future__ import annotations

import os

from awsshadow.errors import AwsShadowError
from awsshadow.model.stamp import model_stamp, stamp_of
from awsshadow.paths import cache_folder, is_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.compile.damaged import DamagedSources
    from awsshadow.compile.slices import CompiledSlice, Sources
    from awsshadow.model.cache import Keeper

PACKAGED = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "slices")
#: Files that are kept about a command only when there is one: a slice, and what completion reads.
_ENDINGS = (".json", ".options.txt")
#: Is there when the user's part of a model has been found to be in order, which takes half as long as reading it.
_SOUND = "sound"
#: How plain text ends: a text that was cut off does not.
_END = "\n\n"


class FolderStore:
    """Slices in a folder; what cannot be read there is compiled, and kept when the folder is one of ``cache``."""

    def __init__(self, folder: str, environ: dict[str, str], cache: str | None = None) -> None:
        self.folder = folder
        self._environ = environ
        self._cache = cache
        self._keeper: Keeper | None = None
        self._memory: MemoryStore | None = None

    def index(self) -> dict[str, Any]:
        """``operations`` and ``waiters`` (command name -> name in the model), ``metadata``."""
        return self._read("index.json") or self._kept_json("index.json", self._compiler().index())

    def documentation(self) -> str:
        """The documentation string of the service."""
        text = self._text("service.txt")
        return self._kept_text("service.txt", self._compiler().documentation()) if text is None else text

    def summaries(self) -> dict[str, str]:
        """The first sentence about each operation, by command name, in model order."""
        text = self._text("commands.txt")
        return _summaries(text or self._kept_text("commands.txt", self._compiler().commands_text()))

    def options(self, part: str, name: str) -> list[list[str]]:
        """A command's arguments: rows of name, kind, type and first sentence, in table order."""
        file = _file(part, name, ".options.txt")
        text = self._text(file)
        return _rows(text or self._kept_text(file, self._compiler().options_text(part, name)))

    def has(self, part: str, name: str) -> bool:
        """Whether ``part`` (``operations`` or ``waiters``) has a command ``name``."""
        plain = name.replace("-", "").isalnum()
        kept = plain and any(os.path.isfile(self._path(_file(part, name, ending))) for ending in _ENDINGS)
        return kept or name in self.index()[part]

    def waits(self) -> bool:
        """Whether there are waiters: without one there is no ``wait``. Raises what is wrong with a damaged model."""
        return self.is_packaged or waits(self.index())

    @property
    def is_packaged(self) -> bool:
        """Whether the model is that of the wheel, of which nothing needs to be looked at."""
        return self.folder == PACKAGED

    def input(self, part: str, name: str) -> dict[str, Any]:
        """The input part of a slice. Raises KeyError when there is no such command."""
        return self._read(_file(part, name, ".json"), line=0) or self._compiled(part, name)[0]

    def output(self, part: str, name: str) -> dict[str, Any]:
        """The output part of a slice: shapes by name, empty when the input has them all."""
        found = self._read(_file(part, name, ".json"), line=1)
        return self._compiled(part, name)[1] if found is None else found

    def docs(self, part: str, name: str) -> dict[str, Any]:
        """The documentation strings of a slice."""
        file = _file(part, name, ".docs.json")
        return self._read(file) or self._kept_json(file, self._compiler().docs(part, name))

    def model(self) -> Mapping[str, Any]:
        """The whole ``service-2`` document that the slices are compiled from."""
        return self._compiler().model()

    def data(self) -> dict[str, Any]:
        """Endpoint data by the name under which botocore's loader is asked for it."""
        return self._read("endpoints.json") or self._kept_json("endpoints.json", self._compiler().data())

    def _path(self, file: str) -> str:
        return os.path.join(self.folder, file)

    def _read(self, file: str, line: int | None = None) -> dict[str, Any] | None:
        """The JSON document in a file, or in one line of it; None when the file is missing or damaged."""
        import json  # completion reads plain text only, and json is a third of its time

        try:
            with open(self._path(file), "rb") as opened:
                for _ in range(line or 0):
                    opened.readline()
                document = json.loads(opened.read() if line is None else opened.readline())
        except (OSError, ValueError):
            return None
        return document if isinstance(document, dict) else None

    def _text(self, file: str) -> str | None:
        try:
            with open(self._path(file), encoding="utf-8", newline="") as opened:
                text = opened.read()
        except (OSError, ValueError):
            return None
        return text.removesuffix(_END) if text.endswith(_END) else None

    def _compiled(self, part: str, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Both parts of a slice, compiled."""
        compiler = self._compiler()
        parts = compiler.input(part, name), compiler.output(part, name)
        self._kept_json(_file(part, name, ".json"), *parts)
        return parts

    def _kept_json(self, file: str, *lines: dict[str, Any]) -> dict[str, Any]:
        if self._cache is not None and self._compiler().keeps(file):
            from awsshadow.compile.build import dump

            self._keep(file, "".join(dump(line) for line in lines))
        return lines[0]

    def _kept_text(self, file: str, text: str) -> str:
        self._keep(file, text + _END)
        return text

    def _keep(self, file: str, text: str) -> None:
        if self._cache is None or not self._compiler().keeps(file):
            return
        from awsshadow.model.cache import Keeper

        if self._keeper is None:
            self._keeper = Keeper(self._cache, self.folder)
            if self._compiler().has_passed:
                self._keeper.keep(_SOUND, "")
        self._keeper.keep(file, text)

    def _compiler(self) -> MemoryStore:
        if self._memory is None:
            self._memory = MemoryStore(self._environ, has_passed=os.path.isfile(self._path(_SOUND)))
        return self._memory


class MemoryStore:
    """The same, compiled from the model when asked: slower, and needs no place to write."""

    is_packaged = False

    def __init__(self, environ: dict[str, str], has_passed: bool = False) -> None:
        self._environ = environ
        self._known = has_passed
        self._sources: Sources | DamagedSources | None = None
        self._compiled: dict[tuple[str, str], CompiledSlice] = {}
        self._names: dict[str, Any] = {}

    def index(self) -> dict[str, Any]:
        if not self._names:
            compiler, sources = self._rules("waiters")
            self._names = compiler.index_of(sources)
        return self._names

    def documentation(self) -> str:
        return self._model().model.get("documentation", "")

    def summaries(self) -> dict[str, str]:
        return _summaries(self.commands_text())

    def commands_text(self) -> str:
        """A line an operation: its command and its first sentence."""
        from awsshadow.compile.build import commands_text

        self.index()  # what is wrong with a damaged model is found out in its order
        return commands_text(self._model())

    def options(self, part: str, name: str) -> list[list[str]]:
        return _rows(self.options_text(part, name))

    def options_text(self, part: str, name: str) -> str:
        """A line an argument: name, kind, type and first sentence."""
        from awsshadow.compile.build import options_text

        return options_text(self._slice(part, name))

    def has(self, part: str, name: str) -> bool:
        return name in self.index()[part]

    def waits(self) -> bool:
        return waits(self.index())

    def input(self, part: str, name: str) -> dict[str, Any]:
        return {**self._slice(part, name).input}

    def output(self, part: str, name: str) -> dict[str, Any]:
        return {**self._slice(part, name).output}

    def docs(self, part: str, name: str) -> dict[str, Any]:
        return {**self._slice(part, name).docs}

    def model(self) -> Mapping[str, Any]:
        return self._model().model

    def data(self) -> dict[str, Any]:
        from awsshadow.compile.endpoints import endpoint_data

        return endpoint_data()

    def _slice(self, part: str, name: str) -> CompiledSlice:
        if (part, name) not in self._compiled:
            compiler, sources = self._rules(part)
            compile_one = compiler.compile_operation if part == "operations" else compiler.compile_waiter
            self._compiled[part, name] = compile_one(sources, self.index()[part][name])
        return self._compiled[part, name]

    def _rules(self, part: str) -> tuple[Any, Sources | DamagedSources]:
        """The module that compiles ``part``, and what from: one for models in order, one for damaged ones."""
        sources = self._damaged(part)
        if sources is None:
            from awsshadow.compile import slices

            return slices, self._model()
        from awsshadow.compile import damaged

        return damaged, sources

    @property
    def has_passed(self) -> bool:
        """Whether this is a model of the user's that was just found to be in order, all of it."""
        return self._model().has_passed

    def keeps(self, file: str) -> bool:
        """Whether what is compiled for ``file`` may be kept: of a model of the user's that is damaged nothing is."""
        return self._damaged("waiters" if file.startswith("waiters") or file == "index.json" else "operations") is None

    def _damaged(self, part: str) -> DamagedSources | None:
        """What ``part`` is compiled from in the place of the model, if it is damaged."""
        from awsshadow.compile.slices import Sources

        found = self._model()
        if isinstance(found, Sources):
            return found.of_waiters if part == "waiters" else None
        return found

    def _model(self) -> Sources | DamagedSources:
        from awsshadow.compile import sources

        if self._sources is None:
            self._sources = sources.find(self._environ, self._known)
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
    if stamp_of(PACKAGED) == stamp:
        return FolderStore(PACKAGED, environ)
    return _cached(environ, stamp) or MemoryStore(environ)


def _cached(environ: dict[str, str], stamp: str) -> FolderStore | None:
    place = cache_folder(environ)
    if place is None:
        return None
    from binascii import crc32  # the packaged slices need no name

    folder = os.path.join(place, f"{crc32(stamp.encode()):08x}-{len(stamp)}")
    if not _has(place, folder, stamp):
        from awsshadow.model.cache import begin

        begin(place, folder, stamp)
    return FolderStore(folder, environ, place) if _has(place, folder, stamp) else None


def _has(cache: str, folder: str, stamp: str) -> bool:
    """Whether ``folder`` holds slices of ``stamp``, and nobody else can have put anything there."""
    return stamp_of(folder) == stamp and is_private(cache) and is_private(folder)


def waits(index: dict[str, Any]) -> bool:
    """Whether ``index`` has waiters. Those of a damaged model are not looked at to know."""
    return bool(index["waits"] if "waits" in index else index["waiters"])


def _file(part: str, name: str, ending: str) -> str:
    return os.path.join(part, name + ending)


def _rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


def _summaries(text: str) -> dict[str, str]:
    return {row[0]: row[1] for row in _rows(text)}
