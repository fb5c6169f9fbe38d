"""The words of one command, some of which are not known, as a parser can read them."""

from __future__ import annotations

from awsshadow.check.judge import UNKNOWN
from awsshadow.check.shell import Word
from awsshadow.command_line.option_parser import FLAG, ONE, PERHAPS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from awsshadow.command_line.option_parser import ChoiceError, Row


class KnownWords:
    """The words behind the program. ``is_open``: a variable among them may hold more options, as far as was read."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = list(words)
        self.line = words[0].line if words else 1
        self.is_open = False

    def texts(self, rows: Mapping[str, Row]) -> list[str]:
        """The words with what can be said of those that are not known.

        One that may be any number of words counts as one where an option waits for a value, else it is left out. A
        value that is not known is one that its option takes.
        """
        texts: list[str] = []
        awaiting: Row | None = None
        guess = False
        for word in self._words:
            option, equals, attached = word.text.partition("=")
            row = _row(option, rows) if word.text.startswith("--") else None
            if word.text.startswith("--") and not word.is_open:
                if equals and UNKNOWN in attached and row is not None:
                    texts.append(f"{option}={_taken(row, attached)}")
                else:
                    texts.append(word.text)
                awaiting = row if row is not None and not equals and row.arity != FLAG else None
                guess = row is None and not equals and UNKNOWN not in option
                self.is_open = self.is_open or UNKNOWN in option
                continue
            if word.is_open and awaiting is None and not guess:
                self.is_open = True
                continue
            if word.is_open and awaiting is not None and awaiting.arity != ONE:
                self.is_open = True
            texts.append(_taken(awaiting, word.text) if awaiting is not None else word.text)
            if awaiting is None or awaiting.arity in (ONE, PERHAPS):
                awaiting = None
            guess = False
        return texts

    def is_behind_variable(self, name: str) -> bool:
        """Whether a variable in front of a word may be what the word is taken for."""
        at = next((at for at, word in enumerate(self._words) if word.text == name), 0)
        return any(word.is_open for word in self._words[:at])

    def replace(self, error: ChoiceError) -> bool:
        """Put a value that is allowed in the place of one that is not; whether there was one."""
        for at, word in enumerate(self._words):
            option, _, attached = word.text.partition("=")
            allowed = next(iter(error.names), "")
            if error.word in (word.text, attached) and allowed not in ("", error.word):
                text = allowed if word.text == error.word else f"{option}={allowed}"
                self._words[at] = Word(text, word.line)
                return True
        return False

    def line_of(self, text: str) -> int:
        """The line of a word, or of an option that it abbreviates."""
        for word in self._words:
            if word.text == text or word.text.startswith(f"{text}="):
                return word.line
        shorter = (w for w in self._words if len(w.text) > 2 and w.text.startswith("--"))
        return next((w.line for w in shorter if text.startswith(w.text.partition("=")[0])), self.line)

    def line_in(self, said: str) -> int:
        """The line of the option that a sentence is about."""
        named = [word for word in said.replace(",", " ").replace(":", " ").split() if word.startswith("--")]
        return self.line_of(named[0].partition("=")[0]) if named else self.line


def _row(option: str, rows: Mapping[str, Row]) -> Row | None:
    if option in rows:
        return rows[option]
    fitting = [row for name, row in rows.items() if name.startswith(option)]
    return fitting[0] if len(fitting) == 1 else None


def _taken(row: Row, text: str) -> str:
    """A value that is not known as one that the option reads without complaint."""
    if UNKNOWN not in text:
        return text
    if row.choices:
        return row.choices[0]
    return UNKNOWN if row.number is not None else text
