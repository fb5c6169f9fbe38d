"""The kinds of resources that cost while they are there: how they are listed, and which machines they hold.

Sources: the statuses are those of the model, and which of them mean that nothing runs is what the descriptions of the
status members say. A status that is not known to be an end counts as running: nothing is to be missed.
"""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.model.families import describing
from awsshadow.names import argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from awsshadow.model.families import Family

    Document = Mapping[str, Any]
    #: Type of a machine, or what else is counted, and how many of it.
    Machines = list[tuple[str, int]]

_CONFIG = "describe-endpoint-config"


class Kind:
    """One kind.

    ``name`` is what it is called, ``family`` what the model calls it. ``asked`` are values of the filter ``filter``,
    each of which is asked for by a listing of its own; without them one listing has all, and those whose status is in
    ``ended`` are left out. Of those in ``doubtful`` it depends on whether the description shows machines. ``machines``
    says these, of a description if ``describes``, else of an item; None for a resource that costs nothing.
    ``names`` are the members that make up the name, ``since`` the member that says from when on it costs.
    """

    def __init__(
        self,
        name: str,
        family: str,
        machines: Callable[[Document], Machines | None],
        *,
        describes: bool = True,
        filter: str = "StatusEquals",
        asked: Sequence[str] = (),
        ended: Sequence[str] = (),
        doubtful: Sequence[str] = (),
        status: str = "",
        names: Sequence[str] = (),
        since: str = "CreationTime",
        also: str = "",
    ) -> None:
        self.name = name
        self.machines = machines
        self.describes = describes
        self.filter = filter
        self.asked = asked
        self.ended = ended
        self.doubtful = doubtful
        self.since = since
        self.also = also
        self._family = family
        self._status = status
        self._names = names

    @property
    def family(self) -> Family:
        """The row of the family table."""
        return families.family(self._family)

    @property
    def listing(self) -> str:
        """The command that lists it."""
        return argument_name(self.family.operation("list") or "")

    @property
    def about(self) -> str:
        """What completion says of it."""
        return f"{self.name.replace('-', ' ').capitalize()}s, by {self.listing}"

    @property
    def describe(self) -> str:
        """The command that describes one."""
        return argument_name(describing.describe(self.family))

    @property
    def commands(self) -> list[str]:
        """All commands that are needed."""
        return [self.listing, *([self.describe] if self.describes else []), *([self.also] if self.also else [])]

    def status(self, item: Document) -> str:
        """The status of an item of the listing."""
        found = item.get(self._status or self.family.status or "", "")
        return str(found.get("Status", "") if isinstance(found, dict) else found)

    def title(self, item: Document) -> str:
        """The name of an item, with that of what it lies in where it is not one by itself."""
        return "/".join(str(item[m]) for m in self._names or [self.family.name] if item.get(m))


def _group(held: Document | None, count: str = "InstanceCount") -> Machines:
    """The machines of a member with a type and a number."""
    if not held or not held.get("InstanceType"):
        return []
    return [(str(held["InstanceType"]), int(held.get(count, 1)))]


def _training(found: Document) -> Machines:
    config = found.get("ResourceConfig") or {}
    if config.get("SelectedInstanceType"):
        return [(config["SelectedInstanceType"], int(config.get("SelectedInstanceCount", 1)))]
    return [*_group(config), *(machine for group in config.get("InstanceGroups", ()) for machine in _group(group))]


def _processing(found: Document) -> Machines:
    return _group((found.get("ProcessingResources") or {}).get("ClusterConfig"))


def _transform(found: Document) -> Machines:
    return _group(found.get("TransformResources"))


def _schedule(found: Document) -> Machines:
    """What a schedule that holds its definition starts each time; one that names it starts processing jobs."""
    definition = (found.get("MonitoringScheduleConfig") or {}).get("MonitoringJobDefinition") or {}
    return _group((definition.get("MonitoringResources") or {}).get("ClusterConfig"))


def _cluster(found: Document) -> Machines:
    machines: Machines = []
    for group in (*found.get("InstanceGroups", ()), *found.get("RestrictedInstanceGroups", ())):
        parts = group.get("InstanceTypeDetails") or [group]
        machines += [machine for part in parts for machine in _group(part, "CurrentCount") if machine[1]]
    return machines


def _endpoint(found: Document) -> Machines:
    """``found`` is a description with that of its configuration in the member ``Config``."""
    config = found.get("Config") or {}
    rows = [(key, row) for key in ("ProductionVariants", "ShadowProductionVariants") for row in found.get(key) or ()]
    types = {row["VariantName"]: row for key, _ in rows for row in config.get(key) or () if "VariantName" in row}
    machines: Machines = []
    for _, variant in rows:
        made = types.get(variant.get("VariantName"), {})
        if variant.get("CurrentServerlessConfig") or made.get("ServerlessConfig"):
            machines.append(("serverless", 1))
        elif variant.get("InstancePools"):
            machines += [m for pool in variant["InstancePools"] for m in _group(pool, "CurrentInstanceCount")]
        else:
            machines.append((made.get("InstanceType") or "instance", int(variant.get("CurrentInstanceCount", 0))))
    return [machine for machine in machines if machine[1]]


def _copies(found: Document) -> Machines:
    count = int((found.get("RuntimeConfig") or {}).get("CurrentCopyCount", 0))
    return [("copy", count)] if count else []


def _app(item: Document) -> Machines:
    """The app that serves Studio itself runs on ``system``, which is not the account's."""
    type = (item.get("ResourceSpec") or {}).get("InstanceType")
    return [] if type in (None, "system") else [(type, 1)]


def _tuning(item: Document) -> Machines:
    """Its training jobs are a kind of their own."""
    running = int((item.get("TrainingJobStatusCounters") or {}).get("InProgress", 0))
    return [("training job", running)] if running else []


def _online(found: Document) -> Machines | None:
    store = found.get("OnlineStoreConfig") or {}
    return [(f"{store.get('StorageType', 'Standard')} store", 1)] if store.get("EnableOnlineStore") else None


def _size(member: str) -> Callable[[Document], Machines]:
    return lambda found: [(str(found[member]), 1)] if found.get(member) else []


def _nothing(_: Document) -> Machines:
    return []


_JOB = ("InProgress", "Stopping")

KINDS = {
    kind.name: kind
    for kind in (
        Kind("endpoint", "Endpoint", _endpoint, doubtful=("Failed",), also=_CONFIG),
        Kind("inference-component", "InferenceComponent", _copies, doubtful=("Failed",)),
        Kind("notebook-instance", "NotebookInstance", _group, describes=False, ended=("Stopped", "Failed")),
        Kind(
            "app", "App", _app, describes=False, ended=("Deleted", "Failed"),
            names=("DomainId", "UserProfileName", "SpaceName", "AppType", "AppName"),
        ),
        Kind("cluster", "Cluster", _cluster, doubtful=("Failed",)),
        Kind(
            "mlflow-tracking-server", "MlflowTrackingServer", _size("TrackingServerSize"),
            ended=("Stopped", "CreateFailed"),
        ),
        Kind(
            "mlflow-app", "MlflowApp", _nothing, describes=False, ended=("Deleted", "CreateFailed"), names=("Name",)
        ),
        Kind("partner-app", "PartnerApp", _size("Tier"), ended=("Deleted", "Failed"), names=("Name",)),
        Kind("training-job", "TrainingJob", _training, asked=_JOB),
        Kind("processing-job", "ProcessingJob", _processing, asked=_JOB),
        Kind("transform-job", "TransformJob", _transform, asked=_JOB),
        Kind("hyper-parameter-tuning-job", "HyperParameterTuningJob", _tuning, describes=False, asked=_JOB),
        Kind("auto-ml-job", "AutoMLJob", _nothing, describes=False, asked=_JOB),
        Kind("monitoring-schedule", "MonitoringSchedule", _schedule, asked=("Scheduled", "Pending")),
        Kind(
            "warm-pool", "TrainingJob", _training, filter="WarmPoolStatusEquals", asked=("Available",),
            status="WarmPoolStatus", since="TrainingEndTime",
        ),
        Kind("feature-group", "FeatureGroup", _online, ended=("CreateFailed",)),
    )
}  # fmt: skip


def live(kind: Kind, item: Document) -> bool:
    """Whether an item of its listing is one of those that run, as far as the listing says."""
    return bool(kind.asked) or kind.status(item) not in kind.ended


def items_member(kind: Kind) -> str:
    """The member of the listing that holds the items."""
    return kind.family.listing["items"]
