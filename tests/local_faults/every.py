"""All rows, and the command that holds awsshadow to them and prints what came of it.

::

    python -m tests.local_faults.every [--reference AWS] [--record] [GROUP ...]

prints one line a fault: its number, what it is, where, what is to come of it, what came of it. The exit code is 1 when
something else came of one. ``expected.json`` has what is to come of each: exit code, standard error, whether something
is printed, what is left behind. With ``--reference`` the AWS CLI is held to those rows that are under its name. With
``--record`` rows without an expectation get one, to be read before it is committed.
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.local_faults import files, folders, state, streams
from tests.local_faults.fault import Came, Fault, came
from tests.support.endpoint import Endpoint
from tests.support.program import awsshadow, reference

if TYPE_CHECKING:
    from collections.abc import Sequence

EXPECTED = Path(__file__).with_name("expected.json")
#: Group -> its faults.
GROUPS = {"files": files.rows, "streams": streams.rows, "folders": folders.rows, "state": state.rows}
#: Letters of a message that are shown.
SHOWN = 110


def every(groups: Sequence[str] = ()) -> list[Fault]:
    """The faults of these groups, or of all."""
    return [fault for group in groups or GROUPS for fault in GROUPS[group]()]


def compared(fault: Fault) -> bool:
    """Whether the reference can be held to the row: not to what it reads before it is forked, nor in a world of its own
    where it has to be started anew (``program.Reference``).
    """
    alone = "alias" in fault.place and "may not be" in fault.cause
    return fault.name == "aws" and "AWS_DATA_PATH" not in fault.place and "cache" not in fault.place and not alone


@functools.cache
def expectations() -> dict[str, Came]:
    """What is to come of each fault, by its key."""
    with EXPECTED.open(encoding="utf-8") as file:
        kept = json.load(file)
    return {key: Came(code, message, printed, tuple(left)) for key, (code, message, printed, left) in kept.items()}


def main(words: list[str]) -> int:
    """Print the table, and return 1 when a row does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.local_faults.every")
    parser.add_argument("--reference", metavar="AWS", help="hold this AWS CLI to the table instead")
    parser.add_argument("--record", action="store_true", help="write down what came of rows that have no expectation")
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)} (default: all)")
    wanted = parser.parse_args(words)
    faults = every(wanted.groups)
    kept = expectations() if EXPECTED.exists() else {}
    program = reference(wanted.reference) if wanted.reference else awsshadow()
    endpoint = Endpoint()
    wrong = 0
    with tempfile.TemporaryDirectory() as cache:
        for number, fault in enumerate(faults, 1):
            if wanted.reference and not compared(fault):
                continue
            found = came(fault, program, endpoint, Path(cache))
            if wanted.record:
                kept.setdefault(fault.key, found)
            expected = kept.get(fault.key)
            if wanted.reference and expected is not None:
                found = Came(found.code, found.message, found.printed, expected.left)
            wrong += found != expected
            print(f"L{number:03} | {fault.key} | {told(expected)} | {'as expected' if found == expected else found}")
    program.close()
    endpoint.close()
    if wanted.record:
        rows = [f"{json.dumps(key)}: {json.dumps(list(vars(kept[key]).values()))}" for key in sorted(kept)]
        EXPECTED.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    print(f"{len(faults)} faults, {wrong} not as expected")
    return 1 if wrong else 0


def told(expected: Came | None) -> str:
    """An expectation in a few words."""
    if expected is None:
        return "nothing is expected yet"
    words = [str(expected.code), repr(expected.message.strip())[:SHOWN] if expected.message else "no message"]
    return ", ".join([*words, *(f"leaves {name}" for name in expected.left)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
