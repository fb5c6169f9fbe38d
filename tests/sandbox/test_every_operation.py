"""Requests that are valid by their shape but about nothing end in errors, never in a crash."""

import random
from typing import Any

import pytest

from awsshadow.sandbox.service import coverage

OPERATIONS = [row["operation"] for row in coverage()]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_requests_about_nothing(operation: Any, world: Any, judge: Any) -> None:
    spec = world.model["operations"][operation]
    if "input" not in spec:
        return
    chance = random.Random(operation)
    for full in (False, True, True, True):
        world.maker.full = full
        params = world.maker.make(spec["input"]["shape"])
        if full:
            params = thinned(params, chance, set(world.model["shapes"][spec["input"]["shape"]].get("required", ())))
        status, document = world.call(operation, **params)
        assert status in {200, 400}, document
        if status == 200:
            assert judge.answer(operation, document) == []
        else:
            assert document["__type"]
            assert document.get("message") or document.get("Message")


def thinned(params: Any, chance: Any, required: Any) -> Any:
    return {m: v for m, v in params.items() if m in required or chance.random() < 0.5}
