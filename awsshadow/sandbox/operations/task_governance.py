"""What belongs to the account, and small things that need a word more than the table has."""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import CONFLICT, Refusal
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.listing import answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.lifecycle import View
    from awsshadow.sandbox.engine.request import Request


def enable_portfolio(request: Request) -> View:
    """Answer ``EnableSagemakerServicecatalogPortfolio``."""
    request.resources.put_note("portfolio", "", "Enabled")
    return {}


def disable_portfolio(request: Request) -> View:
    """Answer ``DisableSagemakerServicecatalogPortfolio``."""
    request.resources.put_note("portfolio", "", "Disabled")
    return {}


def portfolio(request: Request) -> View:
    """Answer ``GetSagemakerServicecatalogPortfolioStatus``."""
    return {"Status": request.resources.note("portfolio", "") or "Disabled"}


def create_versioned(request: Request) -> View:
    """Answer ``CreateClusterSchedulerConfig`` and ``CreateComputeQuota``."""
    family, _ = request.family()
    params = {**request.params, f"{family.title}Version": 1}
    return lifecycle.view(request, family, lifecycle.make(request, family, params))


def update_versioned(request: Request) -> View:
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


def labeling_jobs(request: Request) -> View:
    """Labeling jobs given to a work team."""
    where = "family=? AND json_extract(doc, '$.HumanTaskConfig.WorkteamArn')=?"
    params = request.params
    low, high = params.get("CreationTimeAfter", 0), params.get("CreationTimeBefore", float("inf"))
    found = request.resources.select(where, ("LabelingJob", params["WorkteamArn"]), "ORDER BY created, id")
    shown = [
        {
            "LabelingJobName": record.name,
            "JobReferenceCode": record.name[:32],
            "WorkRequesterAccountId": request.resources.account,
            "CreationTime": record.created,
            "LabelCounters": {"HumanLabeled": 0, "PendingHuman": 0, "Total": 0},
        }
        for record in found
        if low <= record.created <= high and params.get("JobReferenceCodeContains", "") in record.name[:32]
    ]
    if not params.get("SortOrder", "").startswith("A"):
        shown.reverse()
    return answer(request, "LabelingJobSummaryList", shown)


OPERATIONS = {
    "EnableSagemakerServicecatalogPortfolio": enable_portfolio,
    "DisableSagemakerServicecatalogPortfolio": disable_portfolio,
    "GetSagemakerServicecatalogPortfolioStatus": portfolio,
    "CreateClusterSchedulerConfig": create_versioned,
    "UpdateClusterSchedulerConfig": update_versioned,
    "CreateComputeQuota": create_versioned,
    "UpdateComputeQuota": update_versioned,
    "ListLabelingJobsForWorkteam": labeling_jobs,
}
