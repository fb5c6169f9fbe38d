"""What hangs on a resource and has to go before it, and what it uses that may go after it.

Sources: what has to go first is what the API reference and the developer guide of the service say of each delete
operation; what a resource uses are members of its description that name another one.
"""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.names import argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from awsshadow.model.families import Family

#: What is done to a resource.
DELETE, STOP, DISASSOCIATE, DEREGISTER = "delete", "stop", "disassociate", "deregister"
#: Operations that take a part of another resource away; the table of families has none for it.
PARTING = {DISASSOCIATE: "DisassociateTrialComponent", DEREGISTER: "DeregisterDevices"}
#: The operation that deletes a content of a hub of this type, which is a reference to a public one.
REFERENCE_TYPE, DELETE_REFERENCE = "ModelReference", "DeleteHubContentReference"
#: The operations by which all versions of all contents of a hub are found.
CONTENT_VERSIONS = "ListHubContentVersions"


class Below:
    """What hangs on a resource: those of the family ``title`` that its list operation finds.

    ``ask``: member of the list's request -> member of the description of what they hang on. ``match``: path in the
    description of one of them -> member of that of what it hangs on, where the list has no such filter. ``action`` is
    what is done to each; ``running``: only to those that have not ended.
    """

    __slots__ = ("action", "ask", "match", "running", "title")

    def __init__(
        self, title: str, ask: Mapping[str, str], match: Mapping[str, str] | None = None, *, action: str = DELETE,
        running: bool = False,
    ) -> None:  # fmt: skip
        self.title = title
        self.ask = ask
        self.match = match or {}
        self.action = action
        self.running = running


class Used:
    """What ``holders`` use, and may share with others: resources of the family ``title``.

    ``word`` is what it is called behind ``--with``; ``members`` of the descriptions of the holders have their names or
    ARNs, at any depth. ``when``: a member of the description and the value that it has if this family is meant.
    """

    __slots__ = ("holders", "members", "title", "when", "word")

    def __init__(
        self, word: str, title: str, members: tuple[str, ...], holders: tuple[str, ...],
        when: tuple[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.word = word
        self.title = title
        self.members = members
        self.holders = holders
        self.when = when

    def names(self, document: Mapping[str, Any]) -> list[str]:
        """The names and ARNs in the description of a holder, each once."""
        if self.when is not None and self.when[1] not in _found(document, (self.when[0],)):
            return []
        return [name for name in dict.fromkeys(_found(document, self.members)) if name and "://" not in name]


_DOMAIN, _CLUSTER = {"DomainIdEquals": "DomainId"}, {"ClusterArn": "ClusterArn"}

#: Family -> what hangs on its resources.
BELOW: dict[str, tuple[Below, ...]] = {
    "Cluster": tuple(
        Below(title, _CLUSTER) for title in ("ClusterExtension", "ClusterSchedulerConfig", "ComputeQuota")
    ),
    "DeviceFleet": (
        Below(
            "EdgeDeploymentPlan",
            {"DeviceFleetNameContains": "DeviceFleetName"},
            {"DeviceFleetName": "DeviceFleetName"},
        ),
        Below("Device", {"DeviceFleetName": "DeviceFleetName"}, action=DEREGISTER),
    ),
    "Domain": tuple(Below(title, _DOMAIN) for title in ("App", "Space", "UserProfile")),
    "Endpoint": (
        Below("InferenceComponent", {"EndpointNameEquals": "EndpointName"}),
        Below("MonitoringSchedule", {"EndpointName": "EndpointName"}),
    ),
    "Experiment": (Below("Trial", {"ExperimentName": "ExperimentName"}),),
    "Hub": (Below("HubContent", {"HubName": "HubName"}),),
    "Image": (Below("ImageVersion", {"ImageName": "ImageName"}),),
    "InferenceComponent": (
        Below(
            "InferenceComponent",
            {"EndpointNameEquals": "EndpointName"},
            {"Specification.BaseInferenceComponentName": "InferenceComponentName"},
        ),
    ),
    "ModelPackageGroup": (Below("ModelPackage", {"ModelPackageGroupName": "ModelPackageGroupName"}),),
    "Pipeline": (Below("PipelineExecution", {"PipelineName": "PipelineName"}, action=STOP, running=True),),
    "Space": (Below("App", {**_DOMAIN, "SpaceNameEquals": "SpaceName"}),),
    "Trial": (Below("TrialComponent", {"TrialName": "TrialName"}, action=DISASSOCIATE),),
    "TrialComponent": (Below("Trial", {"TrialComponentName": "TrialComponentName"}, action=DISASSOCIATE),),
    "UserProfile": (
        Below("App", {**_DOMAIN, "UserProfileNameEquals": "UserProfileName"}),
        Below("Space", _DOMAIN, {"OwnershipSettings.OwnerUserProfileName": "UserProfileName"}),
    ),
    "Workforce": (Below("Workteam", {}, {"WorkforceArn": "WorkforceArn"}),),
}

_STUDIO = ("Domain", "UserProfile", "Space")
_NOTEBOOK, _SCHEDULE = ("NotebookInstance",), ("MonitoringSchedule",)

#: What may go with a resource that uses it.
USED: tuple[Used, ...] = (
    Used("config", "EndpointConfig", ("EndpointConfigName",), ("Endpoint",)),
    Used("models", "Model", ("ModelName",), ("EndpointConfig", "InferenceComponent")),
    Used("lifecycle-configs", "StudioLifecycleConfig", ("LifecycleConfigArn", "LifecycleConfigArns"), _STUDIO),
    Used(
        "lifecycle-configs",
        "NotebookInstanceLifecycleConfig",
        ("NotebookInstanceLifecycleConfigName",),
        _NOTEBOOK,
    ),
    Used("app-image-configs", "AppImageConfig", ("AppImageConfigName",), _STUDIO),
    Used("code-repositories", "CodeRepository", ("DefaultCodeRepository", "AdditionalCodeRepositories"), _NOTEBOOK),
    *(
        Used(
            "job-definitions",
            f"{kind}JobDefinition",
            ("MonitoringJobDefinitionName",),
            _SCHEDULE,
            ("MonitoringType", kind),
        )
        for kind in ("DataQuality", "ModelBias", "ModelExplainability", "ModelQuality")
    ),
)
#: Word -> the one that it takes beside it: models are found by way of the configuration.
TAKES = {("Endpoint", "models"): "config"}


def removable() -> dict[str, Family]:
    """The packaged families whose resources can be deleted or stopped, by the name of one: ``endpoint``.

    What was learnt of a newer model is left out: nobody has said yet what hangs on it.
    """
    shown = (f for f in families.table().values() if f.store == f.title and f.operation("describe") is not None)
    packaged = (f for f in shown if families.is_packaged(f.operation("describe") or ""))
    return {argument_name(f.title): f for f in packaged if can(f, DELETE) or can(f, STOP)}


def can(family: Family, action: str) -> bool:
    """Whether there is an operation that does this to one resource."""
    return family.operation(action) is not None


def plural(family: Family) -> str:
    """What several resources are called, which is what its list operation says: ``code-repositories``."""
    return argument_name(family.operation("list") or "").removeprefix("list-")


def by_plural() -> dict[str, Family]:
    """The removable families that can be listed, by that name."""
    return {plural(family): family for family in removable().values() if family.operation("list")}


def words(family: Family) -> list[str]:
    """What ``--with`` may say of the resources of a family, and of what hangs on them."""
    titles = _below([family.title])
    found: list[str] = []
    for used in USED:  # in an order in which what is used stands behind what uses it
        if titles.intersection(used.holders):
            titles.add(used.title)
            found.append(used.word)
    return list(dict.fromkeys(found))


def reached(titles: Iterable[str], asked: Iterable[str]) -> set[str]:
    """All families that a plan for ``titles`` may have to look at, ``asked`` being the words of ``--with``."""
    wanted, found = set(asked), _below(titles)
    for used in USED:
        if used.word in wanted and found.intersection((used.title, *used.holders)):
            found |= {used.title, *used.holders}
    return found


def operations(titles: Iterable[str], asked: Iterable[str] = ()) -> list[str]:
    """The operations that a plan for ``titles`` and its carrying out may take, in the model's words."""
    reaches = reached(titles, asked)
    roles = ("describe", "list", DELETE, STOP)
    found = [o for title in sorted(reaches) for role in roles if (o := families.family(title).operation(role))]
    actions = {below.action for title in reaches for below in BELOW.get(title, ())}
    found += [operation for action, operation in PARTING.items() if action in actions]
    if "TrialComponent" in reaches:
        found.append(PARTING[DISASSOCIATE])
    if "Device" in reaches:
        found.append(PARTING[DEREGISTER])
    if "HubContent" in reaches:
        found += [CONTENT_VERSIONS, DELETE_REFERENCE]
    return list(dict.fromkeys(found))


def _below(titles: Iterable[str]) -> set[str]:
    """The families of what hangs on resources of ``titles``, these included."""
    found: set[str] = set()
    pending = list(titles)
    while pending:
        title = pending.pop()
        if title not in found:
            found.add(title)
            pending += [below.title for below in BELOW.get(title, ()) if below.action == DELETE]
            found |= {below.title for below in BELOW.get(title, ()) if below.action != DELETE}
    return found


def _found(document: Any, members: tuple[str, ...]) -> Iterator[str]:
    """The texts of ``members`` in a document, at any depth."""
    if isinstance(document, dict):
        for name, value in document.items():
            if name in members:
                yield from (text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))
            yield from _found(value, members)
    elif isinstance(document, list):
        for value in document:
            yield from _found(value, members)
