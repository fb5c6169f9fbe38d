"""Which describe operation says all about what a list operation lists, and how one of its items is asked for."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.model.families import describing
from awsshadow.names import argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Any

    from awsshadow.model.families import Family

    Document = Mapping[str, Any]

#: List operations that are not that of a packaged family -> the operation that describes what they list, and what the
#: members of its input are called in an item where the names differ.
_OTHERS: dict[str, tuple[str, dict[str, str]]] = {
    "ListClusterEvents": ("DescribeClusterEvent", {}),
    "ListClusterNodes": ("DescribeClusterNode", {"NodeId": "InstanceId", "NodeLogicalId": ""}),
    "ListClusterOperations": ("DescribeClusterOperation", {}),
    "ListGlobalInferenceGateways": ("DescribeGlobalInferenceGateway", {"Identifier": "Id"}),
    "ListHubContentVersions": ("DescribeHubContent", {}),
    "ListJobSchemaVersions": ("DescribeJobSchemaVersion", {}),
    "ListLabelingJobsForWorkteam": ("DescribeLabelingJob", {}),
    "ListLineageGroups": ("DescribeLineageGroup", {}),
    "ListModelCardVersions": ("DescribeModelCard", {}),
    "ListPipelineVersions": ("DescribePipeline", {"PipelineName": "PipelineArn"}),
    "ListStageDevices": ("DescribeDevice", {}),
    "ListSubscribedWorkteams": ("DescribeSubscribedWorkteam", {}),
    "ListTrainingJobsForHyperParameterTuningJob": ("DescribeTrainingJob", {}),
}
_LIST, _DESCRIBE = "List", "Describe"


class Peer:
    """The describe ``operation`` that belongs to a list operation; ``family`` is what it describes, None for no family.

    ``renamed``: member of its input -> what it is called in an item, empty where it is left out.
    """

    __slots__ = ("family", "operation", "renamed")

    def __init__(self, operation: str, renamed: Mapping[str, str], family: Family | None) -> None:
        self.operation = operation
        self.renamed = renamed
        self.family = family

    def parameters(
        self, accepts: Document, required: Sequence[str], item: Document, request: Document
    ) -> dict[str, Any]:
        """The parameters that ask for ``item``.

        ``accepts`` are the members of the input, ``required`` those it needs, ``request`` what the listing was asked
        for: of that only what is required counts, an item knows the rest. Raises KeyError for a member nothing says.
        """
        known: dict[str, Any] = {m: v for m, v in item.items() if m not in self.renamed}
        known.update((member, item[name]) for member, name in self.renamed.items() if item.get(name))
        for member in required:
            # MonitoringJobDefinitionName is a JobDefinitionName.
            longer = [name for name in item if name.endswith(member) and name != member]
            if member not in known and len(longer) == 1:
                known[member] = item[longer[0]]
        asked = {member: request[member] for member in required if member in request}
        if self.family is None:
            found = {m: known.get(m, asked.get(m)) for m in accepts if m in known or m in asked}
            return {m: found[m] for m in (*required, *(m for m in found if m not in required))}
        return describing.identified(self.family, accepts, list(required), known, asked)

    def arn(self, item: Document, description: Document | None = None) -> str | None:
        """The ARN by which tags are asked for; None where neither the item nor its description says it."""
        title = self.operation.removeprefix(_DESCRIBE) if self.family is None else self.family.title
        names = [self.family.arn if self.family else None, f"{title}Arn"]
        inner = describing.body(self.family, description) if self.family and description else {}
        for document in (item, description or {}, inner):
            ending = [name for name in document if any(known and name.endswith(known) for known in names)]
            for name in (*names, *ending):
                if name and str(document.get(name, "")).startswith("arn:"):
                    return str(document[name])
        return None


def peer(operation: str, known: Collection[str] | None = None) -> Peer | None:
    """The describe operation for the list ``operation``, None without one.

    ``known`` are the operations that there are, for lists that no table names and whose name says it: those of a newer
    model.
    """
    if operation in _OTHERS:
        name, renamed = _OTHERS[operation]
        of = families.find(name)
        return Peer(name, renamed, of[0] if of else None)
    found = families.find(operation)
    if found is not None and found[1] == "list":
        describe = found[0].operation("describe")
        return None if describe is None else Peer(describe, {}, found[0])
    if operation.startswith(_LIST):
        name = f"{_DESCRIBE}{operation.removeprefix(_LIST).removesuffix('s')}"
        if name in (known or ()):
            of = families.find(name)
            return Peer(name, {}, of[0] if of else None)
    return None


def has_peer(command: str) -> bool:
    """Whether the list ``command`` has one, as far as the tables say."""
    operations = [operation for family in families.table().values() for operation in family.operations]
    return any(argument_name(o) == command and peer(o) is not None for o in (*operations, *_OTHERS))


def commands(operations: Mapping[str, str]) -> dict[str, str]:
    """The list commands that have a peer -> its command; ``operations`` are those of the model, by command."""
    known = set(operations.values())
    found = {command: peer(operation, known) for command, operation in operations.items()}
    return {command: argument_name(p.operation) for command, p in found.items() if p is not None}
