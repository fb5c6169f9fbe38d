"""What the whole words of a half-typed command line come to. Lenient: the line is not finished."""

from __future__ import annotations

from awsshadow.command_line.option_parser import FLAG, MANY, ONE, Row
from awsshadow.command_line.options import GLOBALS, operation_rows
from awsshadow.model import Argument, find_store, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from awsshadow.model import Slice
    from awsshadow.model.store import Store


class Line:
    """A command line so far: ``words`` without the program.

    ``path`` are the command words, ``used`` the options with their values, ``awaiting`` the option
    whose value comes next, ``stray`` whether a word stands where none belongs. ``rows`` are the
    options that may be given, ``described`` what is said about those of the operation; empty before
    there is one. With ``extras`` the options count that the reference does not have.
    """

    def __init__(self, words: list[str], environ: dict[str, str], extras: bool = False) -> None:
        self.environ = environ
        self.extras = extras
        self.path: list[str] = []
        self.used: dict[str, str] = {}
        self.awaiting: str | None = None
        self.stray = False
        self._store: Store | None = None
        self._slice: Slice | None = None
        self._command_of: tuple[str, str] | None = None
        self.rows: dict[str, Row] = dict(GLOBALS)
        self.described: dict[str, str] = {}
        #: Option -> what each of the words that it takes means, where that is known.
        self.choices: dict[str, Mapping[str, str]] = {}
        for word in words:
            self._take(word)

    @property
    def store(self) -> Store:
        """The slices. Raises AwsShadowError without a botocore."""
        if self._store is None:
            self._store = find_store(self.environ)
        return self._store

    @property
    def slice(self) -> Slice | None:
        """The slice of the operation, read when a value has to be known; None before there is one."""
        if self._slice is None and self._command_of is not None:
            self._slice = load(self.store, *self._command_of)
        return self._slice

    @property
    def required(self) -> frozenset[str]:
        """The operation's required options that have not been given."""
        slice = self.slice
        needed = (f"--{a.name}" for a in slice.arguments if a.required) if slice else ()
        return frozenset(name for name in needed if name not in self.used)

    def argument(self, option: str) -> Argument | None:
        """The operation's argument behind ``--option``, None for a global option or an unknown one."""
        slice = self.slice
        return next((a for a in slice.arguments if f"--{a.name}" == option), None) if slice else None

    def _take(self, word: str) -> None:
        if self.awaiting and not word.startswith("--"):
            self.used[self.awaiting] = word
            if self.rows[self.awaiting].arity != MANY:
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
        if name in self.rows:
            return name
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
        if word == "help":
            return
        if self.stray or not self.store.has(part, word):
            self.stray = True
            return
        self._command_of = (part, word)
        options = self.store.options(part, word)
        # A negation has no text in the model; that of its twin would say the contrary.
        self.described = {
            f"--{name}": f"The opposite of --{name.removeprefix('no-')}" if kind == "negation" else about
            for name, kind, _, about in options
        }
        arguments = [Argument(name, kind, None, type, None, False, False) for name, kind, type, _ in options]
        self.rows = {**GLOBALS, **operation_rows(arguments)}
        if self.extras:
            self._add_extras("wait" if part == "waiters" else "call", word)

    def _add_extras(self, kind: str, command: str) -> None:
        from awsshadow import extra_options

        for name, option in extra_options.options_of(kind, command).items():
            # A value that may be absent is attached, so that none is awaited.
            arity = ONE if option.value and not option.choices else FLAG
            self.rows[name] = Row(option.name, arity, choices=tuple(option.choices))
            self.choices[name] = option.choices
            self.described[name] = option.summary
