"""Tags of any resource, by its ARN."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import invalid
from awsshadow.sandbox.engine.listing import answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.request import Request, View

MOST = 50


def add(request: Request) -> View:
    """Answer ``AddTags``."""
    arn = _arn(request)
    before = {tag["Key"]: tag["Value"] for tag in request.resources.tags(arn)}
    after = before | {tag["Key"]: tag["Value"] for tag in request.params["Tags"]}
    if len(after) > MOST:
        raise invalid(f"The maximum number of tags per resource has been exceeded: {len(after)} of {MOST}.")
    request.resources.put_tags(arn, request.params["Tags"])
    return {"Tags": request.resources.tags(arn)}


def delete(request: Request) -> View:
    """Answer ``DeleteTags``."""
    request.resources.remove_tags(_arn(request), request.params["TagKeys"])
    return {}


def list_tags(request: Request) -> View:
    """Answer ``ListTags``."""
    return answer(request, "Tags", request.resources.tags(_arn(request)), usual=MOST)


def _arn(request: Request) -> str:
    """The ARN of the request, when there is such a resource; errors are those of its family."""
    arn = str(request.params["ResourceArn"])
    record = request.resources.by_arn(arn)
    if record is None:
        type, _, name = arn.split(":", 5)[-1].partition("/")
        family = families.by_type(type)
        raise request.no_such(family, arn) if family else invalid(f"Could not find resource {name} of type {type}.")
    return arn
