"""Standard streams that are closed, full, or read by nobody, under commands that write and read in different ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.local_faults.fault import LIST, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.stage import Stage

#: Cause -> what is done to a stream that is written to.
ENDS: dict[str, object] = {
    "closed": None, "full": ("/dev/full", "w"), "read by nobody": "pipe", "open for reading only": ("/dev/null", "r"),
}  # fmt: skip
#: Place -> a command that writes to standard output, and the name it is called by.
WRITES: dict[str, tuple[tuple[str, ...], str]] = {
    **{f"a listing as {form}": ((*LIST, "--output", form), "aws") for form in ("json", "text", "table", "yaml")},
    "a listing as yaml-stream": ((*LIST, "--output", "yaml-stream"), "aws"),
    "a listing as jsonl": ((*LIST, "--output", "jsonl"), "awsshadow"),
    "a listing as csv": ((*LIST, "--output", "csv"), "awsshadow"),
    "a query that finds nothing": ((*LIST, "--query", "Nothing"), "aws"),
    "a skeleton": (("sagemaker", "delete-model", "--generate-cli-skeleton"), "aws"),
    "a skeleton in YAML": (("sagemaker", "delete-model", "--generate-cli-skeleton", "yaml-input"), "aws"),
    "the version": (("--version",), "aws"),
    "help": (("sagemaker", "delete-model", "help"), "awsshadow"),
    "sandbox coverage": (("sandbox", "coverage"), "awsshadow"),
    "sandbox ls": (("sandbox", "ls", "--state", "box"), "awsshadow"),
    "sandbox dump": (("sandbox", "dump", "--state", "box"), "awsshadow"),
    "completion": (("completion", "bash"), "awsshadow"),
    "schema": (("schema", "delete-model"), "awsshadow"),
    "a dry run": (("sagemaker", "delete-model", "--model-name", "m", "--dry-run"), "awsshadow"),
    "check": (("check", "delete-model", "wrong.json"), "awsshadow"),
    "running": (("running",), "awsshadow"),
    "doctor": (("doctor",), "awsshadow"),
}
#: Place -> a command that writes to standard error.
COMPLAINS: dict[str, tuple[tuple[str, ...], str]] = {
    "a usage error": (("sagemaker", "list-models", "--bogus"), "aws"),
    "a missing option": (("sagemaker", "describe-model"), "aws"),
    "an error of the service": (("sagemaker", "describe-model", "--model-name", "refused"), "aws"),
    "--debug": (("--debug", "sagemaker", "describe-model", "--model-name", "m"), "awsshadow"),
    "an error of an own command": (("sandbox", "bogus"), "awsshadow"),
}
#: Cause -> what is done to standard input.
INPUTS: dict[str, object] = {
    "is closed": None, "is a folder": ("/", "r"), "is open for writing only": ("/dev/null", "w"),
    "is empty": ("/dev/null", "r"), "fails when it is read": ("/proc/self/mem", "r"),
}  # fmt: skip
READS: dict[str, tuple[str, ...]] = {
    "a document from it": ("sagemaker", "create-model", "--cli-input-json", "-"),
    "a document in YAML from it": ("sagemaker", "create-model", "--cli-input-yaml", "-"),
    "check of it": ("check", "create-model", "-"),
    "sandbox load of it": ("sandbox", "load", "--state", "box", "-"),
    "a command that does not read it": LIST,
}
REFUSED = {"status": 400, "body": '{"__type": "ResourceNotFound", "message": "told so"}'}


def wrong(stage: Stage) -> None:
    stage.lay(stage.work, {"wrong.json": '{"ModelNam": 1}'})


def rows() -> Iterator[Fault]:
    """Each damage to a stream under each command."""
    more = {"lay": wrong, "makes": ("cwd/box",)}
    for cause, how in ENDS.items():
        for place, (words, name) in WRITES.items():
            world = {"descriptors": {"1": how}}
            yield Fault(f"standard output is {cause}", place, words, world=world, name=name, **more)  # type: ignore[arg-type]
        for place, (words, name) in COMPLAINS.items():
            world = {"descriptors": {"2": how}}
            replies = (REFUSED,) if "service" in place else ({"body": "{}"},)
            yield Fault(f"standard error is {cause}", place, words, world=world, name=name, replies=replies)  # type: ignore[arg-type]
    for cause, how in INPUTS.items():
        for place, words in READS.items():
            world = {"descriptors": {"0": how}}
            yield Fault(f"standard input {cause}", place, words, world=world, name="awsshadow", **more)  # type: ignore[arg-type]
