"""Words and a fragment -> what may come next, each with a description."""

from __future__ import annotations

import os

from awsshadow.cli.options import GLOBALS, operation_rows
from awsshadow.cli.tokens import FLAG, MANY, ONE, PERHAPS
from awsshadow.complete.query import member_candidates
from awsshadow.configfile import read_config_files
from awsshadow.errors import AwsShadowError
from awsshadow.model import Argument, find_store, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.cli.tokens import Row
    from awsshadow.model import Slice
    from awsshadow.model.store import Store

    Candidate = tuple[str, str]


class Line:
    """What the whole words of a command line come to.

    ``path`` are the command words, ``used`` the options with their values, ``awaiting`` the option
    whose value the fragment is, ``stray`` whether a word stands where none belongs.
    """

    def __init__(self, words: list[str], environ: dict[str, str]) -> None:
        self.environ = environ
        self.path: list[str] = []
        self.used: dict[str, str] = {}
        self.awaiting: str | None = None
        self.stray = False
        self._store: Store | None = None
        self._command_of: tuple[str, str] | None = None
        self.rows: dict[str, Row] = dict(GLOBALS)
        #: What is said about each option of the operation; empty before there is one.
        self.described: dict[str, str] = {}
        for word in words:
            self._take(word)

    @property
    def store(self) -> Store:
        if self._store is None:
            self._store = find_store(self.environ)
        return self._store

    @property
    def slice(self) -> Slice | None:
        """The slice of the operation, read when a value has to be known."""
        return load(self.store, *self._command_of) if self._command_of else None

    @property
    def required(self) -> frozenset[str]:
        """The operation's required options that have not been given."""
        piece = self.slice
        needed = (f"--{a.name}" for a in piece.arguments if a.required) if piece else ()
        return frozenset(name for name in needed if name not in self.used)

    def _take(self, word: str) -> None:
        if self.awaiting and not word.startswith("--"):
            row = self.rows[self.awaiting]
            self.used[self.awaiting] = word
            if row.arity != MANY:
                self.awaiting = None
            return
        self.awaiting = None
        if word.startswith("--"):
            name, equals, value = word.partition("=")
            name = self._whole_name(name)
            self.used[name] = value
            if not equals and name in self.rows and self.rows[name].arity != FLAG:
                self.awaiting = name
            return
        self._command(word)

    def _whole_name(self, name: str) -> str:
        found = [option for option in self.rows if option.startswith(name)]
        return found[0] if len(found) == 1 else name

    def _command(self, word: str) -> None:
        self.path.append(word)
        if len(self.path) == 1:
            self.stray = word != "sagemaker"
        elif self.path[1:2] == ["wait"] and len(self.path) <= 3:
            if len(self.path) == 3:
                self._open("waiters", word)
        elif len(self.path) == 2:
            self._open("operations", word)
        else:
            self.stray = True

    def _open(self, part: str, word: str) -> None:
        if word != "help" and not self.store.has(part, word):
            self.stray = True
        elif word != "help":
            self._command_of = (part, word)
            options = self.store.options(part, word)
            self.described = {f"--{name}": about for name, _, _, about in options}
            arguments = [Argument(name, kind, None, type, None, False, False) for name, kind, type, _ in options]
            self.rows = {**GLOBALS, **operation_rows(arguments)}


def candidates(words: list[str], fragment: str, environ: dict[str, str], own: dict[str, str]) -> list[Candidate]:
    """What may replace ``fragment`` after ``words`` (without the program), in the order of the tables.

    ``own`` are the top-level commands besides ``sagemaker``, with their descriptions. Errors of the
    installation mean no candidates: a shell has no place to show them.
    """
    try:
        line = Line(words, environ)
        if fragment.startswith(("file://", "fileb://")):
            return _paths(fragment)
        option, equals, value = fragment.partition("=")
        if equals and fragment.startswith("--") and option in line.rows:
            return [(f"{option}={text}", about) for text, about in _values(line, option, value)]
        if line.awaiting and not fragment.startswith("--"):
            found = _values(line, line.awaiting, fragment)
            if line.rows[line.awaiting].arity == ONE or fragment:
                return found
            return found + _options(line, fragment) if line.described else found
        return _next(line, fragment, own)
    except (AwsShadowError, OSError, KeyError):
        return []


def _next(line: Line, fragment: str, own: dict[str, str]) -> list[Candidate]:
    if line.stray:
        return []
    if fragment.startswith("-") or line.described:
        return _options(line, fragment)
    if not line.path:
        names = {"sagemaker": "Train, deploy and manage machine learning models", **own, "help": "Show help"}
    elif line.path == ["sagemaker"]:
        names = {**line.store.summaries(), "wait": "Wait until a resource reaches a state", "help": ""}
    elif line.path == ["sagemaker", "wait"]:
        names = {**dict.fromkeys(line.store.index()["waiters"], ""), "help": ""}
    else:
        return []
    return [(name, about) for name, about in names.items() if name.startswith(fragment)]


def _options(line: Line, fragment: str) -> list[Candidate]:
    names = [name for name in line.rows if name not in GLOBALS] + list(GLOBALS)
    return [(n, line.described.get(n, "")) for n in names if n.startswith(fragment) and n not in line.used]


def _values(line: Line, option: str, fragment: str) -> list[Candidate]:
    row = line.rows[option]
    if row.choices:
        found = list(row.choices)
    elif option == "--region":
        found = _regions(line)
    elif option == "--profile":
        found = list(read_config_files(line.environ).profiles)
    elif option == "--query":
        return [(text, "") for text in _members(line, fragment)]
    elif option == "--ca-bundle":
        return _paths(fragment)
    else:
        found = _argument_values(line, option, fragment)
    if row.arity == PERHAPS and not fragment:
        return [(text, "") for text in found] + _options(line, "")
    return [(text, "") for text in found if text.startswith(fragment)]


def _argument_values(line: Line, option: str, fragment: str) -> list[str]:
    piece = line.slice
    argument = next((a for a in piece.arguments if f"--{a.name}" == option), None) if piece else None
    if piece is None or argument is None or argument.shape is None:
        return []
    shape = piece.shapes[argument.shape]
    if shape["type"] == "list":
        shape = piece.shapes[shape["member"]["shape"]]
    if "enum" in shape:
        return list(shape["enum"])
    if shape["type"] == "structure":
        return _keys(shape["members"], fragment)
    if argument.name in piece.resources:
        from awsshadow.complete.resources import resource_names

        return resource_names(piece.resources[argument.name], line.used, line.environ)
    return []


def _keys(members: dict[str, object], fragment: str) -> list[str]:
    """Shorthand keys that are not given yet, at the top level of a structure."""
    if any(char in fragment for char in "{[\"'"):
        return []
    done, comma, _ = fragment.rpartition(",")
    given = {pair.partition("=")[0] for pair in done.split(",")}
    return [f"{done}{comma}{name}=" for name in members if name not in given]


def _members(line: Line, fragment: str) -> list[str]:
    piece = line.slice
    if piece is None or piece.output_shape is None:
        return []
    return member_candidates(fragment, piece.all_shapes(), piece.output_shape)


def _regions(line: Line) -> list[str]:
    data = line.store.data()
    if data is None:
        return []
    import json  # a third of a completion's time, so only where there is something to parse

    with open(os.path.join(data, "endpoints.json"), encoding="utf-8") as file:
        partitions = json.load(file)["partitions"]
    found: dict[str, None] = {}
    for partition in partitions:
        service = partition["services"].get("api.sagemaker", {})
        found.update(dict.fromkeys(name for name in service.get("endpoints", {}) if name in partition["regions"]))
    return sorted(found)


def _paths(fragment: str) -> list[Candidate]:
    scheme, mark, path = fragment.rpartition("://")
    prefix = scheme + mark
    if path == "~":
        return [(prefix + "~/", "")]
    folder, name = os.path.split(path)
    try:
        entries = sorted(os.scandir(os.path.expanduser(folder) or "."), key=lambda e: e.name)
    except OSError:
        return []
    found = []
    for entry in entries:
        if entry.name.startswith(name) and (name or not entry.name.startswith(".")):
            found.append((prefix + os.path.join(folder, entry.name) + ("/" if entry.is_dir() else ""), ""))
    return found
