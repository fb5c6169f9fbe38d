"""A plan: what is to be done to which resources, in which order; and a line of JSON for each of them.

::

    {"State": "planned", "Action": "delete", "Family": "endpoint", "Name": "blue", "Keys": {"EndpointName": "blue"},
     "Arn": "arn:aws:sagemaker:...", "Region": "us-east-1", "Account": "123456789012", "Status": "InService",
     "CreationTime": "2026-11-26T10:00:00+00:00", "Step": 1, "HangsOn": [], "Why": "asked for"}

``Keys`` are the members that describe it, ``Step`` the round in which its turn comes, ``HangsOn`` the ARNs of those
that can only go after it. ``With`` (a word of ``--with``), ``HomeEfs`` (of a domain) and ``Note`` stand where they say
something. A line whose ``Action`` is ``keep`` says what stays, and why.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from awsshadow.errors import ParameterError
from awsshadow.model import families
from awsshadow.model.families import describing, removing
from awsshadow.names import argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from awsshadow.model.families import Family

    Document = dict[str, Any]

#: What is done to a resource besides what ``removing`` has: nothing.
KEEP = "keep"
ACTIONS = (removing.DELETE, removing.STOP, removing.DISASSOCIATE, removing.DEREGISTER, KEEP)

#: Not begun; the service has been asked, and it is not gone yet; done; gone before; ended badly; left, as another one.
PLANNED, ASKED, DONE, GONE, FAILED, SKIPPED = "planned", "asked", "done", "gone", "failed", "skipped"
STATES = (PLANNED, ASKED, DONE, GONE, FAILED, SKIPPED)
#: States after which a resource stands in nobody's way.
AWAY = (DONE, GONE)

RETAIN, ERASE = "Retain", "Delete"

#: Members by which descriptions say since when there is a resource.
_CREATION = ("CreationTime", "CreatedAt", "CreateDate", "RegistrationTime")
#: Moments that are as near as this, in seconds, are one: texts of them may be rounded.
_NEAR = 0.002


class Entry:
    """One resource of a plan; the attributes are the members of a line, see above.

    ``document`` is its description, as long as the plan is being made.
    """

    def __init__(
        self, family: Family, action: str, name: str, keys: Document, arn: str | None = None, status: str = "",
        created: str | None = None, why: str = "", document: Document | None = None,
    ) -> None:  # fmt: skip
        self.family = family
        self.action = action
        self.name = name
        self.keys = keys
        self.arn = arn
        self.status = status
        self.created = created
        self.why = why
        self.document: Document = document or {}
        self.account = ""
        self.region = ""
        self.step = 0
        self.hangs_on: list[str] = []
        self.word: str | None = None
        self.home_efs: str | None = None
        self.state = PLANNED
        self.note = ""

    @property
    def identity(self) -> str:
        """What tells it from the others of a plan: its ARN; of what has none, what it is and its keys."""
        if self.arn is not None and self.action != removing.DISASSOCIATE:
            return self.arn
        return f"{self.action} {self.family.title} {json.dumps(self.keys, sort_keys=True)}"

    @property
    def kind(self) -> str:
        """What it is, in words: ``endpoint config``."""
        return describing.typed(self.family).replace("-", " ")

    @property
    def label(self) -> str:
        """What it is called in sentences."""
        return f"{self.kind} {self.name}"

    @property
    def own_name(self) -> str:
        """Its name without those of what it lies in, unless it is a number there."""
        last = self.name.rpartition("/")[2]
        return self.name if last.isdecimal() else last

    def line(self) -> str:
        """The line of JSON, exact in any encoding, with its line feed."""
        document: Document = {
            "State": self.state, "Action": self.action, "Family": describing.typed(self.family), "Name": self.name,
            "Keys": self.keys, "Arn": self.arn, "Region": self.region, "Account": self.account, "Status": self.status,
            "CreationTime": self.created, "Step": self.step, "HangsOn": self.hangs_on, "Why": self.why,
        }  # fmt: skip
        for member, value in (("With", self.word), ("HomeEfs", self.home_efs), ("Note", self.note)):
            if value:
                document[member] = value
        return json.dumps(document) + "\n"


def to_do(entries: Iterable[Entry]) -> list[Entry]:
    """Those to which something is done."""
    return [entry for entry in entries if entry.action != KEEP]


def creation(document: Mapping[str, Any]) -> str | None:
    """Since when there is what a description is of: ISO 8601 in UTC, None where it does not say."""
    found = next((moment(document[member]) for member in _CREATION if member in document), None)
    return None if found is None else datetime.fromtimestamp(found, UTC).isoformat()


def moment(value: object) -> float | None:
    """A timestamp of an answer as seconds since 1970, None for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    try:
        return datetime.fromisoformat(str(value)).timestamp()
    except ValueError:
        return None


def same_moment(one: str | None, other: str | None) -> bool:
    """Whether two moments are the same, as far as both are known."""
    first, second = moment(one), moment(other)
    return first is None or second is None or abs(first - second) <= _NEAR


def lines(entries: Iterable[Entry]) -> str:
    """The plan as text."""
    return "".join(entry.line() for entry in entries)


def read(text: str, where: str) -> list[Entry]:
    """The plan that ``text`` is; ``where`` it comes from is said of what is wrong. Raises ParameterError."""
    entries = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            entries.append(_entry(json.loads(line)))
        except (ValueError, KeyError, RecursionError) as error:
            raise ParameterError(f"{where}, line {number}: no line of a plan: {_complaint(error)}") from None
    if not entries:
        raise ParameterError(f"{where}: there is no plan in it")
    places = {(entry.account, entry.region) for entry in entries}
    if len(places) > 1:
        raise ParameterError(f"{where}: its lines are of several accounts or regions")
    known = [entry.identity for entry in entries]
    if len(set(known)) < len(known):
        twice = next(entry for entry in entries if known.count(entry.identity) > 1)
        raise ParameterError(f"{where}: the {twice.kind} {twice.name!r} stands there twice")
    return entries


def _complaint(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error) or "nested too deeply"


def _entry(held: object) -> Entry:
    """One line, each member looked at. Raises ValueError and KeyError."""
    if not isinstance(held, dict):
        raise ValueError("not an object")
    known = {argument_name(family.title): family for family in families.table().values()}
    action, typed = _text(held, "Action", ACTIONS), _text(held, "Family", known)
    family = known[typed]
    possible = action == KEEP or action in removing.PARTING or removing.can(family, action)
    if not possible:
        raise ValueError(f"nothing does this to a resource of that family: {action} {typed}")
    keys = held["Keys"]
    if not isinstance(keys, dict) or not keys or not all(isinstance(v, str | int) for v in keys.values()):
        raise ValueError("Keys is no object of names")
    arn, created = held["Arn"], held["CreationTime"]
    if not isinstance(arn, str | None) or not (created is None or moment(created) is not None):
        raise ValueError("Arn or CreationTime is neither null nor what it should be")
    entry = Entry(family, action, _text(held, "Name"), keys, arn, _text(held, "Status"), created, _text(held, "Why"))
    entry.account, entry.region = _text(held, "Account"), _text(held, "Region")
    step, hangs_on = held["Step"], held["HangsOn"]
    if not isinstance(step, int) or isinstance(step, bool) or not _are_texts(hangs_on):
        raise ValueError("Step is no number, or HangsOn no list of ARNs")
    entry.step, entry.hangs_on = step, hangs_on
    entry.state = _text(held, "State", STATES)
    entry.note = _text({"Note": "", **held}, "Note")
    entry.word = held.get("With") and _text(held, "With")
    entry.home_efs = held.get("HomeEfs") and _text(held, "HomeEfs", (RETAIN, ERASE))
    return entry


def _text(held: Mapping[str, Any], member: str, choices: Iterable[str] | None = None) -> str:
    value = held[member]
    if not isinstance(value, str):
        raise ValueError(f"{member} is no text")
    if choices is not None and value not in choices:
        raise ValueError(f"{member} is none of those that are known: {value!r}")
    return value


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def ordered(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with their steps: what hangs on another one comes in an earlier one, what stays at the end."""
    doing = to_do(entries)
    waits: dict[str, list[Entry]] = {}
    for entry in doing:
        for other in entry.hangs_on:
            waits.setdefault(other, []).append(entry)
    steps: dict[str, int] = {}

    def step(entry: Entry) -> int:
        if entry.identity not in steps:
            before = waits.get(entry.identity, ())
            steps[entry.identity] = 1 + max((step(other) for other in before), default=0)
        return steps[entry.identity]

    for entry in doing:
        entry.step = step(entry)
    return [*sorted(doing, key=lambda entry: entry.step), *(entry for entry in entries if entry.action == KEEP)]
