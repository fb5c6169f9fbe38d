"""The ``aws sagemaker`` commands in a file, each read by the parsers of this program as far as variables allow."""

from __future__ import annotations

import os

from awsshadow import output
from awsshadow.arguments import values
from awsshadow.check.documents import Document, Malformed
from awsshadow.check.findings import Finding
from awsshadow.check.judge import UNKNOWN, Judge
from awsshadow.check.known_words import KnownWords
from awsshadow.check.programs import program_of
from awsshadow.check.shell import commands_in
from awsshadow.command_line.extra_options import EXTRA_OPTIONS, split
from awsshadow.command_line.option_parser import ChoiceError, MissingError, Positional, TokenError, read
from awsshadow.command_line.options import GLOBALS, GLOBALS_WITH_EXTRAS, lifts_required, operation_rows
from awsshadow.command_line.usage_errors import nearest
from awsshadow.errors import AwsShadowError, ParameterError, UsageError
from awsshadow.model import load
from awsshadow.names import SERVICE
from awsshadow.own_commands import REFERENCE_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from typing import Any

    from awsshadow.check.scripts import Fragment
    from awsshadow.check.shell import Word
    from awsshadow.command_line.option_parser import Reading, Row
    from awsshadow.model import Argument, Slice
    from awsshadow.model.store import Store

_PROGRAMS = (REFERENCE_NAME, "awsshadow")
_DOCUMENTS = {"cli-input-json": True, "cli-input-yaml": False}
_ALIKE = 0.7
_FILE = "file://"


class CommandChecker:
    """Checks commands; slices that were read are kept for the next one.

    ``aliases`` are names of operations that the user has given a meaning.
    """

    def __init__(self, store: Store, environ: Mapping[str, str], strict: bool, aliases: Collection[str] = ()) -> None:
        self.store = store
        self.environ = environ
        self.strict = strict
        self.aliases = aliases
        self._slices: dict[tuple[str, str], Slice] = {}

    def findings(self, path: str, fragments: Sequence[Fragment]) -> Iterator[Finding]:
        """What is wrong with the commands in the pieces of shell text of the file ``path``."""
        for line, text in fragments:
            if SERVICE in text:
                for words in commands_in(text, line):
                    found = _ours(words)
                    if found is not None:
                        yield from _Command(self, path, *found).findings()

    def slice(self, part: str, name: str) -> Slice:
        """The slice of a command."""
        if (part, name) not in self._slices:
            self._slices[part, name] = load(self.store, part, name)
        return self._slices[part, name]


def _ours(words: list[Word]) -> tuple[list[Word], bool] | None:
    """The words behind the program, and whether it has extras; None for a command of somebody else's."""
    words = program_of(words)
    if not any(word.text == SERVICE for word in words):
        return None
    for at, word in enumerate(words):
        name = word.text.rpartition("/")[2].removesuffix(".exe")
        # What a variable holds is aws, too, if the service follows it.
        variable = word.text == UNKNOWN and words[at + 1 : at + 2] and words[at + 1].text == SERVICE
        if (at == 0 and (name in _PROGRAMS or variable)) or (name in _PROGRAMS and words[at - 1].text == "--"):
            return words[at + 1 :], name != REFERENCE_NAME
    return None


class _Command:
    """One command. ``words`` are those behind the program."""

    def __init__(self, checker: CommandChecker, path: str, words: list[Word], extras: bool) -> None:
        self._checker = checker
        self._path = path
        self._words = KnownWords(words)
        self._extras = extras

    def findings(self) -> Iterator[Finding]:
        """What is wrong with it, once."""
        try:
            yield from self._all()
        except ChoiceError as error:
            yield self._finding(self._words.line_of(f"--{error.label}"), "usage", f"{error}{_meant(*_choice(error))}")
            # What else is wrong is found with a value that there is.
            if self._words.replace(error):
                yield from self.findings()
        except (TokenError, UsageError) as error:
            said = str(error).partition("\n")[0]
            if UNKNOWN not in said and not (self._words.is_open and isinstance(error, MissingError)):
                yield self._finding(self._words.line_in(said), "usage", said)

    def _all(self) -> Iterator[Finding]:
        globals = GLOBALS_WITH_EXTRAS if self._extras else GLOBALS
        main = read(self._words.texts(globals), globals, [Positional("command")])
        if main.words["command"] == SERVICE:
            yield from self._operation(read(main.rest, {}, [Positional("operation")]), globals)

    def _operation(self, service: Reading, globals: Mapping[str, Row]) -> Iterator[Finding]:
        name, part = service.words["operation"], "operations"
        rest = service.rest
        if name == "wait":
            waiter = read(rest, {}, [Positional("subcommand", optional=True)])
            if "subcommand" not in waiter.words:
                return
            name, part = waiter.words["subcommand"], "waiters"
        if UNKNOWN in name or name == "help" or name in self._checker.aliases:
            return
        if not self._checker.store.has(part, name):
            if self._words.is_behind_variable(name):
                return
            known = self._checker.store.index()[part]
            kind = "operation" if part == "operations" else "waiter"
            yield self._finding(
                self._words.line_of(name), "unknown-operation", f"there is no {kind} {name}{_meant(name, known)}"
            )
            return
        yield from self._options(self._checker.slice(part, name), part, globals)

    def _options(self, slice: Slice, part: str, globals: Mapping[str, Row]) -> Iterator[Finding]:
        """What is wrong behind the name of an operation or a waiter."""
        rows = operation_rows(slice.arguments, lifted=True)
        main = read(self._words.texts({**globals, **rows}), globals, [Positional("command")])
        rest = read(main.rest, {}, [Positional("operation")]).rest
        if part == "waiters":
            rest = read(rest, {}, [Positional("subcommand")]).rest
        if self._extras:
            rest = split(rest, "wait" if part == "waiters" else "call", slice.name, "")[1]
        found = read(rest, rows, [Positional("help", optional=True)])
        if found.words.get("help") == "help" or main.stopped is not None:
            return
        stray = [*([found.words["help"]] if found.words.get("help") else []), *found.rest]
        unknown = [word.partition("=")[0] for word in stray if word.startswith("--") and UNKNOWN not in word]
        known = [*rows, *globals, *(EXTRA_OPTIONS if self._extras else ())]
        for option in unknown:
            said = f"{slice.name} has no option {option}{_meant(option, known)}"
            yield self._finding(self._words.line_of(option), "unknown-option", said)
        if stray and not unknown and not any(UNKNOWN in word for word in stray):
            yield self._finding(self._words.line_of(stray[0]), "usage", f"nothing takes the word {stray[0]}")
        misspelt = {near for option in unknown for near in nearest(option, rows, _ALIKE)[:1]}
        if not (self._words.is_open or lifts_required(rest)):
            yield from self._missing(slice, found, misspelt)
        yield from self._excluded(slice, main, found)
        if "generate-cli-skeleton" not in found.values:
            yield from self._values(slice, found)
        yield from self._query(main)

    def _excluded(self, slice: Slice, main: Reading, found: Reading) -> Iterator[Finding]:
        """Options that do not go together."""
        documents = [option for option in _DOCUMENTS if option in found.values]
        paging = [a.name for a in slice.arguments if a.kind == "paging" and a.name in found.values]
        if len(documents) > 1:
            said = "only one of --cli-input-json and --cli-input-yaml may be given"
            yield self._finding(self._words.line_of(f"--{documents[1]}"), "usage", said)
        if paging and main.values.get("paginate") is False:
            said = f"--no-paginate does not go with --{paging[0]}"
            yield self._finding(self._words.line_of(f"--{paging[0]}"), "usage", said)

    def _missing(self, slice: Slice, found: Reading, misspelt: set[str]) -> Iterator[Finding]:
        for option, row in operation_rows(slice.arguments).items():
            if row.required and row.key not in found.values and option not in misspelt:
                yield self._finding(self._words.line, "missing-option", f"{slice.name} needs {option}")

    def _values(self, slice: Slice, found: Reading) -> Iterator[Finding]:
        judge = Judge(slice.shapes, self._checker.strict, self._extras)
        given = {a.member for a in slice.arguments if a.member is not None and a.name in found.values}
        for argument in slice.arguments:
            typed = found.values.get(argument.name)
            if isinstance(typed, bool) or typed is None or argument.kind == "negation":
                continue
            if argument.name in _DOCUMENTS:
                yield from self._document(slice, argument.name, typed, {name for name in given if name})
            elif argument.member is not None and argument.shape is not None:
                yield from self._value(slice, argument, typed, judge)

    def _value(self, slice: Slice, argument: Argument, typed: Any, judge: Judge) -> Iterator[Finding]:
        words = typed if isinstance(typed, list) else [str(typed)]
        if UNKNOWN in words:
            return
        value: Any = typed
        if len(words) == 1 and words[0].startswith((_FILE, "fileb://")):
            if words[0].startswith("fileb://") or (text := self._contents(words[0])) is None:
                return
            value = text[1]
        line = self._words.line_of(f"--{argument.name}")
        try:
            member = values.parameter(argument.name, value, str(argument.shape), slice.shapes, self._checker.environ)
        except AwsShadowError as error:
            # A variable in it may make it whole; a file named inside of it may not be there yet.
            if not any(UNKNOWN in word or "@=" in word for word in words):
                said = error.message if isinstance(error, ParameterError) else f"--{argument.name}: {error.message}"
                yield self._finding(line, "value", said)
            return
        top = slice.shapes[str(slice.input_shape)]["members"][str(argument.member)]
        secret = bool(top.get("sensitive"))
        for wrong in judge.value(member, str(argument.shape), (str(argument.member),), secret):
            yield self._finding(line, wrong.rule, f"--{argument.name}: {wrong.message}", wrong.level)

    def _document(self, slice: Slice, option: str, typed: Any, given: set[str]) -> Iterator[Finding]:
        """A document beside the script, or one that stands in it."""
        text, path, line = str(typed), self._path, self._words.line_of(f"--{option}")
        beside = text.startswith(_FILE)
        if beside:
            found = self._contents(text)
            if found is None:
                return
            path, text = found
        elif text == "-" or UNKNOWN in text:
            return
        try:
            document = Document(path, text, _DOCUMENTS[option])
            wrong = list(document.findings(slice, self._checker.strict, given, self._extras))
        except Malformed as error:
            wrong = [Finding(path, error.line, "syntax", error.message)]
        for one in wrong:
            said = f"--{option}: {one.message}"
            yield one if beside else self._finding(line, one.rule, said, one.level)

    def _query(self, main: Reading) -> Iterator[Finding]:
        query = main.values.get("query")
        if isinstance(query, str) and UNKNOWN not in query:
            try:
                output.compile_query(query)
            except ParameterError as error:
                said = " ".join(error.message.split())
                yield self._finding(self._words.line_of("--query"), "value", said)

    def _contents(self, value: str) -> tuple[str, str] | None:
        """The path and the text of a ``file://``, beside the script or from here; None if neither has it."""
        named = value.removeprefix(_FILE)
        if UNKNOWN in named or "$" in named:
            return None
        named = os.path.expanduser(named)
        for folder in (os.path.dirname(self._path), ""):
            path = os.path.normpath(os.path.join(folder, named))
            try:
                with open(path, encoding="utf-8-sig") as file:
                    return path, file.read()
            except (OSError, UnicodeDecodeError):
                continue
        return None

    def _finding(self, line: int, rule: str, message: str, level: str = "error") -> Finding:
        return Finding(self._path, line, rule, message.replace(UNKNOWN, "$…"), level)


def _choice(error: ChoiceError) -> tuple[str, list[str]]:
    return error.word, list(error.names)


def _meant(word: str, names: Collection[str]) -> str:
    similar = nearest(word, names, _ALIKE)
    return f"; did you mean {similar[0]}?" if similar else ""
