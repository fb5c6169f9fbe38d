"""Values that stand for what nothing here measures: drawn from names, so they are the same whenever they are shown.

What is drawn for a name never changes, differs from name to name, and lies in the range that is asked for.
"""

from __future__ import annotations

from hashlib import sha256
from math import exp, isfinite, log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def digest(*names: str) -> str:
    """64 hexadecimal digits."""
    return sha256("\0".join(names).encode("utf-8", "surrogatepass")).hexdigest()


def fraction(*names: str) -> float:
    """A number from 0 up to, and without, 1."""
    return int(digest(*names)[:12], 16) / 16**12


def identifier(form: str, *names: str) -> str:
    """``fs-@17`` -> ``fs-`` and 17 hexadecimal digits."""
    head, _, count = form.partition("@")
    return head + digest(form, *names)[: int(count)]


def objective(lower_is_better: bool, *names: str) -> float:
    """A value of an objective, between 0 and 1: better halves for the better direction."""
    value = fraction(*names)
    return round(0.05 + value * 0.4 if lower_is_better else 0.55 + value * 0.4, 6)


def from_ranges(ranges: dict[str, Any], *names: str) -> dict[str, str]:
    """A value for each hyperparameter of ``ranges`` (the shape ParameterRanges), as the text that the service shows."""
    drawn = {}
    for each in ranges.get("IntegerParameterRanges") or ():
        drawn[each["Name"]] = _whole(each, fraction(*names, each["Name"]))
    for each in ranges.get("ContinuousParameterRanges") or ():
        drawn[each["Name"]] = _between(each, fraction(*names, each["Name"]))
    for each in ranges.get("CategoricalParameterRanges") or ():
        values = each["Values"]
        drawn[each["Name"]] = values[int(fraction(*names, each["Name"]) * len(values))]
    for each in ranges.get("AutoParameters") or ():
        drawn[each["Name"]] = each["ValueHint"]
    return drawn


def from_grid(ranges: dict[str, Any], place: int) -> dict[str, str]:
    """The combination at a place of all combinations of categorical values, in their order."""
    drawn = {}
    for each in reversed(ranges.get("CategoricalParameterRanges") or []):
        place, rest = divmod(place, len(each["Values"]))
        drawn[each["Name"]] = each["Values"][rest]
    return drawn


def limits(each: dict[str, Any]) -> tuple[float, float] | None:
    """The ends of a range, None for ends that are no numbers: the service's own shape allows any text."""
    try:
        low, high = float(each["MinValue"]), float(each["MaxValue"])
    except ValueError:
        return None
    return (low, high) if isfinite(low) and isfinite(high) else None


def _whole(each: dict[str, Any], part: float) -> str:
    """A whole number of a range, both ends included."""
    ends = limits(each)
    if ends is None:
        return str(each["MinValue"])
    low, high = ends
    if each.get("ScalingType") == "Logarithmic" and low > 0:
        return str(min(int(high), max(int(low), round(_logarithmic(low, high, part)))))
    return str(int(low) + int(part * (int(high) - int(low) + 1)))


def _between(each: dict[str, Any], part: float) -> str:
    ends = limits(each)
    if ends is None:
        return str(each["MinValue"])
    low, high = ends
    scale = each.get("ScalingType")
    if scale == "Logarithmic" and low > 0:
        value = _logarithmic(low, high, part)
    elif scale == "ReverseLogarithmic" and high < 1:
        value = 1 - _logarithmic(1 - high, 1 - low, part)
    else:
        value = low + part * (high - low)
    return repr(min(high, max(low, value)))


def _logarithmic(low: float, high: float, part: float) -> float:
    return exp(log(low) + part * (log(high) - log(low)))
