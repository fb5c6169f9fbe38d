"""The file of a sandbox, damaged in each way, under each command that opens it."""

from __future__ import annotations

import functools
import os
import random
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from awsshadow.sandbox import service
from awsshadow.sandbox.state import database
from tests.local_faults.fault import LIST, Fault, copied
from tests.support.program import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.stage import Stage

    Damage = Callable[[Path], object]

DUMP = ROOT / "tests" / "sandbox" / "state" / "format_1" / "dump.jsonl"


@functools.cache
def good() -> tuple[tempfile.TemporaryDirectory[str], Path]:
    """The folder of a sandbox with resources and a frozen clock, and what keeps it there."""
    held = tempfile.TemporaryDirectory(prefix="sandbox-")
    folder = Path(held.name, "box")
    service.load(str(folder), DUMP.read_text(encoding="utf-8").splitlines())
    return held, folder


def scatter(begin: int, end: int) -> Damage:
    def over(file: Path) -> None:
        content = bytearray(file.read_bytes())
        content[begin:end] = random.Random(begin).randbytes(end - begin)
        file.write_bytes(content)

    return over


def changed(sql: str) -> Damage:
    def over(file: Path) -> None:
        connection = sqlite3.connect(file)
        with connection:
            connection.execute(sql)
        connection.close()

    return over


def another(file: Path) -> None:
    file.unlink()
    changed("CREATE TABLE other (x)")(file)


#: Cause -> what is done to the file.
DAMAGES: dict[str, Damage] = {
    "cut off in the middle": lambda file: os.truncate(file, 50_000),
    "one page left": lambda file: os.truncate(file, 4096),
    "a hundred bytes left": lambda file: os.truncate(file, 100),
    "a damaged head": scatter(0, 200),
    "a damaged schema": scatter(100, 4096),
    "damaged pages": scatter(4096, 60_000),
    "text in its place": lambda file: file.write_bytes(b"this is no database" * 100),
    "another program's database": another,
    "a newer format": changed("PRAGMA user_version=99"),
    "a column that is missing": changed("ALTER TABLE tag RENAME COLUMN value TO other"),
    "a table that is missing": changed("DROP TABLE note"),
    "a clock that is none": changed("UPDATE note SET value='oops' WHERE kind='clock'"),
    "faults that are none": changed(
        "INSERT OR REPLACE INTO note (scope, kind, key, value) VALUES ('', 'faults', '', '[')"
    ),
    "a document that is none": changed("UPDATE resource SET doc='{' WHERE name='churn-v1'"),
    "a damaged log": lambda file: Path(f"{file}-wal").write_bytes(random.Random(5).randbytes(5000)),
}  # fmt: skip
COMMANDS: dict[str, tuple[str, ...]] = {
    "a listing": LIST,
    "sandbox ls": ("sandbox", "ls"),
    "sandbox dump": ("sandbox", "dump"),
    "sandbox clock show": ("sandbox", "clock", "show"),
    "sandbox clock advance": ("sandbox", "clock", "advance", "1d"),
    "sandbox faults show": ("sandbox", "faults", "show"),
    "sandbox reset": ("sandbox", "reset"),
}


def rows() -> Iterator[Fault]:
    """Each damage under each command."""
    for cause, damage in DAMAGES.items():
        for place, words in COMMANDS.items():

            def lay(stage: Stage, damage: Damage = damage) -> None:
                copied(good()[1], stage.work / "box")
                damage(stage.work / "box" / database.FILE)

            environ = {"AWSSHADOW_SANDBOX": "{CWD}/box"}
            yield Fault(
                f"the state has {cause}", place, words, lay, environ=environ, name="awsshadow", makes=("cwd/box/",)
            )
