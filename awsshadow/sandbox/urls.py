"""Links the service hands out. Here they lead to the sandbox itself, which has no pages behind them."""

from __future__ import annotations

from awsshadow.sandbox import engine
from awsshadow.sandbox.call import random_text
from awsshadow.sandbox.refusal import invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.call import Call
    from awsshadow.sandbox.engine import View


def link(call: Call, path: str) -> str:
    """A link below the sandbox's own address with a token of its own."""
    return f"{call.base_url.rstrip('/')}/{path}?authToken={random_text('@32')}"


def domain(call: Call) -> View:
    """Answer ``CreatePresignedDomainUrl``."""
    record = call.named("Domain", "DomainId")
    profile = call.need("UserProfile", f"{record.key}/{call.params['UserProfileName']}")
    if "SpaceName" in call.params:
        call.need("Space", f"{record.key}/{call.params['SpaceName']}")
    return {"AuthorizedUrl": link(call, f"studio/{profile.key}")}


def notebook(call: Call) -> View:
    """Answer ``CreatePresignedNotebookInstanceUrl``."""
    record = call.named("NotebookInstance", "NotebookInstanceName")
    if record.status != "InService":
        raise invalid(f"Notebook Instance ({record.arn}) is not InService, its status is {record.status}.")
    return {"AuthorizedUrl": link(call, f"notebook/{record.key}")}


def tracking_server(call: Call) -> View:
    """Answer ``CreatePresignedMlflowTrackingServerUrl``."""
    record = call.named("MlflowTrackingServer", "TrackingServerName")
    return {"AuthorizedUrl": link(call, f"mlflow/{record.key}")}


def by_arn(call: Call) -> View:
    """Answer ``CreatePresignedMlflowAppUrl`` and ``CreatePartnerAppPresignedUrl``."""
    title = "PartnerApp" if "PartnerApp" in call.operation else "MlflowApp"
    record = call.named(title, "Arn")
    url = link(call, f"{engine.family_of(title).type}/{record.key}")
    return {"AuthorizedUrl": url, "Url": url}


OPERATIONS = {
    "CreatePresignedDomainUrl": domain,
    "CreatePresignedNotebookInstanceUrl": notebook,
    "CreatePresignedMlflowTrackingServerUrl": tracking_server,
    "CreatePresignedMlflowAppUrl": by_arn,
    "CreatePartnerAppPresignedUrl": by_arn,
}
