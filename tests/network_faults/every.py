"""All rows, and the command that holds awsshadow to them and prints what came of it.

::

    python -m tests.network_faults.every [--reference AWS] [GROUP ...]

prints one line a fault: its number, what it is, what it is done to, what is to come of it, what came of it. The exit
code is 1 when something else came of one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.network_faults import error_answers, framing, other_commands, pages, retries, table, ways
from tests.network_faults.attempt import attempt
from tests.network_faults.certificates import Certificates
from tests.support.interpreter import in_one_wording
from tests.support.program import awsshadow, reference

#: Group -> its faults.
GROUPS = {
    "various": table.FAULTS, "framing": framing.FAULTS, "pages": pages.FAULTS, "errors": error_answers.FAULTS,
    "retries": retries.FAULTS, "ways": ways.FAULTS, "commands": other_commands.FAULTS,
}  # fmt: skip
EVERY = [fault for faults in GROUPS.values() for fault in faults]

#: Letters of a message that are shown.
SHOWN = 100


def main(words: list[str]) -> int:
    """Print the table, and return 1 when a row does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.network_faults.every")
    parser.add_argument("--reference", metavar="AWS", help="hold this AWS CLI to the table instead")
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)} (default: all)")
    wanted = parser.parse_args(words)
    program = reference(wanted.reference) if wanted.reference else awsshadow()
    wrong = number = 0
    with tempfile.TemporaryDirectory() as folder:
        made, cache = Certificates(Path(folder, "certificates")), Path(folder, "cache")
        for new in (made.folder, cache):
            new.mkdir(mode=0o700)
        made.make()
        for group in wanted.groups or GROUPS:
            for fault in GROUPS[group]:
                number += 1
                found = attempt(fault, program, made, cache)
                message = None if found.message is None else in_one_wording(found.message)
                held = (found.code, message, found.tries) == (fault.code, fault.message, fault.tries)
                wrong += not held
                told = "no message" if fault.message is None else repr(fault.message)[:SHOWN]
                came = "as expected" if held else f"{found.code}, {message!r}, tries: {found.tries}"
                place = f"{group}: {fault.command[1]}"
                print(f"N{number:03} | {fault.name} | {place} | {fault.code}, {told}, tries: {fault.tries} | {came}")
    program.close()
    print(f"{number} faults, {wrong} not as expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
