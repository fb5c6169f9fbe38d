"""Words of a command line -> values and what is left over. Pure: no I/O, no click, no imports at run time.

The syntax is that of Python 3.11's option parser, which the reference is built on
(behaviour: input 1.3 to 1.7)::

    line     = { option | positional | unknown } [ "--" { positional } ]
    option   = NAME [ "=" VALUE ]  |  NAME VALUE...       NAME may be any unambiguous prefix
    value    = "-" | a negative number | a word with a blank | a word that does not begin with "-"

A line is read twice. The first reading marks each word as option or not, which depends on the
options of *this* parser only, and finds every ambiguity; the second goes from left to right and
takes values. That is why an ambiguous prefix beats any error in a value.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from typing import Protocol

    from awsshadow.invocation import Given

    class Names(Container[str], Protocol):
        """Allowed words; iterated over only to suggest one."""

        def __iter__(self) -> Iterator[str]: ...


#: How many of the words that follow an option are its values.
FLAG, ONE, PERHAPS, MANY = "flag", "one", "perhaps", "many"

_OPTION, _WORD, _MARKER = "O", "A", "-"
_END_OF_OPTIONS = "--"


class TokenError(Exception):
    """The line breaks the syntax; ``str()`` is the sentence the reference prints."""


class ChoiceError(TokenError):
    """A word is none of the allowed ones. ``label`` says what it stood for."""

    def __init__(self, label: str, word: str, names: Iterable[str]) -> None:
        super().__init__(f"argument {label}: Found invalid choice '{word}'")
        self.label = label
        self.word = word
        self.names = names


class MissingError(TokenError):
    """Something required is absent: ``names``, in the order of the options. ``unknown`` words are left over."""

    def __init__(self, names: Sequence[str], unknown: Sequence[str] = ()) -> None:
        super().__init__(f"the following arguments are required: {', '.join(names)}")
        self.names = names
        self.unknown = [*unknown]


class Row:
    """One option a parser knows.

    ``key`` is where its value goes (two options may share one). ``constant`` is what a flag, or
    an option whose value may be absent, stores. ``number`` converts each value and raises
    ValueError. ``stops``: reading ends as soon as this option has been read.
    """

    __slots__ = ("arity", "choices", "constant", "key", "name", "number", "required", "stops")

    def __init__(
        self,
        name: str,
        arity: str = ONE,
        key: str | None = None,
        constant: Given = True,
        choices: Sequence[str] = (),
        number: Callable[[str], int | float] | None = None,
        required: bool = False,
        stops: bool = False,
    ) -> None:
        self.name = name
        self.arity = arity
        self.key = key or name
        self.constant = constant
        self.choices = choices
        self.number = number
        self.required = required
        self.stops = stops


class Positional:
    """One word that is not an option; ``names`` None allows any."""

    __slots__ = ("key", "names", "optional")

    def __init__(self, key: str, names: Names | None = None, optional: bool = False) -> None:
        self.key = key
        self.names = names
        self.optional = optional


class Reading:
    """What one parser understood: ``values`` and ``words`` by key, ``rest`` for the next parser.

    ``stopped`` is the option that ended the reading, if one did.
    """

    def __init__(self) -> None:
        self.values: dict[str, Given] = {}
        self.words: dict[str, str] = {}
        self.rest: list[str] = []
        self.stopped: Row | None = None


def read(tokens: Sequence[str], rows: Mapping[str, Row], positionals: Sequence[Positional] = ()) -> Reading:
    """Read one line. ``rows`` maps ``--name`` to its row, in the order of the option table.

    Raises TokenError, or ChoiceError or MissingError which are kinds of it.
    """
    return _Reader(tokens, rows, positionals).read()


class _Reader:
    def __init__(self, tokens: Sequence[str], rows: Mapping[str, Row], positionals: Sequence[Positional]) -> None:
        self._tokens = list(tokens)
        self._rows = rows
        self._awaited = list(positionals)
        self._options: dict[int, tuple[Row | None, str | None]] = {}
        self._marks = self._mark()
        self._seen: set[str] = set()
        self._reading = Reading()

    def read(self) -> Reading:
        at = 0
        for option in sorted(self._options):
            # An option's values may reach this far, never beyond the next option.
            while at < option and self._reading.stopped is None:
                end = self._take_positionals(at)
                if end == at:
                    self._reading.rest += self._tokens[at:option]
                    end = option
                at = end
            if self._reading.stopped is None:
                at = self._take_option(option)
        if self._reading.stopped is None:
            self._reading.rest += self._tokens[self._take_positionals(at) :]
            self._check_required()
        return self._reading

    def _mark(self) -> str:
        """``O`` for an option, ``A`` for another word, ``-`` for the marker after which all are words."""
        marks = ""
        for i, token in enumerate(self._tokens):
            if token == _END_OF_OPTIONS:
                return marks + _MARKER + _WORD * (len(self._tokens) - i - 1)
            option = _recognise(token, self._rows)
            if option is not None:
                self._options[i] = option
            marks += _WORD if option is None else _OPTION
        return marks

    def _take_option(self, at: int) -> int:
        """Take the option at ``at`` and its values; the index after them."""
        row, attached = self._options[at]
        if row is None:
            self._reading.rest.append(self._tokens[at])
            return at + 1
        end = at + 1
        if attached is not None:
            if row.arity == FLAG:
                raise TokenError(f"argument --{row.name}: ignored explicit argument {attached!r}")
            # The reference drops a value that looks like the marker, even an attached one.
            self._store(row, [] if attached == _END_OF_OPTIONS else [attached])
            return end
        if row.arity != FLAG:
            limit = len(self._marks) if row.arity == MANY else min(end + 1, len(self._marks))
            while end < limit and self._marks[end] == _WORD:
                end += 1
            if row.arity == ONE and end == at + 1:
                raise TokenError(f"argument --{row.name}: expected one argument")
        self._store(row, self._tokens[at + 1 : end])
        return end

    def _store(self, row: Row, texts: list[str]) -> None:
        self._seen.add(row.name)
        if row.stops:
            self._reading.stopped = row
        if row.arity == FLAG or (row.arity == PERHAPS and not texts):
            self._reading.values[row.key] = row.constant
            return
        values = [_value(row, text) for text in texts]
        single = row.arity != MANY and len(values) == 1
        self._reading.values[row.key] = values[0] if single else values  # type: ignore[assignment]

    def _take_positionals(self, at: int) -> int:
        """Give the words from ``at`` on to the positionals still awaited; the index after them.

        A positional is taken with a marker directly before or after it. All that are still awaited
        are served at once, so an optional one that finds no word is not awaited any longer.
        """
        while self._awaited:
            end = self._span(at, self._awaited[0].optional)
            if end is None:
                break
            positional = self._awaited.pop(0)
            words = self._tokens[at:end]
            if _END_OF_OPTIONS in words:
                words.remove(_END_OF_OPTIONS)
            if words:
                self._reading.words[positional.key] = words[0]
                if positional.names is not None and words[0] not in positional.names:
                    raise ChoiceError(positional.key, words[0], positional.names)
            at = end
        return at

    def _span(self, at: int, optional: bool) -> int | None:
        """Where the words of one positional end that begins at ``at``; None if there is no word for it."""
        end = self._skip(at, _MARKER)
        word = end
        if end < len(self._marks) and self._marks[end] == _WORD:
            end += 1
        if end == word and not optional:
            return None
        return self._skip(end, _MARKER)

    def _skip(self, at: int, mark: str) -> int:
        return at + 1 if self._marks[at : at + 1] == mark else at

    def _check_required(self) -> None:
        missing = [name for name, row in self._rows.items() if row.required and row.name not in self._seen]
        missing += [positional.key for positional in self._awaited if not positional.optional]
        if missing:
            raise MissingError(missing, self._reading.rest)


def _value(row: Row, text: str) -> Given | float:
    value: Given | float = text
    if row.number is not None:
        try:
            value = row.number(text)
        except ValueError:
            raise TokenError(f"argument --{row.name}: invalid {row.number.__name__} value: {text!r}") from None
    if row.choices and text not in row.choices:
        raise ChoiceError(f"--{row.name}", text, row.choices)
    return value


def _recognise(token: str, rows: Mapping[str, Row]) -> tuple[Row | None, str | None] | None:
    """(row, attached value) of an option, (None, None) of an unknown one; None for any other word."""
    if token[:1] != "-" or len(token) == 1:
        return None
    if token in rows:
        return rows[token], None
    name, equals, value = token.partition("=")
    attached = value if equals else None
    row = rows.get(name) or _abbreviated(token, name, rows)
    if row is not None:
        return row, attached
    return None if _is_negative_number(token) or " " in token else (None, None)


def _abbreviated(token: str, name: str, rows: Mapping[str, Row]) -> Row | None:
    """The one option that begins with ``name``, the part of ``token`` before its ``=``."""
    fitting = [known for known in rows if known.startswith(name)] if token.startswith("--") else []
    if len(fitting) > 1:
        raise TokenError(f"ambiguous option: {token} could match {', '.join(fitting)}")
    return rows[fitting[0]] if fitting else None


def _is_negative_number(token: str) -> bool:
    """``-5``, ``-5.5``, ``-.5`` in digits of any script; one final newline does not matter."""
    whole, dot, fraction = token[1:].removesuffix("\n").partition(".")
    if dot:
        return fraction.isdecimal() and (not whole or whole.isdecimal())
    return whole.isdecimal()
