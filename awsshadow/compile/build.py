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
    summaries = {}
    for part in ("operations", "waiters"):
        os.makedirs(os.path.join(folder, part))
    for name, operation in names.items():
        piece = slices.compile_operation(sources, operation)
        summaries[name] = summary(piece.docs["operation"])
        _write_slice(os.path.join(folder, "operations", name), piece)
    for name, waiter in waits.items():
        _write_slice(os.path.join(folder, "waiters", name), slices.compile_waiter(sources, waiter))
    index = {"operations": names, "waiters": waits, "metadata": sources.model["metadata"]}
    _write(os.path.join(folder, "index.json"), _dump(index))
    about = {"documentation": sources.model.get("documentation", ""), "summaries": summaries}
    _write(os.path.join(folder, "summaries.json"), _dump(about))
    write_endpoint_data(folder)
    _write(os.path.join(folder, "stamp"), stamp)


def summary(documentation: str) -> str:
    """The first sentence of an operation's documentation as plain text, for lists of commands."""
    text = " ".join(_TAG.sub("", documentation).split())
    return text.partition(". ")[0].rstrip(".")


def _write_slice(base: str, piece: Slice) -> None:
    """``<base>.json``: a line with the input part, a line with the output part; docs beside it."""
    _write(base + ".json", _dump(piece.input) + "\n" + _dump(piece.output) + "\n")
    _write(base + ".docs.json", _dump(piece.docs))


def _dump(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
