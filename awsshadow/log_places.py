"""From a resource to where its log is: what its description names, the table of log groups, the steps of a pipeline."""

from __future__ import annotations

from awsshadow.call.throttling import THROTTLES
from awsshadow.errors import ServiceError
from awsshadow.invocation import Call
from awsshadow.model import find_store, load
from awsshadow.model.families import describing, log_groups, table
from awsshadow.model.families.log_groups import EXECUTION, LOGS, LogPlace
from awsshadow.names import SERVICE
from awsshadow.resource_stages import Asking

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from awsshadow.call import ConnectedOperation
    from awsshadow.invocation import Globals
    from awsshadow.model.families import Family
    from awsshadow.stages import Stages

    Document = dict[str, Any]

_STEPS = "list-pipeline-execution-steps"
#: Most steps of a page: the model's maximum.
_ROWS = 100


def places(asking: Asking, parameters: Document, document: Document, group: str | None) -> list[LogPlace]:
    """Where the resource writes that ``document``, the answer to ``parameters``, describes; in ``group``, if given."""
    known = {**parameters, **describing.body(asking.family, document)}
    found = list(log_groups.named(document, asking.slice.output_shape or "", asking.slice.all_shapes()))
    found = found or log_groups.places(asking.family, known)
    if group is None:
        return found
    return [LogPlace(group, place.stream) for place in found] or [LogPlace(group)]


class Steps:
    """The steps of pipeline executions, and where the jobs write that they have made."""

    def __init__(self, stages: Stages, options: Globals) -> None:
        self._stages = stages
        self._options = options
        self._list: ConnectedOperation | None = None
        self._asking: dict[str, Asking] = {}
        self._known: set[str] = set()

    @staticmethod
    def has(family: Family) -> bool:
        """Whether resources of ``family`` are made of steps."""
        return family.title == EXECUTION

    def new(self, parameters: Document, group: str | None) -> Iterator[tuple[str, LogPlace]]:
        """The steps whose jobs have been made since it was asked last, and where these write.

        A service that is asked too often has not been asked. Raises what else a call raises.
        """
        try:
            for step in self._all(parameters):
                for arn in _arns(step.get("Metadata")):
                    if arn not in self._known:
                        yield from ((step["StepName"], place) for place in self._of_job(arn, group))
                        self._known.add(arn)
        except ServiceError as error:
            if error.fields.get("Code") not in THROTTLES:
                raise

    def _all(self, parameters: Document) -> Iterator[Document]:
        asked = {"PipelineExecutionArn": parameters["PipelineExecutionArn"], "MaxResults": _ROWS}
        while True:
            answer = self._listing().call(asked)
            yield from answer.get("PipelineExecutionSteps") or ()
            if not answer.get("NextToken"):
                return
            asked["NextToken"] = answer["NextToken"]

    def _listing(self) -> ConnectedOperation:
        if self._list is None:
            slice = load(find_store(self._stages.process.environ), "operations", _STEPS)
            call = Call(self._options, (SERVICE, slice.name), slice)
            self._list = self._stages.connect(call, self._stages.transport())
        return self._list

    def _of_job(self, arn: str, group: str | None) -> list[LogPlace]:
        """Where a job writes. It is asked for its name, which its ARN has in small letters."""
        found = next(
            (
                (family, parts)
                for family in map(table().__getitem__, LOGS)
                if family.is_job and (parts := describing.members_of_arn(family, arn))
            ),
            None,
        )
        if found is None:
            return []
        family, parts = found
        asking = self._asking.setdefault(family.title, Asking(self._stages, family, self._options))
        document: Document = {}
        try:
            document = asking.ask(asking.parameters(parts))
        except ServiceError as error:
            if error.fields.get("Code") in THROTTLES:
                raise
        return places(asking, parts, document, group)


def _arns(metadata: object) -> Iterator[str]:
    """The ARNs in what a step says of what it has made."""
    if isinstance(metadata, dict):
        for value in metadata.values():
            yield from _arns(value)
    elif isinstance(metadata, str) and metadata.startswith("arn:"):
        yield metadata
