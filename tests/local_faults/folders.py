"""Folders that are written to, and the world around a command: what is in the way, closed, full, or not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.local_faults.fault import LIST, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.stage import Stage

    Damage = Callable[[Path], object]

HELD: dict[str, object] = {"held": True}
FULL: dict[str, object] = {
    "limits": {"RLIMIT_FSIZE": 4000}
}  # less than a page of a database, more than what is printed


def closed(path: Path, mode: int) -> None:
    path.mkdir()
    path.chmod(mode)


def below_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_bytes(b"")


#: Cause -> how the place of a folder, whose parent is there, is made so; and what holds for the command.
DAMAGES: dict[str, tuple[Damage, dict[str, object]]] = {
    "the disk is full": (lambda _: None, FULL),
    "the folder may not be written to": (lambda path: closed(path, 0o500), HELD),
    "the folder may not be entered": (lambda path: closed(path, 0o600), HELD),
    "nothing may be made beside it": (lambda path: path.parent.chmod(0o500), HELD),
    "a file is in its place": (lambda path: path.write_bytes(b""), {}),
    "a file is in the place of the folder above": (below_a_file, {}),
    "a link to nothing": (lambda path: path.symlink_to("nothing"), {}),
    "a link to itself": (lambda path: path.symlink_to(path.name), {}),
    "others may write there": (lambda path: closed(path, 0o777), {}),
}  # fmt: skip
COLD = {"XDG_CACHE_HOME": "{CWD}/sub/place", "AWS_DATA_PATH": "{CWD}/models"}
CREATE = (
    "sagemaker", "create-model", "--model-name", "m", "--execution-role-arn", "arn:aws:iam::123456789012:role/r"
)  # fmt: skip
BOX = {"AWSSHADOW_SANDBOX": "{CWD}/sub/place"}

#: Place -> the command, the name it is called by, its environment, what it may leave behind.
PLACES: dict[str, tuple[tuple[str, ...], str, dict[str, str], tuple[str, ...]]] = {
    "the cache, at a first call": (LIST, "aws", COLD, ("cwd/sub/place/", "cwd/sub/place")),
    "the cache, at a first page of help": (
        ("sagemaker", "delete-model", "help"), "awsshadow", COLD, ("cwd/sub/place/", "cwd/sub/place"),
    ),
    "the cache, at a first skeleton": (
        ("sagemaker", "delete-model", "--generate-cli-skeleton"), "aws", COLD, ("cwd/sub/place/", "cwd/sub/place"),
    ),
    "a sandbox, by a call": (CREATE, "awsshadow", BOX, ("cwd/sub/place/",)),
    "a sandbox, listed": (("sandbox", "ls"), "awsshadow", BOX, ("cwd/sub/place/",)),
    "a sandbox, begun anew": (("sandbox", "reset"), "awsshadow", BOX, ("cwd/sub/place/",)),
    "a sandbox, loaded": (("sandbox", "load", "dump"), "awsshadow", BOX, ("cwd/sub/place/",)),
    "a sandbox, its clock set": (("sandbox", "clock", "set", "step"), "awsshadow", BOX, ("cwd/sub/place/",)),
    "a sandbox, dumped": (("sandbox", "dump"), "awsshadow", BOX, ("cwd/sub/place/",)),
    "manual pages": (("man", "sub/place"), "awsshadow", {}, ("cwd/sub/place/",)),
}  # fmt: skip


def rows() -> Iterator[Fault]:
    """Each damage in each place, and what is amiss around a command."""
    for place, (words, name, environ, makes) in PLACES.items():
        for cause, (damage, world) in DAMAGES.items():
            if place == "manual pages" and cause == "others may write there":
                continue  # that is how it should be for them

            def lay(stage: Stage, damage: Damage = damage) -> None:
                stage.lay(
                    stage.work, {"dump": '{"awsshadow-sandbox": 2}\n', "models/sagemaker/2017-07-24/n.json": "{}"}
                )
                (stage.work / "sub").mkdir()
                damage(stage.work / "sub" / "place")

            yield Fault(cause, place, words, lay, world, environ, name=name, makes=makes)
    yield from around()


#: Cause -> the environment in which it is so.
ENVIRONMENTS: dict[str, dict[str, str | None]] = {
    "no home": {"HOME": None}, "an empty home": {"HOME": ""}, "a home that is not there": {"HOME": "/nowhere/at/all"},
    "a home that is a file": {"HOME": "/dev/null"}, "a home that is a relative path": {"HOME": "home"},
    "an unknown language": {"LANG": "xx_YY.UTF-8"}, "the language C": {"LANG": "C"}, "no language": {"LANG": None},
    "an unknown time zone": {"TZ": "Nowhere/Atall"}, "a time zone that is a file": {"TZ": ":/etc/passwd"},
    "no PATH": {"PATH": None}, "no terminal type": {"TERM": None}, "a width that is no number": {"COLUMNS": "wide"},
    "a width of nothing": {"COLUMNS": "0"}, "a width below zero": {"COLUMNS": "-5"},
    "a pager that is not there": {"AWS_PAGER": "/nowhere/pager"},
    "a pager in quotes that do not end": {"AWS_PAGER": "'x"},
}  # fmt: skip
COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "a listing": ((*LIST, "--output", "table"), "aws"),
    "an own command": (("sandbox", "coverage", "CreateModel"), "awsshadow"),
}


def around() -> Iterator[Fault]:
    """What is amiss around any command: its environment, its working folder."""
    for cause, environ in ENVIRONMENTS.items():
        for place, (words, name) in COMMANDS.items():
            yield Fault(cause, place, words, environ=environ, name=name)
    for place, words in {
        "a listing": LIST, "a file in it": ("sagemaker", "describe-model", "--model-name", "file://x"),
        "a sandbox in it": ("sandbox", "ls", "--state", "box"), "check in it": ("check", "create-model", "x.json"),
        "manual pages into it": ("man", "pages"),
    }.items():  # fmt: skip
        name = "aws" if words[0] == "sagemaker" else "awsshadow"
        yield Fault("the working folder is gone", place, words, world={"gone": True}, name=name)
