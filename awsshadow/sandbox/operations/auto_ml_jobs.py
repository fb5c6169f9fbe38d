"""The candidates of AutoML jobs."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract.auto_ml_results import candidates
from awsshadow.sandbox.engine import lifecycle, listing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.request import Request, View

_FILTERS = {"StatusEquals": ("=", "CandidateStatus"), "CandidateNameEquals": ("=", "CandidateName")}
_SORT = {"CreationTime": "CreationTime", "Status": "CandidateStatus", "FinalObjectiveMetricValue": "_value"}


def list_candidates(request: Request) -> View:
    """Answer ``ListCandidatesForAutoMLJob``: ascending unless told otherwise, as its documentation says."""
    family = families.family("AutoMLJob")
    job = lifecycle.view(request, family, request.named("AutoMLJob", "AutoMLJobName"))
    request = request.with_params(**{"SortOrder": "Ascending", **request.params})
    return listing.answer(request, "Candidates", candidates(job), filters=_FILTERS, sort=_SORT)
