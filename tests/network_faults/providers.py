"""Every provider of credentials with every fault of it, as a table.

::

    python -m tests.network_faults.providers [PROVIDER ...] [--record AWS]

runs them with the checkout and prints exit code and message of each. A line begins with ``!`` where the recording says
otherwise, or a secret was shown: then the exit code is 1.
``--record`` runs them with the AWS CLI at AWS first, and records what it does in ``provider_outcomes.json``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from awsshadow.model.sensitive import STRUCK_OUT
from tests.network_faults.provider_attempt import Attempts, Cell, leaks, of_awsshadow, of_reference
from tests.network_faults.provider_table import PROVIDERS

if TYPE_CHECKING:
    from tests.support.program import Outcome

RECORDED = Path(__file__).with_name("provider_outcomes.json")


def recorded() -> dict[str, dict[str, Cell]]:
    """Provider -> fault -> what the reference makes of it."""
    found: dict[str, dict[str, Cell]] = json.loads(RECORDED.read_text("utf-8"))
    return found


def same(found: Cell, expected: Cell) -> bool:
    """Whether the program did what the reference does; its message may have ``***`` for what is secret."""
    shown = ".*".join(map(re.escape, found["message"].split(STRUCK_OUT)))
    if re.fullmatch(shown, expected["message"], re.DOTALL) is None:
        return False
    return {**found, "message": ""} == {**expected, "message": ""}


def record(path: str, providers: list[str], cache: Path) -> None:
    """Write down what the AWS CLI at ``path`` does."""
    known = recorded() if RECORDED.exists() else {}
    with Attempts(of_reference(path), cache) as attempts:
        for provider in providers:
            cells = attempts.cells(provider)
            known[provider] = {name: found for name, (found, _) in cells.items()}
    ordered = {provider: known[provider] for provider in PROVIDERS if provider in known}
    RECORDED.write_text(json.dumps(ordered, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")


def table(provider: str, cells: dict[str, tuple[Cell, Outcome]]) -> list[str]:
    """A line a fault."""
    lines = []
    for name, (found, outcome) in cells.items():
        expected = recorded()[provider][name]
        mark = " " if same(found, expected) and not leaks(outcome) else "!"
        lines.append(f"{mark} {name:40} {found['code']:>4}  {' '.join(found['message'].split())}")
        if mark == "!":
            lines.append(f"    recorded: {json.dumps(expected)}")
            lines.append(f"    found:    {json.dumps(found)}")
    return lines


def main(arguments: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.network_faults.providers")
    parser.add_argument("provider", nargs="*", help=f"these alone, of: {'; '.join(PROVIDERS)}")
    parser.add_argument("--record", metavar="AWS", help="record first what this AWS CLI does")
    wanted = parser.parse_args(arguments)
    providers = [name for name in PROVIDERS if not wanted.provider or name in wanted.provider]
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        if wanted.record:
            record(wanted.record, providers, Path(folder))
        with Attempts(of_awsshadow, Path(folder)) as attempts:
            for provider in providers:
                found = table(provider, attempts.cells(provider))
                print(f"\n{provider}", *found, sep="\n", flush=True)
                lines += found
    return int(any(line.startswith("!") for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
