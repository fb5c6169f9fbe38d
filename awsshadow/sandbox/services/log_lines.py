"""Lines of a log for programs: put some, and which groups and streams there are."""

from __future__ import annotations

from contextlib import closing

from awsshadow.errors import ParameterError
from awsshadow.model.constraints import problems
from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.service import Sandbox
from awsshadow.sandbox.services.log_events import Logs, milliseconds
from awsshadow.sandbox.services.service_model import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.sandbox.engine.fault_injection import Faults
    from awsshadow.sandbox.state.resources import Resources


def put_lines(folder: str, region: str, group: str, stream: str, lines: Sequence[str]) -> None:
    """Add lines to a stream, as of now; group and stream are made when they are missing.

    Raises ParameterError for names or lines that the service would refuse, and AwsShadowError.
    """
    model = load("logs")
    events = [{"timestamp": 0, "message": line} for line in lines]
    params = {"logGroupName": group, "logStreamName": stream, "logEvents": events}
    found = problems(params, model.input("PutLogEvents") or "", model.shapes)
    if found:
        raise ParameterError("; ".join(found))

    def put(resources: Resources, _: Faults) -> None:
        logs, now = Logs(resources), milliseconds(resources.now)
        logs.make_group(group)
        logs.make_stream(group, stream)
        logs.put(group, stream, [(now, line) for line in lines])

    with closing(Sandbox(folder)) as sandbox:
        sandbox.share(region, put)


def known_names(folder: str, region: str, group: str | None = None) -> list[str]:
    """The names of the groups, or of the streams of a group; none of a group that is not there."""

    def names(resources: Resources, _: Faults) -> list[str]:
        try:
            return list(Logs(resources).groups() if group is None else Logs(resources).streams(group))
        except Refusal:
            return []

    with closing(Sandbox(folder)) as sandbox:
        return sandbox.share(region, names, reads=True)
