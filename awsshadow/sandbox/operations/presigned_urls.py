"""Links the service hands out. Here they lead to the sandbox itself, which has no pages behind them."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import NOT_FOUND, Refusal, invalid
from awsshadow.sandbox.engine.request import random_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.request import Request, View


def domain(request: Request) -> View:
    """Answer ``CreatePresignedDomainUrl``."""
    record = request.named("Domain", "DomainId")
    profile = request.need("UserProfile", f"{record.key}/{request.params['UserProfileName']}")
    if "SpaceName" in request.params:
        request.need("Space", f"{record.key}/{request.params['SpaceName']}")
    return {"AuthorizedUrl": request.link(f"studio/{profile.key}")}


def notebook(request: Request) -> View:
    """Answer ``CreatePresignedNotebookInstanceUrl``."""
    record = request.named("NotebookInstance", "NotebookInstanceName")
    if record.status != "InService":
        raise invalid(f"Notebook Instance ({record.arn}) is not InService, its status is {record.status}.")
    return {"AuthorizedUrl": request.link(f"notebook/{record.key}")}


def tracking_server(request: Request) -> View:
    """Answer ``CreatePresignedMlflowTrackingServerUrl``."""
    record = request.named("MlflowTrackingServer", "TrackingServerName")
    return {"AuthorizedUrl": request.link(f"mlflow/{record.key}")}


def by_arn(request: Request) -> View:
    """Answer ``CreatePresignedMlflowAppUrl`` and ``CreatePartnerAppPresignedUrl``."""
    title = "PartnerApp" if "PartnerApp" in request.operation else "MlflowApp"
    record = request.named(title, "Arn")
    url = request.link(f"{families.family(title).type}/{record.key}")
    return {"AuthorizedUrl": url, "Url": url}


def session(request: Request) -> View:
    """Answer ``StartSession``: the address of a stream to a resource, usually a space, which nobody listens at."""
    arn = request.params["ResourceIdentifier"]
    record = request.resources.by_arn(arn)
    if record is None:
        raise Refusal(NOT_FOUND, f"Resource {arn} does not exist.")
    session = random_text("session-@17")
    url = request.link(f"session/{session}").replace("http", "ws", 1)
    return {"SessionId": session, "StreamUrl": url, "TokenValue": random_text("@32")}
