"""Which differences the look for differences leaves out."""

from typing import Any

import pytest

from tests.reference.known import known

FACTS = {"rc": 255, "stdout": "", "stderr": "\naws: [ERROR]: x\n", "requests": []}


@pytest.mark.parametrize(
    ("expected", "got", "is_known"),
    [
        ({}, {}, True),
        ({"stderr": "\n\x1b[0maws: [ERROR]: x\x1b[0m\n\x1b[0m"}, {}, False),
        (
            {"stderr": "maximum recursion depth exceeded"},
            {"stderr": "maximum recursion depth exceeded while calling a Python object"},
            True,
        ),
        ({"stderr": "value: secret, type: x"}, {"stderr": "value: ***, type: x"}, True),
        ({"stderr": "value: secret, type: x"}, {"stderr": "value: ***, type: y"}, False),
        ({"stderr": "value: secret, type: x"}, {"stderr": "value: ***, type: x", "rc": 1}, False),
        ({"stdout": "\x1b[0m"}, {}, False),
    ],
)
def test_known(expected: dict[str, Any], got: dict[str, Any], is_known: bool) -> None:
    case = {"id": "x", "argv": [], "expect": {**FACTS, **expected}}
    differ = case["expect"] != {**FACTS, **got}
    assert (known(case, {**FACTS, **got}) is not None) == (is_known and differ)
