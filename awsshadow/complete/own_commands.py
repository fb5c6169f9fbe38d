"""Completion behind a command of awsshadow's own: from the tree the command is made of."""

from __future__ import annotations

from awsshadow.commands.tree import candidates as tree
from awsshadow.commands.tree.console import Console
from awsshadow.complete.candidates import first_sentence
from awsshadow.complete.partial_line import Line
from awsshadow.complete.values import SEVERAL, paths, several, values
from awsshadow.invocation import Process
from awsshadow.streams import Streams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from awsshadow.complete.candidates import Candidate

#: The name that the pages and usages are made for; completion shows none of them.
_PROGRAM = "awsshadow"


def candidates(words: list[str], fragment: str, environ: dict[str, str], own: Container[str]) -> list[Candidate] | None:
    """What may replace ``fragment`` after ``words``; None when they do not begin with a command of ``own``.

    Raises what the tree and a damaged installation raise.
    """
    place = _place(words, environ)
    if words[place] not in own:
        return None
    console = Console(Process(_PROGRAM, "", environ, Streams(None, None, None), is_own=True))
    option, equals, _ = fragment.partition("=")
    begin = option + equals if equals and option.startswith("--") else ""
    return [(begin + text, about) for text, about in _found(words[place:], fragment, console)]


def _place(words: list[str], environ: dict[str, str]) -> int:
    """Where the first word stands that is neither a global option nor its value."""
    return next((at for at in range(len(words)) if Line(words[: at + 1], environ).path), 0)


def _found(words: list[str], fragment: str, console: Console) -> Iterator[Candidate]:
    for kind, text, about in tree.candidates(words, fragment, console):
        if kind == "plain" and (text.startswith("--") or not text.startswith("-")):
            yield text, first_sentence(about)
        elif kind in ("region", "profile"):
            yield from values(Line([], console.environ), f"--{kind}", text)
        elif f"--{kind}" in SEVERAL:
            yield from several(Line([], console.environ), f"--{kind}", text)
        elif kind == "value":
            operation, option = about.split()
            # The words of the line say where to look: region, profile, what the resource lies in.
            yield from values(Line(["sagemaker", operation, *words], console.environ), option, text)
        elif kind in ("file", "dir"):
            yield from (path for path in paths(text) if kind == "file" or path[0].endswith("/"))
