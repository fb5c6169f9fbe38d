"""What the files of a folder of slices hold, and all of them at once for the wheel."""

from __future__ import annotations

import json
import os
import re

from awsshadow.compile import slices
from awsshadow.compile.endpoints import endpoint_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from awsshadow.compile.damaged import DamagedSources
    from awsshadow.compile.slices import CompiledSlice, Sources

_TAG = re.compile(r"<[^>]*>")
#: What a plain text ends with in its file: a text that was cut off does not.
END = "\n\n"


def build(sources: Sources, folder: str, stamp: str) -> None:
    """Compile every operation and waiter of ``sources`` into ``folder``, which must be empty.

    ``stamp`` says which files the slices came from; it is written last. Raises OSError when the
    folder cannot be written.
    """
    for part in ("operations", "waiters"):
        os.makedirs(os.path.join(folder, part))
    for name, text in _files(sources):
        _write(os.path.join(folder, name), text)
    _write(os.path.join(folder, "stamp"), stamp)


def _files(sources: Sources) -> Iterator[tuple[str, str]]:
    index = slices.index_of(sources)
    for name, operation in index["operations"].items():
        yield from _slice_files(os.path.join("operations", name), slices.compile_operation(sources, operation))
    for name, waiter in index["waiters"].items():
        yield from _slice_files(os.path.join("waiters", name), slices.compile_waiter(sources, waiter))
    yield "index.json", dump(index)
    yield "commands.txt", commands_text(sources) + END
    yield "service.txt", sources.model.get("documentation", "") + END
    yield "endpoints.json", dump(endpoint_data())


def _slice_files(base: str, compiled: CompiledSlice) -> Iterator[tuple[str, str]]:
    yield base + ".json", dump(compiled.input) + dump(compiled.output)
    yield base + ".docs.json", dump(compiled.docs)
    yield base + ".options.txt", options_text(compiled) + END


def commands_text(sources: Sources | DamagedSources) -> str:
    """A line an operation: its command and its first sentence. Plain text, for completion: see below."""
    rows = (
        f"{name}\t{first_sentence(sources.model['operations'][operation].get('documentation', ''))}\n"
        for name, operation in slices.operations(sources).items()
    )
    return "".join(rows)


def options_text(compiled: CompiledSlice) -> str:
    """A line an argument: name, kind, type, first sentence.

    Plain text, because importing a JSON parser is a third of what a completion costs.
    """
    cli, docs = compiled.input["cli"], compiled.docs["shapes"]
    spec = compiled.input["operations"][cli["operation"]]
    members = docs[spec["input"]["shape"]].get("members", {}) if "input" in spec else {}
    rows = (
        f"{name}\t{kind}\t{type}\t{first_sentence(members.get(member, ''))}\n"
        for name, kind, member, type, *_ in cli["arguments"]
    )
    return "".join(rows)


def first_sentence(documentation: str) -> str:
    """The first sentence of a documentation string as plain text on one line, for lists.

    It ends at a full stop before a blank; a skeleton's comment ends where the reference ends it, and the summary of a
    help page is taken from its blocks with their marks, so those two have rules of their own.
    """
    text = " ".join(_TAG.sub("", documentation).split())
    return text.partition(". ")[0].rstrip(".")


def dump(value: Any) -> str:
    """A line of JSON."""
    return json.dumps(value, separators=(",", ":")) + "\n"


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
