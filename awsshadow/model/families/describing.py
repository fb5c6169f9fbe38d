"""How a resource of a family is asked for, and what the answer says of it."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.names import argument_name, with_article

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.model.families import Family

    Document = Mapping[str, Any]

#: Operations that change the status of a family and are not named after it -> the family, and the role they have.
_OTHERS = {
    "ImportHubContent": ("HubContent", "create"),
    "RetryPipelineExecution": ("PipelineExecution", "start"),
    "UpdateClusterSoftware": ("Cluster", "update"),
    "UpdateEndpointWeightsAndCapacities": ("Endpoint", "update"),
    "UpdateInferenceComponentRuntimeConfig": ("InferenceComponent", "update"),
}
_CHANGING = ("create", "update", "delete", "start", "stop")

_NOT_FOUND = "ResourceNotFound"
_VALIDATION = "ValidationException"
#: Families whose Describe lists ResourceNotFound in the model and is known to answer ValidationException. The
#: sources are with the sentences of these errors, in ``sandbox.contract.error_messages``.
_SAYS_VALIDATION = frozenset(
    {"App", "Device", "DeviceFleet", "EndpointConfig", "LabelingJob", "ModelPackageGroup", "NotebookInstance",
     "ProcessingJob", "Space", "TrainingJob", "TransformJob", "Workteam"}
)  # fmt: skip

#: Members that say why a resource is in the status it is in, the first one that is there counts.
_REASONS = ("FailureReason", "FailureMessage", "StatusReason", "StatusMessage", "EdgePackagingJobStatusMessage",
            "ErrorDetails", "ExitMessage")  # fmt: skip


def with_status(*, learnt: bool = False) -> dict[str, Family]:
    """The families whose resources have a status, by the name they are typed as: ``training-job``.

    Those that were ``learnt`` of a newer model are among them on request; the words of their statuses say what
    they mean.
    """
    found = (family for family in families.table().values() if family.status and family.operation("describe"))
    return {typed(family): family for family in found if learnt or families.is_packaged(describe(family))}


def typed(family: Family) -> str:
    """The name of a family as it is typed, which is that of its operations."""
    return argument_name(family.title)


def spoken(family: Family) -> str:
    """What a resource of a family is called in a sentence: ``an endpoint config``."""
    return with_article(typed(family).replace("-", " "))


def describe(family: Family) -> str:
    """The operation that describes a resource of ``family``."""
    return next(operation for operation, role in family.operations.items() if role == "describe")


def name_member(family: Family, required: list[str]) -> str:
    """The member of the input of its describe operation that names a resource; ``required`` are those it needs."""
    return family.name if family.name in required else required[-1]


def changed_by(operation: str) -> tuple[Family, str] | None:
    """The family whose resources ``operation`` brings into another status by themselves, and its role.

    None where they are as they will be when it answers: families without a status, or with one that the caller sets.
    """
    title, role = _OTHERS.get(operation, ("", ""))
    found = (families.family(title), role) if title else families.find(operation)
    if found is None or found[1] not in _CHANGING or not found[0].states:
        return None
    return found


def changing_operations() -> frozenset[str]:
    """The operations for which ``changed_by`` knows a family."""
    operations = [operation for family in families.table().values() for operation in family.operations]
    return frozenset(operation for operation in (*operations, *_OTHERS) if changed_by(operation))


def changing_commands() -> frozenset[str]:
    """The commands of these operations."""
    return frozenset(map(argument_name, changing_operations()))


def missing_types(operation: str) -> frozenset[str]:
    """The types of the error by which the describe ``operation`` says that there is no such resource."""
    found = families.find(operation)
    title, missing = (found[0].title, found[0].missing) if found else ("", _NOT_FOUND)
    return frozenset({_NOT_FOUND, missing} | ({_VALIDATION} if title in _SAYS_VALIDATION else set()))


def body(family: Family, document: Document) -> Document:
    """The description itself: some families have it inside one member of the answer."""
    found: Document = document.get(family.wrap) or {} if family.wrap else document
    return found


def status(family: Family, document: Document) -> str:
    """The status that a description shows; empty without one."""
    return str(body(family, document).get(family.status or "") or "")


def reason(document: Document) -> str:
    """Why a resource is in its status, as its description says; empty where it does not."""
    inner = [value for value in document.values() if isinstance(value, dict)]
    found = (held.get(member) for held in (document, *inner[:1]) for member in _REASONS)
    return next((value for value in found if isinstance(value, str) and value), "")


def members_of_arn(family: Family, arn: str) -> dict[str, str] | None:
    """The members that an ARN of ``family`` names, ``None`` if it is one of another kind of resource.

    ``arn:aws:sagemaker:REGION:ACCOUNT:app/d-1/u/JupyterLab/default`` holds what stands in ``family.path``; of a
    member that is one of several, the first is taken.
    """
    kind, _, rest = arn.split(":", 5)[-1].partition("/")
    if kind != family.type:
        return None
    names = [part.strip("{}") for part in family.path.split("/")]
    values = rest.split("/")
    if len(names) != len(values):
        return {}
    either = {name: others[0] for name, others in family.either.items()}
    return {either.get(name, name): value for name, value in zip(names, values, strict=True) if name != value}


def beside(family: Family, parts: dict[str, str], known: Document) -> dict[str, str]:
    """The ``parts`` of an ARN without those in whose place ``known`` has another: a space's app has no user."""
    others = {m for group in family.either.values() if any(name in known for name in group) for m in group}
    return {member: value for member, value in parts.items() if member not in others}


def identified(family: Family, accepts: Document, required: list[str], *known: Document) -> dict[str, Any]:
    """The parameters of the describe operation of a resource, from what is known of it.

    ``accepts`` are the members of its input, ``required`` those that it needs. Of ``known`` the first one that
    has a member counts; an ARN among them says the rest. Raises KeyError for one that nothing says.
    """
    found = {m: doc[m] for doc in reversed(known) for m in accepts if doc.get(m) not in (None, "")}
    names = (family.arn, f"{family.title}Arn")
    arn = next((str(doc[name]) for doc in known for name in names if name and doc.get(name)), None)
    if arn is not None:
        parts = beside(family, members_of_arn(family, arn) or {}, found)
        found = {**{m: value for m, value in parts.items() if m in accepts}, **found}
        for member in required:
            found.setdefault(member, arn)
    return {member: found[member] for member in (*required, *(m for m in found if m not in required))}
