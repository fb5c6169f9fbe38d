"""The candidates of shell completion, as prompt-toolkit wants them: fuzzy, with what is required first."""

from __future__ import annotations

from prompt_toolkit.completion import Completer, Completion

from awsshadow.complete import shorthand
from awsshadow.complete.candidates import candidates_of
from awsshadow.complete.cursor import cut_line
from awsshadow.complete.partial_line import Line
from awsshadow.errors import AwsShadowError
from awsshadow.help.global_options import GLOBAL_OPTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

    from awsshadow.complete.candidates import Candidate
    from awsshadow.complete.cursor import Cut

#: Offering to ask makes no sense where one is being asked.
_NOT_HERE = ("--cli-auto-prompt", "--no-cli-auto-prompt")
_GLOBAL_TYPES = {f"--{name}": type for name, type, *_ in GLOBAL_OPTIONS}
#: Where a value falls into pieces: what stands before the last of these is settled, the rest is guessed at.
_JOINTS = "/=,.{}[]()|&!<>? "
#: What a word may not hold bare, or a shell's rules would read it otherwise.
_SPECIAL = " \t\\\"'"


class Words(Completer):
    """What may stand at the cursor; letters in their order are enough: ``lsmod`` finds ``list-models``."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
        """The candidates, required options first, then the best match first."""
        text = document.text_before_cursor
        cut = cut_line(text, len(text))
        try:
            line = Line(cut.words, self._environ)
            required = line.required
            found = self._found(line, cut.fragment)
        except (AwsShadowError, OSError, LookupError, ValueError, RecursionError):
            return
        begin = (cut.begin - len(text)) + (1 if cut.quote and text[cut.begin] == cut.quote else 0)
        for name, about in found:
            mark = " (required)" if name in required else ""
            yield Completion(_written(name, cut), begin, display=name + mark, display_meta=about)

    def _found(self, line: Line, fragment: str) -> list[Candidate]:
        settled, guess = _divide(fragment)
        offered = [c for c in candidates_of(line, settled, {}) if c[0] not in _NOT_HERE]
        ranked = []
        for i, (name, about) in enumerate(offered):
            rank = fuzzy(guess, name[len(settled) :])
            if rank is not None:
                ranked.append((name not in line.required, rank, i, (name, self._about(line, name, about))))
        found = [candidate for *_, candidate in sorted(ranked)]
        closing = shorthand.closing(fragment) if line.awaiting and "=" in fragment else ""
        if closing and not fragment.endswith(("=", ",", "{", "[")):
            found.append((fragment + closing, "Autoclose brackets"))
        return found

    def _about(self, line: Line, name: str, about: str) -> str:
        """An option's description with its type before it."""
        argument = line.argument(name)
        type = argument.type if argument else _GLOBAL_TYPES.get(name)
        return f"[{type}] {about}" if type else about


def fuzzy(guess: str, name: str) -> tuple[int, int] | None:
    """How well ``guess`` matches ``name``, smaller is better: length and start of the shortest stretch
    of ``name`` that has the letters of ``guess`` in their order, whatever their case. None: not at all."""
    low, wanted = name.lower(), guess.lower()
    if not wanted:
        return 0, 0
    best = None
    start = low.find(wanted[0])
    while start >= 0:
        at = start
        for letter in wanted[1:]:
            at = low.find(letter, at + 1)
            if at < 0:
                return best
        rank = (at - start + 1, start)
        best = rank if best is None else min(best, rank)
        start = low.find(wanted[0], start + 1)
    return best


def _divide(fragment: str) -> tuple[str, str]:
    """``fragment`` up to the last joint, and the rest of it. Schemes and dashes of options are settled."""
    end = max(fragment.rfind(joint) for joint in _JOINTS) + 1
    return fragment[:end], fragment[end:]


def _written(name: str, cut: Cut) -> str:
    """``name`` as it has to be typed, given the quote that is open."""
    if cut.quote == "'":
        return name
    special = '\\"' if cut.quote else _SPECIAL
    return "".join(f"\\{char}" if char in special else char for char in name)
