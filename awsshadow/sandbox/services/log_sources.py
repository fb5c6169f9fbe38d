"""What SageMaker's resources have written to CloudWatch Logs: derived from the resources when somebody looks.

Nothing is kept: the names follow from the resource, the times from its times, the lines are invented. The groups,
what the names of streams begin with, and where that is known from are in ``model.families.log_groups``; what follows in
a name is from the same sources, unless a function here names another. With its resource a stream goes.
"""

from __future__ import annotations

from hashlib import sha1

from awsshadow.model import families
from awsshadow.model.families.log_groups import LOGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from awsshadow.sandbox.state.records import Record
    from awsshadow.sandbox.state.resources import Resources

    #: Seconds since the epoch and a line.
    Line = tuple[float, str]
    #: The name of a stream and its lines, oldest first.
    Written = tuple[str, list[Line]]
    Streams = Callable[[Resources, Record], Iterator[Written]]

#: So many instances of one resource have a stream each.
MOST_HOSTS = 100
_ENDED = ("completed", "failed", "stopped")


class Stream:
    """A stream: ``created`` in seconds since the epoch, ``lines`` oldest first."""

    __slots__ = ("created", "lines", "name")

    def __init__(self, name: str, created: float, lines: list[Line]) -> None:
        self.name = name
        self.created = created
        self.lines = lines


def groups(resources: Resources) -> dict[str, float]:
    """The groups that resources have written to, and the moment of the first line of each."""
    found: dict[str, float] = {}
    for group, (family, _) in _SHARED.items():
        first = next(iter(resources.page(family, (), order="created", ascending=True, after=None, size=1)), None)
        if first is not None:
            found[group] = first.created
    for begin, (family, _) in _OWN.items():
        found |= {_own_group(begin, record): record.created for record in resources.find(family) if _has_run(record)}
    return found


def streams(resources: Resources, group: str, prefix: str = "") -> list[Stream]:
    """The streams of a group whose names begin with ``prefix``, by name; none for a group that is not SageMaker's."""
    found = []
    for record, make in _sources(resources, group, prefix):
        for name, lines in make(resources, record):
            if name.startswith(prefix):
                found.append(Stream(name, record.created, sorted(lines, key=lambda line: line[0])))
    return sorted(found, key=lambda stream: stream.name)


def _sources(resources: Resources, group: str, prefix: str) -> Iterator[tuple[Record, Streams]]:
    """The resources that write to a group, and how."""
    if group in _SHARED:
        family, make = _SHARED[group]
        name, slash, _ = prefix.partition("/")
        begins_with_name = LOGS[family].stream.startswith("{" + families.family(family).name + "}")
        condition = ("name", "=" if slash else "prefix", name)
        for record in resources.find(family, *([condition] if name and begins_with_name else [])):
            yield record, make
    for begin, (family, make) in _OWN.items():
        if group.startswith(begin):
            owner = resources.get(family, group.removeprefix(begin).partition("/")[0])
            if owner is not None and _own_group(begin, owner) == group and _has_run(owner):
                yield owner, make


def _own_group(begin: str, record: Record) -> str:
    """The group of a resource that has one to itself; that of a cluster ends in the id of its ARN."""
    return begin + record.name + ("/" + str(record.arn).rpartition("/")[2] if record.family == "Cluster" else "")


def _has_run(record: Record) -> bool:
    """Whether anything can have written: not while a resource is made for the first time."""
    return record.status != "Creating"


def _end(record: Record) -> float | None:
    """When a job ended, None while it runs."""
    if record.status.lower() not in _ENDED:
        return None
    named = (record.doc.get(member) for member in families.family(record.family).end_times)
    return next((moment for moment in named if isinstance(moment, int | float)), record.modified)


def _job(record: Record, what: str, *details: str) -> list[Line]:
    """The lines of one host of a job."""
    begin = record.doc.get(f"{record.family.removesuffix('Job')}StartTime", record.created)
    end = _end(record)
    lines = [(begin, f"Starting {what} {record.name}"), *((begin, detail) for detail in details if detail)]
    if end is not None:
        reason = record.doc.get("FailureReason")
        lines.append((end, f"ERROR: {reason}" if reason else f"The {what} {record.name} has {_past(record.status)}"))
    return lines


def _past(status: str) -> str:
    return {"stopped": "been stopped", "failed": "failed"}.get(status.lower(), "completed")


def _instance(record: Record, *parts: object) -> str:
    """An instance id, always the same one for the same instance of a resource."""
    text = "/".join([str(record.arn), str(record.created), *map(str, parts)])
    return "i-0" + sha1(text.encode(), usedforsecurity=False).hexdigest()[:16]


def _count(value: Any, *path: str) -> int:
    for member in path:
        value = value.get(member) if isinstance(value, dict) else None
    return min(value, MOST_HOSTS) if isinstance(value, int) and value > 0 else 1


def _training(_: Resources, record: Record) -> Iterator[Written]:
    config = record.doc.get("ResourceConfig") or {}
    machines = config.get("InstanceGroups") or [config]
    hosts = min(sum(_count(machine, "InstanceCount") for machine in machines), MOST_HOSTS)
    algorithm = record.doc.get("AlgorithmSpecification") or {}
    image = algorithm.get("TrainingImage") or algorithm.get("AlgorithmName")
    channels = ", ".join(channel.get("ChannelName", "") for channel in record.doc.get("InputDataConfig") or ())
    for host in range(1, hosts + 1):
        details = (f"Image: {image}" if image else "", f"Channels: {channels}" if channels else "")
        yield f"{record.name}/algo-{host}-{int(record.created)}", _job(record, "training job", *details)


def _processing(_: Resources, record: Record) -> Iterator[Written]:
    # The host name is algo-N, as in training: sagemaker-python-sdk, Session.logs_for_processing_job.
    for host in range(1, _count(record.doc, "ProcessingResources", "ClusterConfig", "InstanceCount") + 1):
        image = (record.doc.get("AppSpecification") or {}).get("ImageUri")
        lines = _job(record, "processing job", f"Image: {image}" if image else "")
        yield f"{record.name}/algo-{host}-{int(record.created)}", lines


def _transform(_: Resources, record: Record) -> Iterator[Written]:
    for host in range(1, _count(record.doc, "TransformResources", "InstanceCount") + 1):
        stream = f"{record.name}/{_instance(record, host)}-{int(record.created)}"
        yield stream, _job(record, "transform job", f"Model: {record.doc.get('ModelName', '')}")
        yield f"{stream}/data-log", _job(record, "transform job", "BatchStrategy: MULTI_RECORD")


def _compilation(_: Resources, record: Record) -> Iterator[Written]:
    framework = (record.doc.get("InputConfig") or {}).get("Framework")
    yield record.name, _job(record, "compilation job", f"Framework: {framework}" if framework else "")


def _labeling(_: Resources, record: Record) -> Iterator[Written]:
    attribute = record.doc.get("LabelAttributeName", "")
    yield record.name, _job(record, "labeling job", f"Label attribute: {attribute}")


def _recommendation(_: Resources, record: Record) -> Iterator[Written]:
    yield f"{record.name}/execution", _job(record, "inference recommendations job")


def _notebook(_: Resources, record: Record) -> Iterator[Written]:
    config = record.doc.get("NotebookInstanceLifecycleConfigName") or record.doc.get("LifecycleConfigName")
    if config:
        for hook in ("LifecycleConfigOnCreate", "LifecycleConfigOnStart"):
            yield f"{record.name}/{hook}", [(record.created, f"Running {hook} of {config}")]
    lines = [(record.created, "The Jupyter server is starting")]
    if record.status != "Pending":
        lines.append((record.modified, f"The notebook instance {record.name} is {record.status}"))
    yield f"{record.name}/jupyter.log", lines


def _endpoint(_: Resources, record: Record) -> Iterator[Written]:
    for variant in record.doc.get("ProductionVariants") or ():
        name = variant["VariantName"]
        for host in range(1, _count(variant, "CurrentInstanceCount") + 1):
            stream = f"{name}/{_instance(record, name, host)}"
            lines = [(record.created, f"Starting the model server of variant {name}")]
            reason = record.doc.get("FailureReason")
            end = f"ERROR: {reason}" if reason else f"Variant {name} of endpoint {record.name} answers /ping"
            yield stream, [*lines, (record.modified, end)]
            if record.doc.get("AsyncInferenceConfig"):
                yield f"{stream}/data-log", [(record.modified, "Waiting for asynchronous requests")]


def _component(_: Resources, record: Record) -> Iterator[Written]:
    variant = record.doc.get("VariantName", "AllTraffic")
    lines = [(record.created, f"Starting the container of {record.name}")]
    yield f"{variant}/{_instance(record, 1)}", [*lines, (record.modified, f"{record.name} answers /ping")]


def _app(_: Resources, record: Record) -> Iterator[Written]:
    owner = record.doc.get("UserProfileName") or record.doc.get("SpaceName")
    lines = [(record.created, f"Starting the {record.doc['AppType']} app {record.name}")]
    if record.status != "Pending":
        lines.append((record.modified, f"The app {record.name} is {record.status}"))
    yield f"{record.doc['DomainId']}/{owner}/{record.doc['AppType']}/{record.name}", lines


def _cluster(resources: Resources, record: Record) -> Iterator[Written]:
    for node in resources.find("ClusterNode", parent=record.key):
        group = node.doc.get("InstanceGroupName", "")
        lines = [(node.created, "Lifecycle script: on_create.sh")]
        if node.status == "Running":
            lines.append((node.modified, "The lifecycle scripts have succeeded"))
        yield f"LifecycleConfig/{group}/{node.name}", lines


#: Family -> the streams of its resources; their groups are those of ``log_groups``.
_WRITERS: dict[str, Streams] = {
    "App": _app,
    "Cluster": _cluster,
    "CompilationJob": _compilation,
    "Endpoint": _endpoint,
    "InferenceComponent": _component,
    "InferenceRecommendationsJob": _recommendation,
    "LabelingJob": _labeling,
    "NotebookInstance": _notebook,
    "ProcessingJob": _processing,
    "TrainingJob": _training,
    "TransformJob": _transform,
}
#: Group -> the family whose resources all write to it, and their streams.
_SHARED = {LOGS[title].group: (title, make) for title, make in _WRITERS.items() if LOGS[title].is_shared}
#: What the group of a single resource begins with -> its family and streams.
_OWN = {LOGS[title].begin: (title, make) for title, make in _WRITERS.items() if not LOGS[title].is_shared}
