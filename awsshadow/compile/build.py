"""Write all slices of a model into a folder: at build time into the wheel, later into a cache."""

import json
import os
import re
from typing import Any

from awsshadow.compile import slices
from awsshadow.compile.endpoints import write_endpoint_data
from awsshadow.compile.slices import Slice, Sources

_TAG = re.compile(r"<[^>]*>")


def build(sources: Sources, folder: str, stamp: str) -> None:
    """Compile every operation and waiter of ``sources`` into ``folder``, which must be empty.

    ``stamp`` says which files the slices came from; it is written last. Raises OSError when the
    folder cannot be written; the caller throws the folder away then.
    """
    names = slices.operations(sources)
    waits = slices.waiters(sources)
    for part in ("operations", "waiters"):
        os.makedirs(os.path.join(folder, part))
    for name, operation in names.items():
        _write_slice(os.path.join(folder, "operations", name), slices.compile_operation(sources, operation))
    for name, waiter in waits.items():
        _write_slice(os.path.join(folder, "waiters", name), slices.compile_waiter(sources, waiter))
    index = {"operations": names, "waiters": waits, "metadata": sources.model["metadata"]}
    _write(os.path.join(folder, "index.json"), _dump(index))
    _write(os.path.join(folder, "commands.txt"), commands_text(sources))
    _write(os.path.join(folder, "service.txt"), sources.model.get("documentation", ""))
    write_endpoint_data(folder)
    _write(os.path.join(folder, "stamp"), stamp)


def commands_text(sources: Sources) -> str:
    """A line an operation: its command and its first sentence. Plain text, for completion: see below."""
    rows = (
        f"{name}\t{first_sentence(sources.model['operations'][operation].get('documentation', ''))}\n"
        for name, operation in slices.operations(sources).items()
    )
    return "".join(rows)


def options_text(piece: Slice) -> str:
    """A line an argument: name, kind, type, first sentence.

    Plain text, because importing a JSON parser is a third of what a completion costs.
    """
    spec = piece.input["operations"][piece.input["cli"]["operation"]]
    docs = piece.docs["shapes"].get(spec.get("input", {}).get("shape"), {}).get("members", {})
    rows = (
        f"{name}\t{kind}\t{type}\t{first_sentence(docs.get(member, ''))}\n"
        for name, kind, member, type, *_ in piece.input["cli"]["arguments"]
    )
    return "".join(rows)


def first_sentence(documentation: str) -> str:
    """The first sentence of a documentation string as plain text on one line, for lists.

    It ends at a full stop before a blank; a skeleton's comment ends where the reference ends it, and the summary of a
    help page is taken from its blocks with their marks, so those two have rules of their own.
    """
    text = " ".join(_TAG.sub("", documentation).split())
    return text.partition(". ")[0].rstrip(".")


def _write_slice(base: str, piece: Slice) -> None:
    """``<base>.json``: a line with the input part, a line with the output part; docs beside it."""
    _write(base + ".json", _dump(piece.input) + "\n" + _dump(piece.output) + "\n")
    _write(base + ".docs.json", _dump(piece.docs))
    _write(base + ".options.txt", options_text(piece))


def _dump(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
