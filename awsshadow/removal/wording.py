"""A plan and what becomes of it, in words for people. Names are shown so that none of them drives a terminal."""

from __future__ import annotations

import time
import unicodedata

from awsshadow.model.families import removing
from awsshadow.removal.entries import AWAY, DONE, ERASE, FAILED, GONE, KEEP, PLANNED, SKIPPED, moment, to_do
from awsshadow.removal.planning import ASKED_FOR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.removal.entries import Entry

TITLES = ("STEP", "KIND", "NAME", "STATUS", "SINCE", "WHY")
#: Categories of characters that are not seen, or turn round what is: controls, formats, separators, surrogates.
_UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn")
_DONE = {
    removing.DELETE: "deleted", removing.STOP: "stopped", removing.DISASSOCIATE: "disassociated",
    removing.DEREGISTER: "deregistered",
}  # fmt: skip


def one_line(text: str) -> str:
    """``text`` on one line, every character that nobody sees spelled out."""
    return "".join(_spelled(character) for character in text)


def _spelled(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    if unicodedata.category(character) not in _UNSEEN:
        return character
    code = ord(character)
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character)
    return short or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def heading(entries: Sequence[Entry]) -> str:
    """What is to be done where, in a line."""
    doing = to_do(entries)
    first = entries[0]
    return f"{_verb(doing)} {_resources(len(doing))} of account {first.account} in {first.region}:"


def rows(entries: Sequence[Entry]) -> list[list[str]]:
    """The cells of a table of all that is to be done."""
    return [
        [str(e.step), _kind(e), one_line(e.name), one_line(e.status) or "-", _since(e), one_line(e.why)]
        for e in to_do(entries)
    ]


def remarks(entries: Sequence[Entry]) -> list[str]:
    """Sentences below the table: what is kept, what becomes of the files of a domain."""
    found = [f"Kept: {one_line(e.label)}, {one_line(e.why)}." for e in entries if e.action == KEEP]
    for entry in to_do(entries):
        if entry.home_efs is not None:
            name = one_line(entry.own_name)
            erased = f"The file system of domain {name} is DELETED with all home directories."
            kept = f"The file system of domain {name} with all home directories is kept; it costs until it is deleted."
            found.append(erased if entry.home_efs == ERASE else kept)
    return found


def question(entries: Sequence[Entry]) -> tuple[str, set[str]]:
    """What to ask before anything is done, and the answers that mean yes."""
    doing = to_do(entries)
    verb = _verb(doing).lower()
    roots = [entry for entry in doing if entry.why == ASKED_FOR]
    if len(roots) == 1:
        name = one_line(roots[0].own_name)
        all_of_it = "it" if len(doing) == 1 else f"it and the {len(doing) - 1} others"
        return f"Type the name of the {roots[0].kind}, {name}, to {verb} {all_of_it}:", {name, roots[0].own_name}
    return f"Type the number of resources, {len(doing)}, to {verb} them:", {str(len(doing))}


def nothing_done(entries: Sequence[Entry]) -> str:
    """That nothing was done."""
    return f"Nothing was {'stopped' if _verb(entries) == 'Stop' else 'deleted'}."


def outcome(entry: Entry) -> str:
    """What became of an entry, in a line; empty as long as nothing has."""
    label, note = one_line(entry.label), one_line(entry.note)
    if entry.state == DONE:
        return f"{_DONE[entry.action]} {label}" + (f" ({note})" if note else "")
    if entry.state == GONE:
        return f"gone {label}" if entry.action != removing.STOP else f"over {label}"
    if entry.state in (SKIPPED, FAILED):
        return f"{entry.state} {label}: {note}"
    return ""


def left(entries: Sequence[Entry]) -> list[Entry]:
    """Of a plan what is still to be done, and what stays."""
    return [entry for entry in entries if entry.action == KEEP or entry.state not in (*AWAY, SKIPPED)]


def _verb(entries: Sequence[Entry]) -> str:
    doing = to_do(entries)
    return "Stop" if doing and all(e.action == removing.STOP for e in doing) else "Delete"


def _resources(number: int) -> str:
    return f"{number} resource{'s' * (number != 1)}"


def _kind(entry: Entry) -> str:
    kind = "association" if entry.action == removing.DISASSOCIATE else entry.kind
    also = [] if entry.action != removing.STOP else ["stop"]
    also += [] if entry.state == PLANNED else [entry.state]
    return kind + (f" ({', '.join(also)})" if also else "")


def _since(entry: Entry) -> str:
    since = moment(entry.created)
    return "-" if since is None else time.strftime("%Y-%m-%d %H:%M", time.localtime(since))
