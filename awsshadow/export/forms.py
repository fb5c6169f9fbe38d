"""An exported resource as text: YAML with what was left out as comments, or JSON."""

from __future__ import annotations

import json

from awsshadow.check.judge import Judge
from awsshadow.export.yaml_text import document, one_line, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from awsshadow.export.resources import Exported

#: So much of a value is shown of what can be read elsewhere.
_SHOWN = 120


def as_yaml(exported: Exported) -> str:
    """The document with the command it is for on the first line, and below it comments about what it does not have."""
    head = [exported.slice.name, f"{exported.label} in {exported.region}"]
    lines = [f"# awsshadow: {head[0]}\n", f"# {printable(head[1])}\n", document(exported.document)]
    notes = [f"# {printable(note)}\n" for note in _notes(exported)]
    return "".join([*lines, *["\n"] * bool(notes), *notes])


def as_json(exported: Exported) -> str:
    """The document alone."""
    return json.dumps(exported.document, indent=4, ensure_ascii=False) + "\n"


FORMS = {"yaml": as_yaml, "json": as_json}


def lacking(exported: Exported) -> list[str]:
    """What the operation requires and the document lacks, a sentence each."""
    shape = exported.slice.input_shape or ""
    found = Judge(exported.slice.shapes).top(exported.document, shape)
    return [wrong.message for wrong in found if wrong.rule == "missing-member"]


def _notes(exported: Exported) -> Iterator[str]:
    command = exported.slice.name
    unseen = [(path, required) for path, required in exported.unseen if not _is_there(exported.document, path)]
    if exported.unread:
        yield "could not be read:"
        yield from (f"  {member}: {error.message}" for member, error in exported.unread.items())
    if unseen:
        yield f"{command} takes it, and the service does not show it:"
        yield from (f"  {path}{' (required)' * required}" for path, required in unseen)
    if exported.unknown:
        yield "unknown to the model of the installed botocore, so left out:"
        yield from (f"  {path}: {one_line(value)}" for path, value in exported.unknown)
    if exported.left_out:
        yield f"read-only, so left out: {command} does not take it"
        yield from (f"  {path}: {_short(one_line(value))}" for path, value in exported.left_out)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _is_there(value: object, path: str) -> bool:
    """Whether a document has what a path of ``unseen`` leads to."""
    for step in path.replace("[", ".[").split("."):
        if step.startswith("["):
            index = int(step[1:-1])
            value = value[index] if isinstance(value, list) and index < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value is not None
