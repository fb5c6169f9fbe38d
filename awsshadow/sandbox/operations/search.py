"""Search over what exists: filters, nested filters, sub-expressions, order, pages."""

from __future__ import annotations

from datetime import UTC, datetime
from operator import eq, ge, gt, le, lt

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import invalid
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.listing import cut, ordered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View

#: Resource of the request -> family, where the names differ.
_FAMILY = {"ExperimentTrial": "Trial", "ExperimentTrialComponent": "TrialComponent"}
#: Resource -> properties that may be asked for parts of more than once; the model's documentation has the list, and
#: the sentence when others are.
_CONTAINS_OFTEN = {
    "Experiment": ("DisplayName", "ExperimentName", "Tags"),
    "ExperimentTrial": ("DisplayName", "TrialName", "Tags"),
    "ExperimentTrialComponent": ("DisplayName", "TrialComponentName", "Tags", "InputArtifacts", "OutputArtifacts"),
}
#: Properties of every resource: tags and metrics by their names, and what is found in any of them.
_ANYWHERE = ("AllParameters", "AllTags", "Metrics", "Tags")
_BOOLEAN: dict[str, Callable[[list[bool]], bool]] = {"And": all, "Or": any}
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "Equals": eq,
    "GreaterThan": gt,
    "GreaterThanOrEqualTo": ge,
    "LessThan": lt,
    "LessThanOrEqualTo": le,
}


def search(request: Request) -> View:
    """Answer ``Search``."""
    params = request.params
    expression = params.get("SearchExpression", {})
    rules = list(_rules(expression))
    for name in [*(rule["Name"] for rule in rules), *([params["SortBy"]] if "SortBy" in params else [])]:
        if not _is_property(request, name):
            raise invalid(f"Unknown property name: {name}")  # the sentence is that of getmoto/moto
    often = _CONTAINS_OFTEN.get(params["Resource"], ())
    contains = [rule for rule in rules if rule.get("Operator") == "Contains" and rule["Name"] not in often]
    if len(contains) > 1:
        raise invalid("'CONTAINS' operator usage limit of 1 exceeded.")
    found = [view for view in _views(request, params["Resource"]) if _meets(view, expression)]
    path = params.get("SortBy", "LastModifiedTime").split(".")
    found = ordered(found, params, lambda view: _order(_values(view, path)))
    shown, token = cut(request, found)
    title = _FAMILY.get(params["Resource"], params["Resource"])
    records = [{title: {"Model": view, **view} if title == "Model" else view} for view in shown]
    return {
        "Results": records,
        "NextToken": token,
        "TotalHits": {"Value": len(found), "Relation": "EqualTo"},
    }


def _rules(expression: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The filters of an expression and of all in it."""
    yield from expression.get("Filters", ())
    for nested in expression.get("NestedFilters", ()):
        yield from nested["Filters"]
    for inner in expression.get("SubExpressions", ()):
        yield from _rules(inner)


def _is_property(request: Request, name: str) -> bool:
    """Whether resources of the kind that the request is about have a property; the model says it of most kinds."""
    title = _FAMILY.get(request.params["Resource"], request.params["Resource"])
    shapes = request.model("Search").all_shapes()
    record = shapes["SearchRecord"]["members"].get(title)
    path = name.split(".")
    if path[0] in _ANYWHERE or record is None:
        return True
    kinds = [record["shape"], *([shapes[record["shape"]]["members"][title]["shape"]] if title == "Model" else [])]
    return any(_has(shapes, kind, path) for kind in kinds)


def _has(shapes: dict[str, Any], name: str, path: list[str]) -> bool:
    """Whether a path leads somewhere in a shape; keys of maps and of lists of keys and values can be any."""
    shape = shapes[name]
    if not path or shape["type"] == "map":
        return True
    if shape["type"] == "list":
        return _has(shapes, shape["member"]["shape"], path)
    members = shape.get("members", {})
    if set(members) == {"Key", "Value"}:
        return True
    return path[0] in members and _has(shapes, members[path[0]]["shape"], path[1:])


def _views(request: Request, resource: str) -> Iterator[View]:
    title = _FAMILY.get(resource, resource)
    if title == "FeatureMetadata":
        yield from _features(request)
        return
    if title == "PipelineVersion":
        for record in request.resources.find(title):
            yield {**record.doc, "CreationTime": record.created, "LastModifiedTime": record.modified}
        return
    family = families.family(title)
    for record in request.resources.find(family.store):
        yield lifecycle.view(request, family, record)


def _features(request: Request) -> Iterator[View]:
    family = families.family("FeatureGroup")
    for record in request.resources.find(family.store):
        for feature in record.doc["FeatureDefinitions"]:
            notes = record.doc["FeatureNotes"].get(feature["FeatureName"], {})
            yield {**lifecycle.view(request, family, record), **feature, "Description": notes.get("Description")}


def _meets(view: Any, expression: dict[str, Any]) -> bool:
    checks = [_filter(view, rule) for rule in expression.get("Filters", ())]
    checks += [_nested(view, rule) for rule in expression.get("NestedFilters", ())]
    checks += [_meets(view, inner) for inner in expression.get("SubExpressions", ())]
    return not checks or _BOOLEAN[expression.get("Operator", "And")](checks)


def _nested(view: View, rule: dict[str, Any]) -> bool:
    """One element of a list has to meet all the filters."""
    prefix = rule["NestedPropertyName"]
    inner = [{**f, "Name": f["Name"].removeprefix(f"{prefix}.")} for f in rule["Filters"]]
    return any(all(_filter(element, f) for f in inner) for element in _values(view, prefix.split(".")))


def _filter(view: View, rule: dict[str, Any]) -> bool:
    operator = rule.get("Operator", "Equals")
    values = _values(view, rule["Name"].split("."))
    if operator in {"Exists", "NotExists"}:
        exists: bool = operator == "Exists"
        return bool(values) == exists
    if "Value" not in rule:
        raise invalid(f"Filter {rule['Name']} with operator {operator} needs a value.")
    if operator == "NotEquals":
        return not any(_compare(value, "Equals", rule["Value"]) for value in values)
    return any(_compare(value, operator, rule["Value"]) for value in values)


def _values(value: Any, path: list[str]) -> list[Any]:
    """What a property name leads to; lists are looked into, tags are properties by their key."""
    if isinstance(value, list):
        if path and value and all(isinstance(v, dict) and set(v) == {"Key", "Value"} for v in value):
            wanted = ".".join(path)
            return [v["Value"] for v in value if v["Key"] == wanted]
        return [found for inner in value for found in _values(inner, path)]
    if not path:
        return [] if value is None else [value]
    if not isinstance(value, dict):
        return []
    if path[0] in value:
        return _values(value[path[0]], path[1:])
    # A key of a map may hold dots itself.
    return [v for v in [value.get(".".join(path))] if v is not None]


def _compare(value: Any, operator: str, wanted: str) -> bool:
    if operator == "In":
        return str(value) in [part.strip() for part in wanted.split(",")]
    if operator == "Contains":
        return wanted in str(value)
    if isinstance(value, bool):
        return operator == "Equals" and str(value).lower() == wanted.lower()
    right: float | str | None = _number(wanted) if isinstance(value, (int, float)) else wanted
    if right is None:
        return False
    if isinstance(value, str) or isinstance(right, str):
        value, right = str(value), str(right)
    return bool(_OPERATORS[operator](value, right))


def _number(text: str) -> float | None:
    """A number, or a time as seconds since the epoch; None for neither."""
    try:
        return float(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _order(values: list[Any]) -> tuple[int, float, str]:
    first = values[0] if values else None
    if isinstance(first, (int, float)):
        return 1, float(first), ""
    return (0, 0.0, "") if first is None else (2, 0.0, str(first))


def suggestions(request: Request) -> View:
    """Names of properties that resources of this kind here have."""
    query = request.params.get("SuggestionQuery", {}).get("PropertyNameQuery", {})
    hint = query.get("PropertyNameHint", "")
    names = {name for view in _views(request, request.params["Resource"]) for name in view if not name.startswith("_")}
    names = {name for name in names if _is_property(request, name)}
    return {
        "PropertyNameSuggestions": [{"PropertyName": name} for name in sorted(names) if hint.lower() in name.lower()]
    }
