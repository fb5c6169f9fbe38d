"""What belongs to the account, and small things that need a word more than the table has."""

from __future__ import annotations

from awsshadow.sandbox import engine
from awsshadow.sandbox.listing import answer
from awsshadow.sandbox.refusal import CONFLICT, Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.call import Call
    from awsshadow.sandbox.engine import View


def enable_portfolio(call: Call) -> View:
    """Answer ``EnableSagemakerServicecatalogPortfolio``."""
    call.resources.put_note("portfolio", "", "Enabled")
    return {}


def disable_portfolio(call: Call) -> View:
    """Answer ``DisableSagemakerServicecatalogPortfolio``."""
    call.resources.put_note("portfolio", "", "Disabled")
    return {}


def portfolio(call: Call) -> View:
    """Answer ``GetSagemakerServicecatalogPortfolioStatus``."""
    return {"Status": call.resources.note("portfolio", "") or "Disabled"}


def create_versioned(call: Call) -> View:
    """Answer ``CreateClusterSchedulerConfig`` and ``CreateComputeQuota``."""
    family, _ = call.family()
    params = {**call.params, f"{family.title}Version": 1}
    return engine.view(call, family, engine.make(call, family, params))


def update_versioned(call: Call) -> View:
    """The request says which version it changes; another one in between is a conflict."""
    family, _ = call.family()
    record = engine.locate(call, family)
    member = f"{family.title}Version"
    if call.params["TargetVersion"] != record.doc[member]:
        message = f"{family.title} {record.arn} has version {record.doc[member]}, not {call.params['TargetVersion']}."
        raise Refusal(CONFLICT, message)
    params = {k: v for k, v in call.params.items() if k != "TargetVersion"}
    changed = engine.change(call, family, {**params, member: record.doc[member] + 1})
    return engine.view(call, family, changed)


def labeling_jobs(call: Call) -> View:
    """Labeling jobs given to a work team."""
    where = "family=? AND json_extract(doc, '$.HumanTaskConfig.WorkteamArn')=?"
    params = call.params
    low, high = params.get("CreationTimeAfter", 0), params.get("CreationTimeBefore", float("inf"))
    found = call.resources.select(where, ("LabelingJob", params["WorkteamArn"]), "ORDER BY created, id")
    shown = [
        {
            "LabelingJobName": record.name,
            "JobReferenceCode": record.name[:32],
            "WorkRequesterAccountId": call.resources.account,
            "CreationTime": record.created,
            "LabelCounters": {"HumanLabeled": 0, "PendingHuman": 0, "Total": 0},
        }
        for record in found
        if low <= record.created <= high and params.get("JobReferenceCodeContains", "") in record.name[:32]
    ]
    if not params.get("SortOrder", "").startswith("A"):
        shown.reverse()
    return answer(call, "LabelingJobSummaryList", shown)


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
