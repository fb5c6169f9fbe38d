"""Which CloudWatch log group a resource writes to, and which streams there are its own: a row a family.

What says where a log is, what reads one and what plays one in the sandbox all take it from here.
"""

from __future__ import annotations

from awsshadow.model.families import describing
from awsshadow.names import argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from awsshadow.model.families import Family

    Document = Mapping[str, Any]
    Shapes = Mapping[str, Mapping[str, Any]]


class LogPlace:
    """A group, and the streams there that are meant.

    ``stream`` is what their names begin with, up to a slash or to their end; empty for all streams of the group.
    """

    __slots__ = ("group", "stream")

    def __init__(self, group: str, stream: str = "") -> None:
        self.group = group
        self.stream = stream

    def holds(self, name: str) -> bool:
        """Whether the stream ``name`` is meant: that of ``churn-2`` is none of ``churn``."""
        rest = name.removeprefix(self.stream)
        return name.startswith(self.stream) and (self.stream[-1:] in ("", "/") or rest[:1] in ("", "/"))


class LogRow:
    """Where the resources of a family write: ``{Member}`` of a description is filled in, ``{id}`` is what its ARN ends
    in, ``{owner}`` the user profile or the space. An empty ``group``: the description itself names it. ``also`` is
    another name that the group has been seen under."""

    __slots__ = ("also", "group", "source", "stream")

    def __init__(self, group: str, stream: str, source: str, also: str = "") -> None:
        self.group = group
        self.also = also
        self.stream = stream
        self.source = source

    @property
    def begin(self) -> str:
        """What the names of the groups begin with."""
        return self.group.partition("{")[0]

    @property
    def is_shared(self) -> bool:
        """Whether all resources of the family write to one group."""
        return self.begin == self.group


#: "Log groups and streams that Amazon SageMaker AI sends to Amazon CloudWatch Logs".
_GUIDE = "docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html"

LOGS = {
    # The model has a member for it, and the guide names no group.
    "AIBenchmarkJob": LogRow("", "", "DescribeAIBenchmarkJob, OutputConfig.CloudWatchLogs"),
    "App": LogRow("/aws/sagemaker/studio", "{DomainId}/{owner}/{AppType}/{AppName}", _GUIDE),
    # [ClusterName]/[id in the ARN] and LifecycleConfig/[group]/[instance].
    "Cluster": LogRow(
        "/aws/sagemaker/Clusters/{ClusterName}/{id}", "",
        "SageMaker HyperPod troubleshooting in the guide; awslabs/awsome-distributed-training reads them so",
    ),
    "CompilationJob": LogRow("/aws/sagemaker/CompilationJobs", "{CompilationJobName}", _GUIDE),
    "Domain": LogRow("/aws/sagemaker/studio", "{DomainId}/", _GUIDE),
    "Endpoint": LogRow("/aws/sagemaker/Endpoints/{EndpointName}", "", _GUIDE),
    "InferenceComponent": LogRow(
        "/aws/sagemaker/InferenceComponents/{InferenceComponentName}", "",
        "not in the guide; groups of this name are in public accounts' Terraform exports and deployment scripts",
    ),
    "InferenceRecommendationsJob": LogRow("/aws/sagemaker/InferenceRecommendationsJobs", "{JobName}/", _GUIDE),
    "Job": LogRow(
        "/aws/sagemaker/Job/{JobCategory}", "{JobName}/",
        "multi-turn reinforcement learning in the guide, \"Job CloudWatch logs\"; sagemaker-python-sdk, PR 6127; "
        "public clients of other categories have a slash at the end",
        also="/aws/sagemaker/Job/{JobCategory}/",
    ),
    "LabelingJob": LogRow("/aws/sagemaker/LabelingJobs", "{LabelingJobName}", _GUIDE),
    "NotebookInstance": LogRow("/aws/sagemaker/NotebookInstances", "{NotebookInstanceName}/", _GUIDE),
    "ProcessingJob": LogRow("/aws/sagemaker/ProcessingJobs", "{ProcessingJobName}/", _GUIDE),
    # The streams of its apps; so do those of a space, which has the place of the user there.
    "Space": LogRow("/aws/sagemaker/studio", "{DomainId}/{SpaceName}/", _GUIDE),
    "TrainingJob": LogRow("/aws/sagemaker/TrainingJobs", "{TrainingJobName}/", _GUIDE),
    "TransformJob": LogRow("/aws/sagemaker/TransformJobs", "{TransformJobName}/", _GUIDE),
    "UserProfile": LogRow("/aws/sagemaker/studio", "{DomainId}/{UserProfileName}/", _GUIDE),
}  # fmt: skip

#: The family whose resources have no log of their own, but jobs that have.
EXECUTION = "PipelineExecution"

#: What a member is called that names a group, and the one beside it that names a stream.
_GROUP_MEMBERS, _STREAM_MEMBER = ("LogGroupArn", "LogGroupName"), "LogStreamName"


def with_log() -> dict[str, Family]:
    """The families whose logs can be read, by the name they are typed as."""
    return {name: f for name, f in describing.with_status().items() if f.title in LOGS or f.title == EXECUTION}


def commands_with_log() -> frozenset[str]:
    """The commands after which there is such a log to read."""
    families = with_log().values()
    found = {operation: describing.changed_by(operation) for operation in describing.changing_operations()}
    return frozenset(argument_name(name) for name, of in found.items() if of is not None and of[0] in families)


def places(family: Family, document: Document) -> list[LogPlace]:
    """Where the resource that ``document`` describes writes, the likeliest first; none where that is not known."""
    row = LOGS.get(family.title)
    if row is None or not row.group:
        return []
    known = {name: value for name, value in document.items() if isinstance(value, str)}
    owner = known.get("UserProfileName") or known.get("SpaceName") or ""
    arn = known.get(family.arn or "", "")
    filled = {**known, "id": arn.rpartition("/")[2], **({"owner": owner} if owner else {})}
    try:
        groups = [group.format_map(filled) for group in (row.group, row.also) if group]
        return [LogPlace(group, row.stream.format_map(filled)) for group in groups]
    except KeyError:
        return []


def group(family: Family, document: Document) -> str:
    """The log group of a resource; empty for families that are not known to have one."""
    return next((place.group for place in places(family, document)), "")


def named(value: Any, shape: str, shapes: Shapes) -> Iterator[LogPlace]:
    """The groups that a description names itself. Of maps, whose keys are the user's own, none is taken."""
    kind = shapes[shape]
    if kind["type"] == "list" and isinstance(value, list):
        for item in value:
            yield from named(item, kind["member"]["shape"], shapes)
    if kind["type"] != "structure" or not isinstance(value, dict):
        return
    found = next((value[member] for member in _GROUP_MEMBERS if member in kind["members"] and value.get(member)), "")
    if found:
        yield LogPlace(name_of(found), value.get(_STREAM_MEMBER) or "")
    for member, about in kind["members"].items():
        if member in value:
            yield from named(value[member], about["shape"], shapes)


def name_of(group: str) -> str:
    """The name of a group that is given by its name or its ARN, ``arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*``."""
    return group.split(":", 6)[6].removesuffix(":*") if group.startswith("arn:") and group.count(":") > 5 else group
