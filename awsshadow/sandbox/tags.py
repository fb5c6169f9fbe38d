"""Tags of any resource, by its ARN."""

from __future__ import annotations

from awsshadow.sandbox import families
from awsshadow.sandbox.listing import answer
from awsshadow.sandbox.refusal import invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.call import Call
    from awsshadow.sandbox.engine import View

MOST = 50


def add(call: Call) -> View:
    """Answer ``AddTags``."""
    arn = _arn(call)
    before = {tag["Key"]: tag["Value"] for tag in call.resources.tags(arn)}
    after = before | {tag["Key"]: tag["Value"] for tag in call.params["Tags"]}
    if len(after) > MOST:
        raise invalid(f"The maximum number of tags per resource has been exceeded: {len(after)} of {MOST}.")
    call.resources.put_tags(arn, call.params["Tags"])
    return {"Tags": call.resources.tags(arn)}


def delete(call: Call) -> View:
    """Answer ``DeleteTags``."""
    arn = _arn(call)
    rows = [(arn, key) for key in call.params["TagKeys"]]
    call.resources.connection.executemany("DELETE FROM tag WHERE arn=? AND key=?", rows)
    return {}


def list_tags(call: Call) -> View:
    """Answer ``ListTags``."""
    return answer(call, "Tags", call.resources.tags(_arn(call)), usual=MOST)


def _arn(call: Call) -> str:
    """The ARN of the request, when there is such a resource; errors are those of its family."""
    arn = str(call.params["ResourceArn"])
    record = call.resources.by_arn(arn)
    if record is None:
        type, _, name = arn.split(":", 5)[-1].partition("/")
        family = families.by_type(type)
        raise call.no_such(family, arn) if family else invalid(f"Could not find resource {name} of type {type}.")
    return arn


OPERATIONS = {"AddTags": add, "DeleteTags": delete, "ListTags": list_tags}
