"""What a fuzz target is, and how it is run: for minutes by hand, for a moment by pytest.

``python -m tests.fuzz.<target> --minutes N`` looks for new cases until the time is over, shrinks the
first one that breaks the property, keeps it in ``corpus/<target>/`` and ends with exit code 1. The
cases of the corpus are run by ``test_fuzz.py`` every time.

The property is the same everywhere: a value, or one error of this package with its text, in time.
"""

import argparse
import hashlib
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy

from awsshadow.errors import AwsShadowError
from tests.fuzz import world

CORPUS = Path(__file__).parent / "corpus"

#: Seconds of processor time that one case may take; and of any time, which a busy machine makes long.
PATIENCE = 20
STILLNESS = 900

#: Cases tried before the clock is looked at again; after how many is said how far it is.
BATCH = 500
STEP = 10_000


class Hang(Exception):
    """A case took longer than ``PATIENCE``, or stood still for ``STILLNESS``."""


@dataclass(frozen=True)
class Target:
    """``check`` takes one value of ``values`` and raises whatever breaks the property.

    Values are made of what JSON can hold; bytes are text in which every character is a byte.
    """

    name: str
    values: SearchStrategy[Any]
    check: Callable[[Any], None]

    def corpus(self) -> list[Path]:
        """The cases that were found before."""
        return sorted((CORPUS / self.name).glob("*.json"))

    def replay(self, path: Path) -> None:
        """Check the case in the file ``path``."""
        with world.entered(), in_time():
            self.check(json.loads(path.read_text(encoding="utf-8")))

    def keep(self, value: object) -> Path:
        """Write ``value`` down as a case."""
        text = json.dumps(value, indent=1)
        path = CORPUS / self.name / f"{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
        return path

    def search(self, examples: int, start: int | None = None) -> None:
        """Check ``examples`` new values: other ones for each ``start``, the same every time without."""
        last: list[Any] = []

        @settings(
            max_examples=examples, deadline=None, database=None, derandomize=start is None,
            suppress_health_check=list(HealthCheck), print_blob=False,
        )  # fmt: skip
        @given(self.values)
        def check(value: object) -> None:
            last[:] = [value]
            with in_time():
                self.check(value)

        if start is not None:
            check = seed(start)(check)
        try:
            with world.entered():
                check()
        except Exception:
            # The last value that was tried is the smallest one that fails.
            print(f"kept as {self.keep(last[0])}", file=sys.stderr)
            raise


@contextmanager
def one_error() -> Iterator[None]:
    """Let the block end with an error of this package; anything else breaks the property."""
    try:
        yield
    except AwsShadowError as error:
        if not isinstance(error.message, str):
            raise TypeError(f"the message is {error.message!r}") from error


@contextmanager
def in_time() -> Iterator[None]:
    """Raise Hang when the block takes longer than a case may; only where there are alarms."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def give_up(number: int, _: object) -> None:
        raise Hang(f"more than {PATIENCE} seconds of work" if number == signal.SIGPROF else "no end")

    timers = ((signal.SIGPROF, signal.ITIMER_PROF, PATIENCE), (signal.SIGALRM, signal.ITIMER_REAL, STILLNESS))
    before = [(number, signal.signal(number, give_up)) for number, _, _ in timers]
    for _, timer, seconds in timers:
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for _, timer, _ in timers:
            signal.setitimer(timer, 0)
        for number, handler in before:
            signal.signal(number, handler)


def main(target: Target) -> None:
    """The command line of a target."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.fuzz.{target.name}")
    parser.add_argument("--minutes", type=float, default=1.0, help="how long to look (default: 1)")
    parser.add_argument("--seed", type=int, default=None, help="where to begin (default: somewhere new each time)")
    given_ = parser.parse_args()
    for path in target.corpus():
        target.replay(path)
    start = time.time_ns() if given_.seed is None else given_.seed
    end = time.monotonic() + 60 * given_.minutes
    tried = 0
    while time.monotonic() < end:
        target.search(BATCH, start + tried)
        tried += BATCH
        if tried % STEP == 0:
            worked = time.process_time() / 60
            print(f"{target.name}: {tried} cases, {worked:.0f} minutes of work", file=sys.stderr, flush=True)
    worked = time.process_time() / 60
    print(f"{target.name}: {tried} cases, {worked:.0f} minutes of work, no failure (first seed {start})")
