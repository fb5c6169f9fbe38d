"""Labeling jobs as their work teams see them. Nobody labels anything: all counts are zero."""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import invalid
from awsshadow.sandbox.engine.listing import BY_AGE, MADE, answer
from awsshadow.sandbox.engine.references import check_references

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.request import Request, View


def of_work_team(request: Request) -> View:
    """Answer ``ListLabelingJobsForWorkteam``."""
    check_references(request)
    team = request.params["WorkteamArn"]
    shown = [
        {
            "LabelingJobName": record.name,
            "JobReferenceCode": record.name[:32],
            "WorkRequesterAccountId": request.resources.account,
            "CreationTime": record.created,
            "LabelCounters": {"HumanLabeled": 0, "PendingHuman": 0, "Total": 0},
        }
        for record in request.resources.where_member("LabelingJob", "HumanTaskConfig.WorkteamArn", team)
    ]
    filters = {**MADE, "JobReferenceCodeContains": ("contains", "JobReferenceCode")}
    return answer(request, "LabelingJobSummaryList", shown, filters=filters, sort=BY_AGE)


def describe_subscription(request: Request) -> View:
    """Answer ``DescribeSubscribedWorkteam``: nothing is subscribed to here, so there is none. Raises Refusal."""
    raise invalid(f"The account does not subscribe to the work team {request.params['WorkteamArn']}.")
