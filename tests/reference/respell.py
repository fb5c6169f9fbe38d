"""Command lines said in other ways: abbreviated, with ``=``, twice, elsewhere, around ``--``, and misspelt.

The commands are drawn by turns from the model and from the recorded cases; what they say stays mostly the same.
Nothing here asks for ``--debug``, whose lines are each program's own.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.reference.generate import Generator
from tests.reference.recombine import Recombiner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.support.cases import Case

#: Words that an argument parser may take for something else.
STRAY = (
    "", "-", "--", "---", "-x", "-5", "-1.5", "-.5", "-1e5", "--=", "--=x", "x", " ", "--x y", "-x y", "@", "\udcff",
    "é", "\n", "--no-paginate", "--max-results=1", "--debug=1", "--profile=", "--profile", "--version=1",
    "--no-cli-auto-prompt", "--cli-auto-prompt=1", "--output=", "--region=", "--query", "--no-", "--n", "--c", "help=",
)  # fmt: skip


class Respeller:
    """Draws commands and says them in other ways. The same seed and index give the same command."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._sources = Generator(seed), Recombiner(seed)
        self._changes: Sequence[Callable[[Random, list[str]], None]] = (
            abbreviated, abbreviated, abbreviated, joined, parted, repeated, moved, misspelt, stray, stray, left_out,
        )  # fmt: skip

    def case(self, index: int) -> Case:
        """The command number ``index``."""
        rng = Random(f"respelt/{self._seed}/{index}")
        drawn = self._sources[index % 2].case(index)
        argv: list[str] = list(drawn["argv"])
        for change in rng.choices(self._changes, k=rng.choice((1, 1, 2, 3))):
            change(rng, argv)
        argv = [word for word in argv if not "--debug".startswith(word) or word in ("", "-", "--")]
        return {**drawn, "id": f"respelt-{self._seed}-{index}", "kind": "respelt", "argv": argv}


def options(argv: list[str]) -> list[int]:
    """Where the long options stand in ``argv``."""
    return [at for at, word in enumerate(argv) if word.startswith("--") and len(word.partition("=")[0]) > 4]


def one(rng: Random, argv: list[str]) -> int | None:
    """Where one of the long options stands; None when there is none."""
    found = options(argv)
    return rng.choice(found) if found else None


def abbreviated(rng: Random, argv: list[str]) -> None:
    """An option by its beginning."""
    at = one(rng, argv)
    if at is not None:
        name, equals, value = argv[at].partition("=")
        argv[at] = name[: rng.randrange(3, len(name) + 1)] + equals + value


def joined(rng: Random, argv: list[str]) -> None:
    """An option and the word after it, joined by an equals sign."""
    at = one(rng, argv)
    if at is not None and at + 1 < len(argv) and "=" not in argv[at]:
        argv[at : at + 2] = [f"{argv[at]}={argv[at + 1]}"]


def parted(rng: Random, argv: list[str]) -> None:
    """An option and its value as two words."""
    at = one(rng, argv)
    if at is not None and "=" in argv[at]:
        name, _, value = argv[at].partition("=")
        argv[at : at + 1] = [name, value]


def repeated(rng: Random, argv: list[str]) -> None:
    """An option once more, with or without its value."""
    at = one(rng, argv)
    if at is not None:
        argv += argv[at : at + rng.choice((1, 2))]


def moved(rng: Random, argv: list[str]) -> None:
    """An option before the command, before the operation or at the end."""
    at = one(rng, argv)
    if at is not None:
        words = argv[at : at + 2]
        del argv[at : at + 2]
        place = rng.choice((0, 1, 2, len(argv)))
        argv[place:place] = words


def misspelt(rng: Random, argv: list[str]) -> None:
    """An option, or the operation, in another case, with other dashes or denied."""
    if not argv:
        return
    at = one(rng, argv)
    if at is None or rng.random() < 0.2:
        at = min(rng.choice((0, 1)), len(argv) - 1)
    word = argv[at]
    bare = word.lstrip("-")
    argv[at] = rng.choice((f"--no-{bare}", word.replace("--no-", "--"), word.upper(), word[1:], f"-{word}", bare))


def stray(rng: Random, argv: list[str]) -> None:
    """A word too many."""
    argv.insert(rng.randrange(len(argv) + 1), rng.choice((*STRAY, "--", "--")))


def left_out(rng: Random, argv: list[str]) -> None:
    """A word too few."""
    if argv:
        argv.pop(rng.randrange(len(argv)))
