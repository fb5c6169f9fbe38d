"""A small invented service, and the one that botocore brings."""

from __future__ import annotations

import os
from typing import Any

import pytest

from awsshadow.compile.slices import Sources
from awsshadow.model import find_store
from awsshadow.model.store import FolderStore, MemoryStore

MODEL: Any = {
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


class Bakery(MemoryStore):
    """A store with the invented service."""

    def _model(self) -> Sources:
        return Sources(MODEL, PAGINATORS, WAITERS)


@pytest.fixture(scope="session")
def bakery() -> Bakery:
    return Bakery({})


@pytest.fixture(scope="session")
def store() -> FolderStore | MemoryStore:
    return find_store(dict(os.environ))
