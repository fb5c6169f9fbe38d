"""How often is tried, and in which way."""

from __future__ import annotations

from tests.network_faults.faulty import failure, http, raw
from tests.network_faults.table import CLOSED, GIVEN_UP, GOOD, Fault, service

FAULTS = [
    Fault(
        "unavailable, tried in the legacy way",
        [http(503)],
        255,
        'Invalid value provided to "mode": "legacy" must be one of: "standard" or "adaptive"',
        0,
        environ={"AWS_RETRY_MODE": "legacy"},
    ),
    Fault("closed, tried in the adaptive way", [raw()], 255, CLOSED, 3, environ={"AWS_RETRY_MODE": "adaptive"}),
    Fault(
        "unavailable, tried in the adaptive way",
        [http(503)],
        254,
        service("503", "Service Unavailable", GIVEN_UP),
        3,
        environ={"AWS_RETRY_MODE": "adaptive"},
    ),
    Fault(
        "throttled, tried in the adaptive way",
        [failure(400, "ThrottlingException")],
        254,
        service("ThrottlingException", "told so", GIVEN_UP),
        3,
        environ={"AWS_RETRY_MODE": "adaptive"},
    ),
    Fault(
        "too many, tried in the adaptive way",
        [http(429)],
        254,
        "An error occurred (429) when calling the ListModels operation:",
        1,
        environ={"AWS_RETRY_MODE": "adaptive"},
    ),
    Fault(
        "internal error, tried in the adaptive way",
        [http(500)],
        254,
        service("500", "Internal Server Error", GIVEN_UP),
        3,
        environ={"AWS_RETRY_MODE": "adaptive"},
    ),
    Fault("closed, with five tries", [raw()], 255, CLOSED, 5, environ={"AWS_MAX_ATTEMPTS": "5"}),
    Fault(
        "throttled, with five tries",
        [failure(400, "ThrottlingException")],
        254,
        "An error occurred (ThrottlingException) when calling the "
        "ListModels operation (reached max retries: 4): told so",
        5,
        environ={"AWS_MAX_ATTEMPTS": "5"},
    ),
    Fault(
        "unavailable four times, with five tries, then well",
        [http(503), http(503), http(503), http(503), GOOD],
        0,
        None,
        5,
        environ={"AWS_MAX_ATTEMPTS": "5"},
    ),
    Fault(
        "closed, with tries that are none",
        [raw()],
        255,
        "invalid literal for int() with base 10: 'many'",
        0,
        environ={"AWS_MAX_ATTEMPTS": "many"},
    ),
    Fault(
        "closed, with no tries",
        [raw()],
        255,
        'Value provided to "max_attempts": 0 must be an integer greater than or equal to one.',
        0,
        environ={"AWS_MAX_ATTEMPTS": "0"},
    ),
    Fault(
        "an unknown way to try again",
        [raw()],
        255,
        'Invalid value provided to "mode": "hopeful" must be one of: "standard" or "adaptive"',
        0,
        environ={"AWS_RETRY_MODE": "hopeful"},
    ),
]
