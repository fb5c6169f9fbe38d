"""Task governance of clusters: scheduler configurations and compute quotas, whose changes are numbered."""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import CONFLICT, Refusal
from awsshadow.sandbox.engine import lifecycle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.request import Request, View


def create(request: Request) -> View:
    """Answer ``CreateClusterSchedulerConfig`` and ``CreateComputeQuota``."""
    family, _ = request.family()
    params = {**request.params, f"{family.title}Version": 1}
    return lifecycle.view(request, family, lifecycle.make(request, family, params))


def update(request: Request) -> View:
    """The request says which version it changes; another one in between is a conflict."""
    family, _ = request.family()
    record = lifecycle.locate(request, family)
    member = f"{family.title}Version"
    if request.params["TargetVersion"] != record.doc[member]:
        message = (
            f"{family.title} {record.arn} has version {record.doc[member]}, not {request.params['TargetVersion']}."
        )
        raise Refusal(CONFLICT, message)
    params = {k: v for k, v in request.params.items() if k != "TargetVersion"}
    changed = lifecycle.change(request, family, {**params, member: record.doc[member] + 1})
    return lifecycle.view(request, family, changed)
