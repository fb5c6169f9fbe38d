"""What is said of a wait: the line that moves, made to fit, and the sentences that stay."""

from __future__ import annotations

from awsshadow.streams import visible
from awsshadow.terminal.pieces import QUIET, USUAL, width
from awsshadow.waiting.durations import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.terminal.pieces import Piece
    from awsshadow.waiting.progress import Progress, States

GOES_ON = "it goes on, only the waiting has ended"
#: What stands in the place of a state before the first answer.
_ASKING = "asking"
_CUT = "..."
#: To how many letters a name may be cut: so that it can be told from others, and so that it can be guessed.
_TOLD_APART, _GUESSED = 20, 7


def moving(progress: Progress, columns: int, has_unicode: bool = True) -> list[Piece]:
    """The line for so many columns: what is waited for, its state, the states before that, time, limit.

    What there is no room for is left out whole, in this order: the number of the look, the kind of resource, the
    states before. Then a long name is cut in its middle, the limit is said shorter and goes, then the time: name and
    state are the last.
    """
    pending = progress.pending or progress.resources
    time, limit = words(progress.elapsed), progress.limit
    end = f", gives up after {limit}"
    ends = (f", attempt {progress.attempt}{end}" if progress.attempt else end, end)
    if len(pending) > 1:
        return _several(progress, pending, columns, [f", {time}{end}" for end in (*ends, f", limit {limit}", "")])
    (one,) = pending
    name, state = visible(one.name), [_state(one)]
    chain = _chain(one, progress.elapsed, " → " if has_unicode else " -> ")
    whole = f", {time} in all" if len(chain) > 1 else f", {time}"
    kind = f"{one.kind} " if one.kind else ""
    forms = (
        (kind, chain, f"{whole}{ends[0]}", len(name)),
        (kind, chain, f"{whole}{ends[1]}", len(name)),
        ("", chain, f"{whole}{ends[1]}", _TOLD_APART),
        (kind, state, f", {time}{ends[1]}", len(name)),
        ("", state, f", {time}{ends[1]}", _TOLD_APART),
        ("", state, f", {time}, limit {limit}", _GUESSED),
        ("", state, f", {time}", _GUESSED),
    )
    for prefix, states, end, least in forms:
        left = columns - len(prefix) - 2 - width(states) - len(end)
        if left >= min(len(name), least):
            return [(f"{prefix}{_shortened(name, left)}: ", USUAL), *states, (end, USUAL)]
    left = columns - 2 - width(state)
    return [(f"{_shortened(name, left)}: ", USUAL), *state] if left > 0 else state


def _several(progress: Progress, pending: list[States], columns: int, ends: list[str]) -> list[Piece]:
    of = f" of {len(progress.resources)}" if len(pending) < len(progress.resources) else ""
    counts: dict[Piece, int] = {}
    for one in pending:
        counts[_state(one)] = counts.get(_state(one), 0) + 1
    states: list[Piece] = []
    for (state, tone), count in counts.items():
        states += [(", " if states else "", USUAL), (f"{count} {state}", tone)]
    heads = (f"{len(pending)}{of} {pending[0].kind}s: ", f"{len(pending)}{of}: ")
    forms = [*((heads[0], end) for end in ends[:2]), *((heads[1], end) for end in ends[1:])]
    for head, end in forms:
        if len(head) + width(states) + len(end) <= columns:
            return [(head, USUAL), *states, (end, USUAL)]
    return [(heads[1], USUAL), *states]


def _chain(one: States, elapsed: float, arrow: str) -> list[Piece]:
    """The states, each with how long it took, the present one with how long it has been there if it is not alone."""
    passed = one.passed
    before = [(f"{visible(state)} {words(seconds)}{arrow}", QUIET) for state, seconds in passed]
    return [*before, _state(one), *([(f" {words(elapsed - one.since)}", USUAL)] if passed else [])]


def _state(one: States) -> Piece:
    return visible(one.state) or _ASKING, one.tone


def _shortened(name: str, room: int) -> str:
    if len(name) <= room:
        return name
    kept = max(room - len(_CUT), 0)
    return name[: (kept + 1) // 2] + _CUT[:room] + name[len(name) - kept // 2 :]


def changed(one: States, limit: str) -> str:
    """That it has come into another state, in a line that stays; the first one says when the wait is given up."""
    after = f"after {words(one.since)}" if one.passed else f"gives up after {limit}"
    return f"{visible(one.label)}: {_state(one)[0]}, {after}"


def reached(one: States, elapsed: float) -> list[Piece]:
    """That it is as it should be, after how long, and how long each state took if there were several before."""
    passed = [f"{visible(state)} {words(seconds)}" for state, seconds in one.passed]
    before: list[Piece] = [(f" ({', '.join(passed)})", QUIET)] if len(passed) > 1 else []
    return [(f"{visible(one.label)}: ", USUAL), _state(one), (f" after {words(elapsed)}", USUAL), *before]


def failed(one: States, elapsed: float, reason: str, log_group: str) -> list[Piece]:
    """That it has failed, why the service says that it had to, and where its log is."""
    why = f": {visible(' '.join(reason.split()))}" if reason else ""
    log = f" (log group {visible(log_group)})" if log_group else ""
    return [(f"{visible(one.label)}: ", USUAL), _state(one), (f" after {words(elapsed)}{why}{log}", USUAL)]


def given_up(one: States, elapsed: float) -> list[Piece]:
    """That the wait is over and the resource is not where it should be."""
    after = f" after {words(elapsed)}; {GOES_ON}"
    return [(f"{visible(one.label)}: still ", USUAL), _state(one), (after, USUAL)]


def interrupted(label: str, state: str) -> str:
    """That Ctrl-C has ended the wait and nothing else."""
    return f"{label} was {state or 'not seen'} when interrupted; {GOES_ON}"
