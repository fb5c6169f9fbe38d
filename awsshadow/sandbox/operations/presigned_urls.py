"""Links the service hands out. Here they lead to the sandbox itself, which has no pages behind them."""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import invalid
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.request import random_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.lifecycle import View
    from awsshadow.sandbox.engine.request import Request


def link(request: Request, path: str) -> str:
    """A link below the sandbox's own address with a token of its own."""
    return f"{request.base_url.rstrip('/')}/{path}?authToken={random_text('@32')}"


def domain(request: Request) -> View:
    """Answer ``CreatePresignedDomainUrl``."""
    record = request.named("Domain", "DomainId")
    profile = request.need("UserProfile", f"{record.key}/{request.params['UserProfileName']}")
    if "SpaceName" in request.params:
        request.need("Space", f"{record.key}/{request.params['SpaceName']}")
    return {"AuthorizedUrl": link(request, f"studio/{profile.key}")}


def notebook(request: Request) -> View:
    """Answer ``CreatePresignedNotebookInstanceUrl``."""
    record = request.named("NotebookInstance", "NotebookInstanceName")
    if record.status != "InService":
        raise invalid(f"Notebook Instance ({record.arn}) is not InService, its status is {record.status}.")
    return {"AuthorizedUrl": link(request, f"notebook/{record.key}")}


def tracking_server(request: Request) -> View:
    """Answer ``CreatePresignedMlflowTrackingServerUrl``."""
    record = request.named("MlflowTrackingServer", "TrackingServerName")
    return {"AuthorizedUrl": link(request, f"mlflow/{record.key}")}


def by_arn(request: Request) -> View:
    """Answer ``CreatePresignedMlflowAppUrl`` and ``CreatePartnerAppPresignedUrl``."""
    title = "PartnerApp" if "PartnerApp" in request.operation else "MlflowApp"
    record = request.named(title, "Arn")
    url = link(request, f"{lifecycle.family_of(title).type}/{record.key}")
    return {"AuthorizedUrl": url, "Url": url}


OPERATIONS = {
    "CreatePresignedDomainUrl": domain,
    "CreatePresignedNotebookInstanceUrl": notebook,
    "CreatePresignedMlflowTrackingServerUrl": tracking_server,
    "CreatePresignedMlflowAppUrl": by_arn,
    "CreatePartnerAppPresignedUrl": by_arn,
}
