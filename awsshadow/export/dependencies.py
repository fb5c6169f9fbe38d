"""What a document that creates a resource names: the resources that have to be there first."""

from __future__ import annotations

from awsshadow.errors import AwsShadowError, ConfigurationError, TimedOutError
from awsshadow.model import families
from awsshadow.model.families import describing
from awsshadow.model.families.references import ON_TRUST, REFERENCES, found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from awsshadow.export.resources import Exported, Exporter
    from awsshadow.model.families import Family

    Document = dict[str, Any]

#: The family of a schedule's definition follows from what it monitors.
_SCHEDULE, _DEFINITION, _KIND = "CreateMonitoringSchedule", "MonitoringJobDefinitionName", "MonitoringType"


class Needed:
    """A resource of ``family`` that a document names by ``key``: a name, an id or an ARN.

    ``known`` are the members that say which one is meant.
    """

    def __init__(self, family: Family, key: str, document: Document) -> None:
        self.family = family
        self.key = key
        above = {member: document[member] for member in family.id[:-1] if isinstance(document.get(member), str)}
        if key.startswith("arn:"):
            self.known = {family.arn or f"{family.title}Arn": key}
        else:
            self.known = {**above, family.name: key, **dict.fromkeys(family.id[-1:], key)}

    @property
    def label(self) -> str:
        """``model m``."""
        return f"{describing.typed(self.family).replace('-', ' ')} {self.key}"

    @property
    def is_by_what_is_drawn(self) -> bool:
        """Whether it is named by what the service draws, so that another one like it is called otherwise."""
        if not self.key.startswith("arn:"):
            return self.family.id[-1] in self.family.generate
        drawn = any(f"{{{member}}}" in self.family.path for member in self.family.generate)
        # Versions are counted. Of a model package a name is all there is, unless it is one of a group.
        counted = self.family.title == "ImageVersion" or self.key.count("/") > self.family.path.count("/") + 1
        return drawn or counted


def _named(exported: Exported) -> Iterator[Needed]:
    """What a resource needs, in the order of the rows, each once; what other accounts have is taken as it is."""
    operation, document = exported.slice.operation, exported.document
    rows = {**REFERENCES.get(operation, {}), **ON_TRUST.get(operation, {})}
    keys = [(key, title) for path, title in rows.items() for key in found(document, path.split("."))]
    if operation == _SCHEDULE:
        config = document.get("MonitoringScheduleConfig", {})
        title = f"{config.get(_KIND, '')}JobDefinition"
        if config.get(_DEFINITION) and title in families.table():
            keys.append((config[_DEFINITION], title))
    own = exported.arn.split(":")[3:5]
    for key, title in dict.fromkeys(keys):
        of = key.split(":")[3:5]
        foreign = "://" in key or (key.startswith("arn:") and bool(own) and of != own)
        if not foreign:
            yield Needed(families.family(title), key, document)


def needed(
    exporter: Exporter, wanted: Sequence[Exported], missed: Callable[[Exported, Needed, AwsShadowError], None]
) -> list[Exported]:
    """``wanted`` and all that they need, and what that needs, each once and before what needs it.

    ``missed`` is told of one that cannot be had, with who needs it. Raises ConfigurationError and TimedOutError.
    """
    order = _Order(exporter, missed)
    for exported in wanted:
        order.known[_key(exported)] = exported
    for exported in wanted:
        order.add(exported)
    return order.done


def _key(exported: Exported) -> tuple[str, str]:
    return exported.family.store, exported.arn or exported.name


class _Order:
    """``known`` are all by what they are, ``done`` those whose needs were looked at, in the order of creation."""

    def __init__(self, exporter: Exporter, missed: Callable[[Exported, Needed, AwsShadowError], None]) -> None:
        self.known: dict[tuple[str, str], Exported] = {}
        self.done: list[Exported] = []
        self._exporter = exporter
        self._missed = missed
        self._begun: set[tuple[str, str]] = set()
        self._asked: dict[tuple[str, str], Exported | None] = {}

    def add(self, exported: Exported) -> None:
        """One, after what it needs; a circle is cut where it closes."""
        key = _key(exported)
        if key in self._begun:
            return
        self._begun.add(key)
        for what in _named(exported):
            other = self._exported(exported, what)
            if other is not None:
                exported.needs.append(what)
                self.add(other)
        self.done.append(exported)

    def _exported(self, by: Exported, what: Needed) -> Exported | None:
        asked = (what.family.title, "/".join(what.known.values()))
        if asked not in self._asked:
            self._asked[asked] = None
            try:
                self._asked[asked] = self._found(what)
            except (ConfigurationError, TimedOutError):
                raise
            except AwsShadowError as error:
                self._missed(by, what, error)
        return self._asked[asked]

    def _found(self, what: Needed) -> Exported:
        family = what.family
        create = family.operation("create")
        if create is None or family.operation("describe") is None:
            raise AwsShadowError(f"there is no operation that creates {describing.spoken(family)}")
        try:
            parameters = self._exporter.parameters(family, what.known)
        except KeyError as error:
            raise AwsShadowError(f"nothing says its {error}") from None
        found = self._exporter.export(family, parameters, self._exporter.slice(create))
        return self.known.setdefault(_key(found), found)
