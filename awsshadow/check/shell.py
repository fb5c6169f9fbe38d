"""Shell text -> its simple commands, as lists of words. Nothing is run, and nothing is looked up.

What quotes and backslashes say is done. What an expansion would yield is not known: ``UNKNOWN`` stands in the word. The
commands inside of substitutions are commands of the text; here-documents and comments are not.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from awsshadow.check.judge import UNKNOWN

#: A character that stands for an expansion that was made before the shell sees the text: make's, a workflow's.
MARK = "\ue000"

_NAME = re.compile(r"[A-Za-z_]\w*|[@*#?$!\-0-9]")
_ALTERNATIVES = re.compile(r"\{[^{}\s'\"]*(?:,|\.\.)[^{}\s'\"]*\}")
_REDIRECTION = re.compile(r"&>>?|<<<|>>|>\||>&|<&|<>|[<>]")
_HERE_DOCUMENT = re.compile(r"<<(?!<)(-?)")


class Word:
    """One word. ``line`` counts from 1; ``is_open``: it may be any number of words, or none."""

    __slots__ = ("is_open", "line", "text")

    def __init__(self, text: str, line: int, is_open: bool = False) -> None:
        self.text = text
        self.line = line
        self.is_open = is_open

    def __repr__(self) -> str:
        return f"{self.text!r}:{self.line}{'+' * self.is_open}"


def commands_in(text: str, line: int = 1) -> list[list[Word]]:
    """The simple commands of ``text``, whose first line is ``line``, with the words in front of them."""
    reader = _Reader(text.replace("\r\n", "\n"), line)
    reader.read("")
    return reader.commands


class _Reader:
    """Goes through a text once; substitutions are read by the same reader, one level deeper."""

    def __init__(self, text: str, line: int) -> None:
        self.commands: list[list[Word]] = []
        self._text = text
        self._at = 0
        self._breaks = [at for at, character in enumerate(text) if character == "\n"]
        self._first = line
        self._awaited: list[tuple[str, bool]] = []

    def read(self, closer: str) -> None:
        """Read commands up to ``closer``, ``)`` or nothing for the end of the text."""
        level = _Level(self)
        while self._at < len(self._text):
            character = self._text[self._at]
            if character == ")" and level.ends(closer):
                self._at += 1
                break
            self._step(character, level)
        level.end_command()

    def _step(self, character: str, level: _Level) -> None:
        if character == "\n":
            level.end_command()
            self._at += 1
            self._skip_here_documents()
        elif character in " \t":
            level.end_word()
            self._at += 1
        elif character == "#" and not level.in_word:
            end = self._text.find("\n", self._at)
            self._at = len(self._text) if end < 0 else end
        elif character in "<>" or self._text.startswith("&>", self._at):
            self._redirection(level)
        elif character in ";&|()":
            level.end_command()
            level.parentheses += character == "("
            self._at += 1
        else:
            self._piece(character, level)

    def _piece(self, character: str, level: _Level) -> None:
        """A part of a word."""
        text, at = self._text, self._at
        level.begin(self._line(at))
        if character == "\\":
            self._at += 2
            if text[at + 1 : at + 2] != "\n":
                level.literal(text[at + 1 : at + 2])
            else:
                level.drop_empty()
        elif character == "'":
            self._at += 1
            self._quoted_as_it_is(level, "'")
        elif character == '"':
            self._at += 1
            self._double_quoted(level)
        elif character == "$":
            self._dollar(level, quoted=False)
        elif character == "`":
            self._backquoted(level, quoted=False)
        elif character == MARK:
            self._at += 1
            level.unknown(quoted=False)
        elif character == "{" and (found := _ALTERNATIVES.match(text, at)):
            self._at = found.end()
            level.unknown(quoted=False)
        else:
            self._at += 1
            level.literal(character)

    def _quoted_as_it_is(self, level: _Level, quote: str, escapes: bool = False) -> None:
        start = self._at
        while self._at < len(self._text) and self._text[self._at] != quote:
            self._at += 2 if escapes and self._text[self._at] == "\\" else 1
        inside = self._text[start : self._at]
        if escapes and "\\" in inside:
            inside = MARK
        level.literal(inside.replace(MARK, UNKNOWN))
        self._at += 1

    def _double_quoted(self, level: _Level) -> None:
        level.literal("")
        while self._at < len(self._text) and self._text[self._at] != '"':
            character = self._text[self._at]
            if character == "\\" and self._text[self._at + 1 : self._at + 2] in ("$", "`", '"', "\\", "\n"):
                following = self._text[self._at + 1]
                self._at += 2
                level.literal("" if following == "\n" else following)
            elif character == "$":
                self._dollar(level, quoted=True)
            elif character == "`":
                self._backquoted(level, quoted=True)
            else:
                self._at += 1
                level.literal(UNKNOWN if character == MARK else character)
        self._at += 1

    def _dollar(self, level: _Level, quoted: bool) -> None:
        text, at = self._text, self._at
        many = False
        if text.startswith("$((", at):
            self._at = behind_bracket(text, at + 1)
        elif text.startswith("$(", at):
            self._at += 2
            self.read(")")
        elif text.startswith("${", at):
            self._at = at + 2
            many = self._braces()
        elif not quoted and text[at + 1 : at + 2] == "'":
            self._at += 2
            self._quoted_as_it_is(level, "'", escapes=True)
            return
        elif not quoted and text[at + 1 : at + 2] == '"':
            self._at += 1
            return
        elif found := _NAME.match(text, at + 1):
            self._at = found.end()
            many = found.group() == "@"
        else:
            self._at += 1
            level.literal("$")
            return
        level.unknown(quoted, many)

    def _braces(self) -> bool:
        """Go behind the brace that closes an expansion; whether it may be several words even in quotes."""
        start, depth = self._at, 1
        while self._at < len(self._text) and depth:
            if self._text.startswith("$(", self._at):
                self._at += 2
                self.read(")")
                continue
            character = self._text[self._at]
            depth += (character == "{") - (character == "}")
            self._at += 2 if character == "\\" else 1
        return "[@]" in self._text[start : self._at]

    def _backquoted(self, level: _Level, quoted: bool) -> None:
        start = self._at + 1
        self._at = start
        while self._at < len(self._text) and self._text[self._at] != "`":
            self._at += 2 if self._text[self._at] == "\\" else 1
        inside = re.sub(r"\\([`$\\])", r"\1", self._text[start : self._at])
        self.commands += commands_in(inside, self._line(start))
        self._at += 1
        level.unknown(quoted)

    def _redirection(self, level: _Level) -> None:
        if self._text[self._at + 1 : self._at + 2] == "(" and self._text[self._at] in "<>":
            level.begin(self._line(self._at))
            self._at += 2
            self.read(")")
            level.unknown(quoted=True)
            return
        level.end_word(before_redirection=True)
        here = _HERE_DOCUMENT.match(self._text, self._at)
        found = here or _REDIRECTION.match(self._text, self._at)
        assert found is not None
        self._at = found.end()
        level.skip_word = "here" if here is None else "tabs" if here.group(1) else "document"

    def await_document(self, delimiter: str, tabs: bool) -> None:
        """A here-document begins on the next line."""
        self._awaited.append((delimiter, tabs))

    def _skip_here_documents(self) -> None:
        for delimiter, tabs in self._awaited:
            while self._at < len(self._text):
                end = self._text.find("\n", self._at)
                end = len(self._text) if end < 0 else end
                line = self._text[self._at : end]
                self._at = end + 1
                if (line.lstrip("\t") if tabs else line) == delimiter:
                    break
        self._awaited = []

    def _line(self, at: int) -> int:
        return self._first + bisect_right(self._breaks, at - 1)


class _Level:
    """The command that is being read, and its last word."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader
        self._words: list[Word] = []
        self._pieces: list[str] | None = None
        self._line = 0
        self._is_open = False
        self._has_literal = False
        self.parentheses = 0
        self._cases = 0
        #: What the next word is, if it is no word of the command: ``here`` of a redirection, or a delimiter.
        self.skip_word = ""

    @property
    def in_word(self) -> bool:
        return self._pieces is not None

    def ends(self, closer: str) -> bool:
        """Whether a closing parenthesis is the one that is waited for."""
        self.end_command()
        if self.parentheses:
            self.parentheses -= 1
            return False
        return closer == ")" and not self._cases

    def begin(self, line: int) -> None:
        if self._pieces is None:
            self._pieces, self._line, self._is_open, self._has_literal = [], line, False, False

    def drop_empty(self) -> None:
        """A line that goes on begins no word."""
        if self._pieces == [] and not self._has_literal:
            self._pieces = None

    def literal(self, text: str) -> None:
        assert self._pieces is not None
        self._pieces.append(text)
        self._has_literal = True

    def unknown(self, quoted: bool, many: bool = False) -> None:
        assert self._pieces is not None
        self._pieces.append(UNKNOWN)
        self._is_open = self._is_open or many or not quoted

    def end_word(self, before_redirection: bool = False) -> None:
        if self._pieces is None:
            return
        text, literal = "".join(self._pieces), "".join(self._pieces).replace(UNKNOWN, "")
        self._pieces = None
        if self.skip_word:
            if self.skip_word != "here":
                self._reader.await_document(text, self.skip_word == "tabs")
            self.skip_word = ""
        elif not (before_redirection and text.isdecimal()):
            self._words.append(Word(text, self._line, self._is_open and not literal))

    def end_command(self) -> None:
        self.end_word()
        self.skip_word = ""
        if self._words:
            first = self._words[0].text
            self._cases += (first == "case") - (first == "esac" and self._cases > 0)
            self._reader.commands.append(self._words)
        self._words = []


def behind_bracket(text: str, at: int) -> int:
    """The place behind the bracket that closes the round or curly one at ``at``, the end where none does."""
    opener = text[at]
    closer = ")" if opener == "(" else "}"
    depth = 0
    for index in range(at, len(text)):
        depth += (text[index] == opener) - (text[index] == closer)
        if not depth:
            return index + 1
    return len(text)
