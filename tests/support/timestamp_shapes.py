"""Shapes of a model with timestamps in every place that one can have."""

from __future__ import annotations

from typing import Any

SHAPES: dict[str, dict[str, Any]] = {
    "Time": {"type": "timestamp"},
    "Text": {"type": "string"},
    "Times": {"type": "list", "member": {"shape": "Time"}},
    "ByName": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Time"}},
    "Tree": {
        "type": "structure",
        "members": {
            name: {"shape": shape}
            for name, shape in (("At", "Time"), ("Name", "Text"), ("All", "Times"), ("By", "ByName"), ("Below", "Tree"))
        },
    },
}
