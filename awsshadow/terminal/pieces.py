"""Lines made of pieces, each with a tone: what a state means is to be seen before it is read."""

from __future__ import annotations

from awsshadow.terminal.folding import display_width, fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    #: Text without control characters, and its tone, one of the below.
    Piece = tuple[str, str]

#: As the terminal writes; goes on by itself; as it was meant to be; ended before its time; failed; said by the way.
USUAL, UNDERWAY, WELL, STOPPED, BADLY, QUIET = "usual", "underway", "well", "stopped", "badly", "quiet"

#: Tone -> SGR parameter. No tone alone says anything: the words do.
_CODES = {UNDERWAY: "36", WELL: "32", STOPPED: "33", BADLY: "31", QUIET: "2"}


def plain(pieces: Iterable[Piece]) -> str:
    """The text alone."""
    return "".join(text for text, _ in pieces)


def width(pieces: Iterable[Piece]) -> int:
    """Columns that a terminal takes for them."""
    return display_width(plain(pieces))


def folded(pieces: Sequence[Piece], columns: int) -> list[Piece]:
    """The same in lines of so many columns, broken where ``fold`` breaks them, which takes away blanks alone."""
    characters = iter([(character, tone) for text, tone in pieces for character in text])
    found: list[Piece] = []
    for line in fold(plain(pieces), columns):
        found.append(("\n" if found else "", USUAL))
        for character in line:
            tone = next(tone for other, tone in characters if other == character)
            if tone == found[-1][1]:
                found[-1] = (found[-1][0] + character, tone)
            else:
                found.append((character, tone))
    return found


def painted(pieces: Iterable[Piece], is_coloured: bool) -> str:
    """The text with the codes of its tones, without any where ``is_coloured`` is false."""
    if not is_coloured:
        return plain(pieces)
    codes = ((text, _CODES.get(tone)) for text, tone in pieces)
    return "".join(text if code is None else f"\x1b[{code}m{text}\x1b[0m" for text, code in codes)
