"""Metrics of trial components: raw values are kept, a component shows their summary, queries get statistics of them."""

from __future__ import annotations

from math import sqrt

from awsshadow.sandbox.state.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from awsshadow.sandbox.services.served import ServiceRequest

INVALID = "ValidationException"
#: The family of the values; they lie in their trial component and go with it.
DATUM = "MetricDatum"
#: Seconds of a period.
_PERIODS = {"OneMinute": 60, "FiveMinute": 300, "OneHour": 3600}


def put(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``BatchPutMetrics``. Of a component that is not there every value is an error of its own."""
    data = request.params["MetricData"]
    component = request.resources.get("TrialComponent", request.params["TrialComponentName"])
    if component is None:
        return {"Errors": [{"Code": "VALIDATION_ERROR", "MetricIndex": index} for index in range(len(data))]}
    for datum in data:
        number = request.resources.next_number("metric", component.key)
        key, name = f"{component.key}/{number}", datum["MetricName"]
        doc = {"Value": datum["Value"], "Step": datum.get("Step"), "Timestamp": datum["Timestamp"]}
        request.resources.insert(Record(DATUM, key, doc, now=request.now, name=name, parent=component.key))
    names = {datum["MetricName"] for datum in data}
    summaries = {row["MetricName"]: row for row in component.doc.get("Metrics", ())}
    component.doc["Metrics"] = [*{**summaries, **{name: _summary(request, component, name) for name in names}}.values()]
    request.resources.save(component)
    return {}


def get(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``BatchGetMetrics``."""
    return {"MetricQueryResults": [_result(request, query) for query in request.params["MetricQueries"]]}


def _result(request: ServiceRequest, query: dict[str, Any]) -> dict[str, Any]:
    component = request.resources.get("TrialComponent", query["ResourceArn"])
    if component is None:
        message = f"There is no trial component {query['ResourceArn']}."
        return {"Status": "ValidationError", "Message": message, "XAxisValues": [], "MetricValues": []}
    by_step = query["XAxisType"] == "IterationNumber"
    if by_step != (query["Period"] == "IterationNumber"):
        message = "The period and the axis have to be both IterationNumber, or neither."
        return {"Status": "ValidationError", "Message": message, "XAxisValues": [], "MetricValues": []}
    groups: dict[int, list[float]] = {}
    for datum in _values(request, component, query["MetricName"]):
        place = datum.doc["Step"] if by_step else int(datum.doc["Timestamp"])
        if place is None or not query.get("Start", place) <= place <= query.get("End", place):
            continue
        groups.setdefault(place if by_step else place - place % _PERIODS[query["Period"]], []).append(
            datum.doc["Value"]
        )
    places, statistic = sorted(groups), STATISTICS[query["MetricStat"]]
    return {"Status": "Complete", "XAxisValues": places, "MetricValues": [statistic(groups[place]) for place in places]}


def _values(request: ServiceRequest, component: Record, name: str) -> list[Record]:
    """The values of a metric in the order of their timestamps."""
    found = request.resources.find(DATUM, ("name", "=", name), parent=component.key)
    return sorted(found, key=lambda record: (record.doc["Timestamp"], record.id))


def _summary(request: ServiceRequest, component: Record, name: str) -> dict[str, Any]:
    """What ``DescribeTrialComponent`` shows of a metric."""
    data = _values(request, component, name)
    values = [record.doc["Value"] for record in data]
    shown = {statistic: STATISTICS[statistic](values) for statistic in ("Max", "Min", "Last", "Count", "Avg", "StdDev")}
    return {"MetricName": name, "SourceArn": component.arn, "TimeStamp": data[-1].doc["Timestamp"], **shown}


def _average(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _deviation(values: Sequence[float]) -> float:
    middle = _average(values)
    return sqrt(sum((value - middle) ** 2 for value in values) / len(values))


#: ``MetricStat`` -> what it makes of the values of a period.
STATISTICS: dict[str, Callable[[Sequence[float]], float]] = {
    "Min": min,
    "Max": max,
    "Avg": _average,
    "Count": len,
    "StdDev": _deviation,
    "Last": lambda values: values[-1],
}


OPERATIONS = {"BatchPutMetrics": put, "BatchGetMetrics": get}
READING = frozenset({"BatchGetMetrics"})
