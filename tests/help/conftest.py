"""A small invented service, and the one that botocore brings."""

from __future__ import annotations

import os
from typing import Any

import pytest

from awsshadow.compile import slices
from awsshadow.compile.build import summary
from awsshadow.compile.slices import Sources
from awsshadow.model import find_store

MODEL: dict[str, Any] = {
    "metadata": {"uid": "bakery-2020-01-01", "apiVersion": "2020-01-01"},
    "documentation": "<p>Bakes.</p>",
    "operations": {
        "BakeBread": {
            "name": "BakeBread",
            "input": {"shape": "BakeBreadRequest"},
            "output": {"shape": "BakeBreadResponse"},
            "documentation": "<p>Bakes a loaf. Slowly.</p> <note><p>Mind the <b>oven</b>.</p></note>",
        },
        "ListLoaves": {
            "name": "ListLoaves",
            "input": {"shape": "ListLoavesRequest"},
            "output": {"shape": "ListLoavesResponse"},
            "documentation": "<p>Lists loaves.</p>",
        },
        "CloseShop": {"name": "CloseShop", "documentation": "<p>Closes.</p>"},
    },
    "shapes": {
        "BakeBreadRequest": {
            "type": "structure",
            "required": ["LoafName", "ClientToken"],
            "members": {
                "LoafName": {"shape": "Name", "documentation": "<p>What to call it.</p>"},
                "ClientToken": {"shape": "Name", "idempotencyToken": True},
                "Flour": {"shape": "Flour", "documentation": "<p>The kind of flour.</p>"},
                "Sliced": {"shape": "Flag"},
                "Crust": {"shape": "Crust"},
                "Toppings": {"shape": "Toppings"},
                "Layers": {"shape": "Layers"},
                "Labels": {"shape": "Labels"},
                "Filling": {"shape": "Filling"},
            },
        },
        "BakeBreadResponse": {
            "type": "structure",
            "required": ["LoafArn"],
            "members": {"LoafArn": {"shape": "Name", "documentation": "<p>Where it is.</p>"}},
        },
        "ListLoavesRequest": {
            "type": "structure",
            "members": {"NextToken": {"shape": "Name"}, "MaxResults": {"shape": "Limit"}},
        },
        "ListLoavesResponse": {
            "type": "structure",
            "members": {"Loaves": {"shape": "Toppings"}, "NextToken": {"shape": "Name"}},
        },
        "Name": {"type": "string", "min": 1, "max": 9, "pattern": "[a-z]+", "documentation": "<p>A name.</p>"},
        "Flour": {"type": "string", "enum": ["Rye", "Wheat"]},
        "Flag": {"type": "boolean"},
        "Number": {"type": "integer"},
        "Limit": {"type": "integer", "min": 1, "max": 100},
        "Crust": {
            "type": "structure",
            "required": ["Colour"],
            "members": {"Colour": {"shape": "Flour"}, "Cracks": {"shape": "Numbers"}, "Inner": {"shape": "Inner"}},
        },
        "Inner": {"type": "structure", "members": {"Numbers": {"shape": "Numbers"}}},
        "Numbers": {"type": "list", "member": {"shape": "Number"}},
        "Toppings": {"type": "list", "member": {"shape": "Name"}},
        "Layers": {"type": "list", "member": {"shape": "Layer"}},
        "Layer": {"type": "structure", "members": {"Above": {"shape": "Layers"}, "Of": {"shape": "Flour"}}},
        "Labels": {"type": "map", "key": {"shape": "Flour"}, "value": {"shape": "Name"}},
        "Filling": {
            "type": "structure",
            "union": True,
            "members": {"Sweet": {"shape": "Nothing"}, "Sour": {"shape": "Number"}},
        },
        "Nothing": {"type": "structure", "members": {}},
    },
}
PAGINATORS = {
    "pagination": {
        "ListLoaves": {
            "input_token": "NextToken",
            "output_token": "NextToken",
            "limit_key": "MaxResults",
            "result_key": "Loaves",
        }
    }
}
WAITERS = {
    "waiters": {
        "LoafBaked": {
            "delay": 30,
            "maxAttempts": 7,
            "operation": "BakeBread",
            "acceptors": [
                {"state": "failure", "matcher": "error", "expected": "Burnt"},
                {"state": "success", "matcher": "path", "argument": "LoafStatus", "expected": "Done"},
            ],
        },
        "LoafGone": {
            "delay": 5,
            "maxAttempts": 2,
            "operation": "BakeBread",
            "acceptors": [{"state": "success", "matcher": "error", "expected": "Eaten"}],
        },
    }
}


class Bakery:
    """A store with the invented service; what the help needs of one."""

    def __init__(self) -> None:
        self._sources = Sources(MODEL, PAGINATORS, WAITERS)

    def index(self) -> dict[str, Any]:
        names = {"operations": slices.operations(self._sources), "waiters": slices.waiters(self._sources)}
        return {**names, "metadata": MODEL["metadata"]}

    def summaries(self) -> dict[str, Any]:
        texts = {n: summary(MODEL["operations"][o]["documentation"]) for n, o in self.index()["operations"].items()}
        return {"documentation": MODEL["documentation"], "summaries": texts}

    def input(self, part: str, name: str) -> Any:
        return self._slice(part, name).input

    def output(self, part: str, name: str) -> Any:
        return self._slice(part, name).output

    def docs(self, part: str, name: str) -> Any:
        return self._slice(part, name).docs

    def _slice(self, part: str, name: str) -> slices.Slice:
        make = slices.compile_operation if part == "operations" else slices.compile_waiter
        return make(self._sources, self.index()[part][name])


@pytest.fixture(scope="session")
def bakery() -> Any:
    return Bakery()


@pytest.fixture(scope="session")
def store() -> Any:
    return find_store(dict(os.environ))
