"""What was asked for -> a plan: the resources that were named or selected, what hangs on them, what goes with them."""

from __future__ import annotations

import time

from awsshadow.errors import AwsShadowError, UsageError
from awsshadow.model import families
from awsshadow.model.families import describing, outcomes, removing
from awsshadow.removal.entries import ERASE, KEEP, RETAIN, Entry, creation, moment, ordered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from awsshadow.fanout.engine import Engine
    from awsshadow.model.families import Family
    from awsshadow.model.families.removing import Below, Used
    from awsshadow.removal.calls import Calls

    Document = dict[str, Any]

USUAL_MOST = 50
ASKED_FOR = "asked for"


class Wish:
    """What is to be done to the resources of ``family``.

    ``words`` are those of ``--with``; ``cascade`` whether what hangs on them goes, too; ``most`` how many resources
    there may be in all; ``erases_home`` whether the files of a domain go with it.
    """

    def __init__(
        self, family: Family, action: str, words: Sequence[str] = (), cascade: bool = False, most: int = USUAL_MOST,
        erases_home: bool = False,
    ) -> None:  # fmt: skip
        self.family = family
        self.action = action
        self.words = words
        self.cascade = cascade
        self.most = most
        self.erases_home = erases_home


class Planner:
    """Makes the plan for a wish, by ``calls`` in the threads of ``engine``."""

    def __init__(self, wish: Wish, calls: Calls, engine: Engine) -> None:
        self._wish = wish
        self._calls = calls
        self._engine = engine
        self._entries: dict[str, Entry] = {}
        #: Descriptions that were asked for, by family and keys: what hangs on several is found several times.
        self._known: dict[str, Document | None] = {}

    def named(self, keys: Iterable[Document]) -> list[Entry]:
        """The plan for the resources that ``keys`` describe. Raises ServiceError for one that is not there."""
        operation = describing.describe(self._wish.family)
        wanted = list(keys)
        documents = self._engine.map(lambda one: self._calls.call(operation, one), wanted)
        return self._plan(list(zip(wanted, documents, strict=True)))

    def selected(self, request: Document, fits: Callable[[Document], bool], older_than: float | None) -> list[Entry]:
        """The plan for those that a listing finds, that fit, and that are older than so many seconds.

        What does not say since when it is there is not taken for old.
        """
        family, wish = self._wish.family, self._wish
        found = []
        for item in self._calls.listed(family.operation("list") or "", request):
            if fits(item) and (older_than is None or _older(item, older_than, unknown=True)):
                found += self._whole(family, item, request)
        self._check_number(len(found))
        pairs = [(k, d) for k, d in zip(found, self._describe(family, found), strict=True) if d is not None]
        if older_than is not None:
            pairs = [(k, d) for k, d in pairs if _older(describing.body(family, d), older_than, unknown=False)]
        if wish.action == removing.STOP:
            pairs = [(k, d) for k, d in pairs if can_be_stopped(family, describing.status(family, d))]
        return self._plan([(k, d) for k, d in pairs if not _is_gone(family, d)])

    def _plan(self, roots: Sequence[tuple[Document, Document]]) -> list[Entry]:
        wish = self._wish
        for keys, document in roots:
            self._add(self._calls.entry(wish.family, wish.action, keys, document, ASKED_FOR))
        self._check_number(len(self._entries))
        if wish.action == removing.DELETE:
            self._add_below(list(self._entries.values()))
            kept = self._add_used()
            self._check_number(len(self._entries))
            self._relate()
        else:
            kept = []
        for entry in self._entries.values():
            if entry.family.title == "Domain":
                entry.home_efs = ERASE if wish.erases_home else RETAIN
        return ordered([*self._entries.values(), *kept])

    def _add(self, entry: Entry) -> Entry | None:
        """Put a resource into the plan; None if it is there."""
        if entry.identity in self._entries:
            return None
        self._entries[entry.identity] = entry
        return entry

    def _check_number(self, number: int) -> None:
        if number > self._wish.most:
            raise UsageError(
                f"argument --max: the plan would have {number} resources, or more with what goes along, and may have "
                f"{self._wish.most}; narrow it down, or allow as many with --max"
            )

    def _describe(self, family: Family, keys: Sequence[Document]) -> list[Document | None]:
        told = [f"{family.title} {sorted(one.items())}" for one in keys]
        fresh = {text: one for text, one in zip(told, keys, strict=True) if text not in self._known}
        found = self._engine.map(lambda one: self._calls.described(family, one), fresh.values())
        self._known.update(zip(fresh, found, strict=True))
        return [self._known[text] for text in told]

    def _whole(self, family: Family, item: Document, request: Document) -> list[Document]:
        """The keys of an item; of a content of a hub those of each of its versions."""
        if family.title != "HubContent":
            return [self._calls.keys(family, item, request)]
        asked = {**{m: request[m] for m in ("HubName", "HubContentType")}, "HubContentName": item["HubContentName"]}
        if asked["HubContentType"] == removing.REFERENCE_TYPE:
            return [self._calls.keys(family, item, request)]
        versions = self._calls.listed(removing.CONTENT_VERSIONS, asked)
        return [self._calls.keys(family, version, asked) for version in versions]

    def _add_below(self, above: Sequence[Entry]) -> None:
        """Add what hangs on entries, and on that. Raises UsageError for something if nothing is to be taken along."""
        while above:
            added: list[Entry] = []
            for entry in above:
                for below in removing.BELOW.get(entry.family.title, ()):
                    for found in self._hanging(entry, below):
                        found.hangs_on.append(entry.identity)
                        known = self._entries.get(found.identity)
                        if known is not None:
                            known.hangs_on.append(entry.identity)
                        elif (new := self._add(found)) is not None and new.action == removing.DELETE:
                            added.append(new)
                    self._check_number(len(self._entries))
            others = [entry.label for entry in self._entries.values() if entry.why != ASKED_FOR]
            if others and not self._wish.cascade:
                names = ", ".join(others[:5]) + ", ..." * (len(others) > 5)
                raise UsageError(f"argument --cascade: add it to take along what has to go first: {names}")
            above = added

    def _hanging(self, entry: Entry, below: Below) -> list[Entry]:
        """What hangs on a resource by way of ``below``."""
        if below.action == removing.DISASSOCIATE:
            return self._associations(entry, below)
        family, calls = families.family(below.title), self._calls
        operation = family.operation("list") or ""
        request = {m: _shown(entry, known) for m, known in below.ask.items()}
        requests = [request]
        if "HubContentType" in calls.asks(operation)[1]:
            types = calls.enumerated(operation, "HubContentType")
            requests = [{**request, "HubContentType": type} for type in types]
        keys = [
            k for asked in requests for item in calls.listed(operation, asked) for k in self._whole(family, item, asked)
        ]
        why = f"hangs on {entry.label}"
        found = []
        for one, document in zip(keys, self._describe(family, keys), strict=True):
            if document is None or _is_gone(family, document):
                continue
            made = calls.entry(family, below.action, one, document, why)
            matches = all(_at(made.document, path) == _shown(entry, m) for path, m in below.match.items())
            # A filter that something on the way did not know must not cost what is another one's.
            matches &= all(made.document.get(m, entry.document[m]) == entry.document[m] for m in below.ask.values())
            if matches and (not below.running or can_be_stopped(family, made.status)):
                found.append(made)
        return found

    def _associations(self, entry: Entry, below: Below) -> list[Entry]:
        """The associations of a trial with its components, or of a component with its trials."""
        family = families.family(below.title)
        request = {m: _shown(entry, known) for m, known in below.ask.items()}
        made = []
        for item in self._calls.listed(family.operation("list") or "", request):
            keys = {m: (item if m in item else entry.document)[m] for m in ("TrialComponentName", "TrialName")}
            name = f"{keys['TrialName']}/{keys['TrialComponentName']}"
            component, why = families.family("TrialComponent"), f"hangs on {entry.label}"
            made.append(self._calls.placed(Entry(component, removing.DISASSOCIATE, name, keys, why=why)))
        return made

    def _add_used(self) -> list[Entry]:
        """Add what the resources of the plan use and ``--with`` names, and return what others use, too."""
        usage = Usage(self._calls, self._engine)
        candidates: dict[str, tuple[Entry, Used]] = {}
        for used in removing.USED:
            if used.word in self._wish.words:
                for entry in self._used(used):
                    if self._add(entry) is not None:
                        candidates[entry.identity] = entry, used
        kept: list[Entry] = []
        # What is kept uses what it uses: as long as something is kept, look at the others again.
        changed = True
        while changed:
            changed = False
            for identity, (entry, used) in list(candidates.items()):
                user = usage.outside(entry, used, set(self._entries))
                if user is not None:
                    entry.action, entry.why, entry.hangs_on = KEEP, f"used by {user}", []
                    kept.append(self._entries.pop(identity))
                    del candidates[identity]
                    changed = True
        return kept

    def _used(self, used: Used) -> list[Entry]:
        """What the resources of the plan use by way of ``used``."""
        family = families.family(used.title)
        found: dict[str, Entry] = {}
        for holder in list(self._entries.values()):
            if holder.family.title not in used.holders or holder.action != removing.DELETE:
                continue
            for name in used.names(holder.document):
                if name in found:
                    continue
                keys = self._calls.keys(
                    family, {family.arn or "": name} if name.startswith("arn:") else {family.name: name}
                )
                document = self._calls.described(family, keys)
                if document is not None:
                    found[name] = self._calls.entry(family, removing.DELETE, keys, document, f"used by {holder.label}")
                    found[name].word = used.word
        return list(found.values())

    def _relate(self) -> None:
        """What uses another resource of the plan goes before that."""
        for used in removing.USED:
            targets = [e for e in self._entries.values() if e.family.title == used.title]
            for holder in self._entries.values():
                if holder.family.title in used.holders and targets:
                    names = set(used.names(holder.document))
                    holder.hangs_on += [t.identity for t in targets if names & {t.arn, t.name}]
        for entry in self._entries.values():
            entry.hangs_on = list(dict.fromkeys(entry.hangs_on))


class Usage:
    """Who uses what may be shared. What was looked at once is remembered, since a plan asks again and again."""

    def __init__(self, calls: Calls, engine: Engine) -> None:
        self._calls = calls
        self._engine = engine
        self._holders: dict[str, list[Entry]] = {}

    def outside(self, entry: Entry, used: Used, inside: set[str]) -> str | None:
        """What uses ``entry`` and is none of ``inside``, in words; None if nothing does. Raises what a call raises."""
        for holders in removing.USED:
            if holders.title != used.title:
                continue
            for title in holders.holders:
                for holder in self._all(title):
                    if holder.identity not in inside and {entry.arn, entry.name} & set(holders.names(holder.document)):
                        return holder.label
        return None

    def _all(self, title: str) -> list[Entry]:
        """All resources of a family, described."""
        if title not in self._holders:
            family, calls = families.family(title), self._calls
            items = calls.listed(family.operation("list") or "", {})
            keys = [calls.keys(family, item) for item in items]
            documents = self._engine.map(lambda one: calls.described(family, one), keys)
            pairs = [(k, d) for k, d in zip(keys, documents, strict=True) if d is not None]
            self._holders[title] = [calls.entry(family, removing.DELETE, k, d, "") for k, d in pairs]
        return self._holders[title]


def can_be_stopped(family: Family, status: str) -> bool:
    """Whether there is something to stop: it has neither ended nor is on its way to that."""
    if family.is_job and outcomes.outcome(family, status) == outcomes.SUCCESS and status == family.states["stable"]:
        return False
    ended = {family.states.get(name) for name in ("stopped", "stopping", "deleting", "deleted")}
    over = outcomes.outcome(family, status) in (outcomes.STOPPED, outcomes.FAILURE, outcomes.DELETED)
    return status not in ended and not over


def _is_gone(family: Family, document: Document) -> bool:
    """Whether a resource is only shown still."""
    return outcomes.outcome(family, describing.status(family, document)) == outcomes.DELETED


def _older(document: Any, seconds: float, unknown: bool) -> bool:
    since = moment(creation(document))
    return unknown if since is None else time.time() - since > seconds


def _shown(entry: Entry, member: str) -> object:
    """A member of the description of a resource, without which nothing can be said of what hangs on it."""
    if entry.document.get(member) in (None, ""):
        raise AwsShadowError(f"The description of {entry.label} has no {member}: nothing was done")
    return entry.document[member]


def _at(document: Any, path: str) -> object:
    for name in path.split("."):
        document = document.get(name) if isinstance(document, dict) else None
    return document
