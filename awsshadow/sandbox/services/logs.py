"""CloudWatch Logs, as far as looking at what SageMaker's resources have written needs it."""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.services.log_events import Event, Logs
from awsshadow.sandbox.services.log_filters import compiled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from awsshadow.sandbox.services.served import ServiceRequest

INVALID = "InvalidParameterException"
TAKEN = "ResourceAlreadyExistsException"
#: Most events of a page, and most groups or streams: API reference, ``limit``.
_EVENTS, _ROWS = 10_000, 50
#: Milliseconds that the events of one PutLogEvents may span: API reference, PutLogEvents.
_DAY = 86_400_000


def describe_groups(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``DescribeLogGroups``."""
    params = request.params
    prefix, part = params.get("logGroupNamePrefix", ""), params.get("logGroupNamePattern", "")
    if prefix and part:
        raise Refusal(INVALID, "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")
    groups = Logs(request.resources).groups()
    names = [name for name in groups if name.startswith(prefix) and part.lower() in name.lower()]
    rows, token = _page(names, params)
    shown = [
        {
            "logGroupName": name,
            "creationTime": groups[name],
            "metricFilterCount": 0,
            "arn": request.arn("logs", f"log-group:{name}:*"),
            "logGroupArn": request.arn("logs", f"log-group:{name}"),
            "storedBytes": 0,
            "logGroupClass": "STANDARD",
        }
        for name in rows
    ]
    return {"logGroups": shown, "nextToken": token}


def describe_streams(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``DescribeLogStreams``."""
    params, group = request.params, _group(request)
    prefix, by_time = params.get("logStreamNamePrefix", ""), params.get("orderBy") == "LastEventTime"
    if prefix and by_time:
        raise Refusal(INVALID, "Cannot order by LastEventTime with a logStreamNamePrefix.")
    logs = Logs(request.resources)
    streams = logs.streams(group, prefix)
    names = list(streams)
    if by_time:
        last = {name: max((event.time for event in logs.events(group, name)), default=0) for name in names}
        names.sort(key=lambda name: (last[name], name))
    if params.get("descending"):
        names.reverse()
    rows, token = _page(names, params)
    arn = request.arn("logs", f"log-group:{group}:log-stream:")
    shown = [_stream(name, streams[name], arn + name, logs.events(group, name)) for name in rows]
    return {"logStreams": shown, "nextToken": token}


def _stream(name: str, created: int, arn: str, events: Sequence[Event]) -> dict[str, Any]:
    row = {"logStreamName": name, "creationTime": created, "arn": arn, "storedBytes": 0}
    if events:
        row |= {"firstEventTimestamp": events[0].time, "lastEventTimestamp": events[-1].time}
        row |= {"lastIngestionTime": max(event.ingested for event in events), "uploadSequenceToken": "0".zfill(56)}
    return row


def get_events(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``GetLogEvents``. At either end of a stream the token that was given comes back."""
    params = request.params
    start, end = params.get("startTime", 0), params.get("endTime")
    found = [
        event
        for event in Logs(request.resources).events(_group(request), params["logStreamName"])
        if event.time >= start and (end is None or event.time < end)
    ]
    limit, token = params.get("limit", _EVENTS), params.get("nextToken")
    if token is None:
        page = found[:limit] if params.get("startFromHead") else found[-limit:]
        first, last = (page[0].place, page[-1].place) if page else ((0, 0), (0, 0))
        return _got(page, _token("f", last), _token("b", first))
    way, place = _place(token)
    if way == "f":
        page = [event for event in found if event.place > place][:limit]
        back = page[0].place if page else place
        return _got(page, _token("f", page[-1].place) if page else token, _token("b", back))
    page = [event for event in found if event.place < place][-limit:]
    forward = page[-1].place if page else place
    return _got(page, _token("f", forward), _token("b", page[0].place) if page else token)


def _got(page: Sequence[Event], forward: str, backward: str) -> dict[str, Any]:
    events = [{"timestamp": e.time, "message": e.message, "ingestionTime": e.ingested} for e in page]
    return {"events": events, "nextForwardToken": forward, "nextBackwardToken": backward}


def _token(way: str, place: tuple[int, int]) -> str:
    return f"{way}/{place[0]:028d}{place[1]:028d}/s"


def _place(token: str) -> tuple[str, tuple[int, int]]:
    """The direction of a token of ``GetLogEvents`` and the place it goes on from. Raises Refusal for what is none."""
    way, _, rest = token.partition("/")
    digits = rest.removesuffix("/s")
    if way not in ("f", "b") or len(digits) != 56 or not (digits.isascii() and digits.isdigit()):
        raise Refusal(INVALID, "The specified nextToken is invalid.")
    return way, (int(digits[:28]), int(digits[28:]))


def filter_events(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``FilterLogEvents``: the events of several streams together, oldest first."""
    params, group = request.params, _group(request)
    names, prefix = params.get("logStreamNames"), params.get("logStreamNamePrefix", "")
    if names and prefix:
        raise Refusal(INVALID, "logStreamNames and logStreamNamePrefix are mutually exclusive parameters.")
    meets = compiled(params.get("filterPattern", ""))
    logs = Logs(request.resources)
    start, end = params.get("startTime", 0), params.get("endTime")
    found = sorted(
        (
            event
            for name in (names or logs.streams(group, prefix))
            for event in logs.events(group, name)
            if event.time >= start and (end is None or event.time <= end) and meets(event.message)
        ),
        key=lambda event: (event.time, event.stream, event.order),
    )
    begin, limit = _number(params.get("nextToken")), params.get("limit", _EVENTS)
    shown = [
        {
            "logStreamName": event.stream,
            "timestamp": event.time,
            "message": event.message,
            "ingestionTime": event.ingested,
            "eventId": f"{event.time:028d}{place:028d}",
        }
        for place, event in list(enumerate(found))[begin : begin + limit]
    ]
    more = begin + limit < len(found)
    return {"events": shown, "searchedLogStreams": [], "nextToken": f"{begin + limit:056d}" if more else None}


def put_events(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``PutLogEvents``."""
    params = request.params
    times = [event["timestamp"] for event in params["logEvents"]]
    if times != sorted(times):
        raise Refusal(INVALID, "Log events in a single PutLogEvents request must be in chronological order.")
    if times and times[-1] - times[0] > _DAY:
        raise Refusal(
            INVALID, "The batch of log events in a single PutLogEvents request cannot span more than 24 hours."
        )
    events = [(event["timestamp"], event["message"]) for event in params["logEvents"]]
    Logs(request.resources).put(params["logGroupName"], params["logStreamName"], events)
    return {"nextSequenceToken": "0".zfill(56)}


def create_group(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``CreateLogGroup``."""
    if not Logs(request.resources).make_group(request.params["logGroupName"]):
        raise Refusal(TAKEN, "The specified log group already exists")
    return {}


def create_stream(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``CreateLogStream``."""
    if not Logs(request.resources).make_stream(request.params["logGroupName"], request.params["logStreamName"]):
        raise Refusal(TAKEN, "The specified log stream already exists")
    return {}


def delete_group(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``DeleteLogGroup``."""
    Logs(request.resources).delete_group(request.params["logGroupName"])
    return {}


def delete_stream(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``DeleteLogStream``."""
    Logs(request.resources).delete_stream(request.params["logGroupName"], request.params["logStreamName"])
    return {}


def _group(request: ServiceRequest) -> str:
    """The group by its name or its ARN. Raises Refusal unless exactly one is given."""
    name, identifier = (request.params.get(member) for member in ("logGroupName", "logGroupIdentifier"))
    if bool(name) == bool(identifier):
        raise Refusal(INVALID, "Exactly one of logGroupName and logGroupIdentifier has to be given.")
    if name:
        return str(name)
    text = str(identifier)
    return text.split(":", 6)[6].removesuffix(":*") if text.startswith("arn:") and text.count(":") > 5 else text


def _page(names: list[str], params: dict[str, Any]) -> tuple[list[str], str | None]:
    """A page of names and the token of the next one, None of the last."""
    begin, limit = _number(params.get("nextToken")), params.get("limit", _ROWS)
    return names[begin : begin + limit], f"{begin + limit:056d}" if begin + limit < len(names) else None


def _number(token: str | None) -> int:
    """How many rows a token leaves behind. Raises Refusal for what is none."""
    if token is None:
        return 0
    if len(token) != 56 or not (token.isascii() and token.isdigit()):
        raise Refusal(INVALID, "The specified nextToken is invalid.")
    return int(token)


OPERATIONS = {
    "DescribeLogGroups": describe_groups,
    "DescribeLogStreams": describe_streams,
    "GetLogEvents": get_events,
    "FilterLogEvents": filter_events,
    "PutLogEvents": put_events,
    "CreateLogGroup": create_group,
    "CreateLogStream": create_stream,
    "DeleteLogGroup": delete_group,
    "DeleteLogStream": delete_stream,
}
READING = frozenset({"DescribeLogGroups", "DescribeLogStreams", "GetLogEvents", "FilterLogEvents"})
