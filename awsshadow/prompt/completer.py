"""The candidates of shell completion, as prompt-toolkit wants them: fuzzy, with what is required first."""

from __future__ import annotations

from prompt_toolkit.completion import Completer, Completion, FuzzyCompleter

from awsshadow.complete.candidates import Line, candidates
from awsshadow.complete.line import split_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

#: Offering to ask makes no sense where one is being asked.
_NOT_HERE = ("--cli-auto-prompt", "--no-cli-auto-prompt")


class _Words(Completer):
    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
        """What may stand at the cursor."""
        text = document.text_before_cursor
        words, fragment = split_line(text, len(text))
        line = Line(words, self._environ)
        required = line.required
        found = [c for c in candidates(words, fragment, self._environ, {}) if c[0] not in _NOT_HERE]
        found.sort(key=lambda c: c[0] not in required)
        for name, about in found:
            mark = " (required)" if name in required else ""
            yield Completion(name, -len(fragment), display=name + mark, display_meta=about)


def completer(environ: dict[str, str]) -> Completer:
    """Letters typed in order match: ``lsmod`` finds ``list-models``."""
    return FuzzyCompleter(_Words(environ), WORD=True)
