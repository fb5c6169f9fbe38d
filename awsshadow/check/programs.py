"""Which program a simple command of a shell starts in the end."""

from __future__ import annotations

import re

from awsshadow.check.judge import UNKNOWN
from awsshadow.check.shell import Word

_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=")

#: Words that may stand in front of a command.
_BEFORE = frozenset(("if", "then", "elif", "else", "while", "until", "do", "!", "{", "coproc"))
#: Programs that run the command behind them -> those of their options that take a value.
_RUNNERS = {
    "time": "fo",
    "exec": "a",
    "command": "",
    "builtin": "",
    "nohup": "",
    "env": "uCS",
    "sudo": "ughpCrt",
    "nice": "n",
    "timeout": "sk",
    "xargs": "InPLdEsa",
    "stdbuf": "ioe",
    "setsid": "",
}


def program_of(words: list[Word]) -> list[Word]:
    """A command from its program on: without assignments, keywords and programs that only run it."""
    words = list(words)
    while words:
        name = words[0].text
        runner = name.rpartition("/")[2]
        if name in _BEFORE or _ASSIGNMENT.match(name):
            del words[0]
        elif name == "function":
            del words[:2]
        elif runner in _RUNNERS and len(words) > 1:
            words = _behind(runner, words[1:])
        else:
            break
    return words


def _behind(runner: str, words: list[Word]) -> list[Word]:
    """The command that a program runs with the ``words`` behind its name."""
    replaced = ""
    while words and words[0].text.startswith("-"):
        option = words.pop(0).text
        if option == "--":
            break
        valued = len(option) == 2 and option[1] in _RUNNERS[runner]
        value = words.pop(0).text if valued and words else option[2:]
        if runner == "xargs" and option[:2] in ("-I", "-i"):
            replaced = value or "{}"
    if runner == "timeout" and words:
        del words[0]
    if replaced:
        return [Word(word.text.replace(replaced, UNKNOWN), word.line, word.is_open) for word in words]
    # What is read is put behind the words.
    return [*words, Word(UNKNOWN, words[-1].line, is_open=True)] if runner == "xargs" and words else words
