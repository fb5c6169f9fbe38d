"""What may come next after the words of an own command, from the tree."""

from __future__ import annotations

from click.shell_completion import ShellComplete

from awsshadow.commands.tree.groups import root

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from awsshadow.commands.tree.console import Console


def candidates(words: Sequence[str], fragment: str, console: Console) -> Iterator[tuple[str, str, str]]:
    """What may replace ``fragment``: its kind, the text, and what is said about it.

    Kinds are ``plain`` and, where something else than the tree knows the values, those of ``values.Text``; the
    text is then what has been typed of the value, and what is said about it the option of ``values.ValueOf``.
    """
    completer = ShellComplete(root(console.program), {"obj": console}, console.program, "")
    for item in completer.get_completions(list(words), fragment):
        yield item.type, item.value, item.help or ""
