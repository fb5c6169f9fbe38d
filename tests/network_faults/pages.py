"""Faults after the first page of a listing: what was got before is no result."""

from __future__ import annotations

from tests.network_faults.faulty import Reply, failure, http, raw
from tests.network_faults.table import BODY, CLOSED, ELSEWHERE, GIVEN_UP, GOOD, HEAD, OK, ONCE, QUICK, Fault, service

FAULTS = [
    Fault("the second page closes", [http(200, {**OK, "NextToken": "t"}), raw()], 255, CLOSED, 4),
    Fault("the second page resets", [http(200, {**OK, "NextToken": "t"}), raw(end="reset")], 255, CLOSED, 4),
    Fault(
        "the second page cuts short",
        [http(200, {**OK, "NextToken": "t"}), raw(HEAD + b"Content-Length: 500\r\n\r\n" + BODY)],
        255,
        CLOSED,
        4,
    ),
    Fault(
        "the second page throttles",
        [http(200, {**OK, "NextToken": "t"}), failure(400, "ThrottlingException")],
        254,
        service("ThrottlingException", "told so", GIVEN_UP),
        4,
    ),
    Fault(
        "the second page refuses",
        [http(200, {**OK, "NextToken": "t"}), failure(403, "AccessDeniedException")],
        254,
        service("AccessDeniedException", "told so"),
        2,
    ),
    Fault("the second page talks nonsense", [http(200, {**OK, "NextToken": "t"}), http(200, b"<html>")], 0, None, 2),
    Fault("the second page is no HTTP", [http(200, {**OK, "NextToken": "t"}), raw(b"hello\r\n\r\n")], 255, CLOSED, 4),
    Fault(
        "the second page answers a list",
        [http(200, {**OK, "NextToken": "t"}), http(200, [])],
        255,
        "'list' object has no attribute 'get'",
        2,
    ),
    Fault(
        "the second page is not UTF-8",
        [http(200, {**OK, "NextToken": "t"}), http(200, b"\xff")],
        255,
        "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
        2,
    ),
    Fault(
        "the second page redirects",
        [http(200, {**OK, "NextToken": "t"}), http(302, b"", ELSEWHERE)],
        254,
        "An error occurred (302) when calling the ListModels operation:",
        2,
    ),
    Fault(
        "the second page has expired credentials",
        [http(200, {**OK, "NextToken": "t"}), failure(400, "ExpiredTokenException")],
        254,
        service("ExpiredTokenException", "told so"),
        2,
    ),
    Fault("the second page closes once, then well", [http(200, {**OK, "NextToken": "t"}), raw(), GOOD], 0, None, 3),
    Fault(
        "the second page throttles once, then well",
        [http(200, {**OK, "NextToken": "t"}), failure(400, "ThrottlingException"), GOOD],
        0,
        None,
        3,
    ),
    Fault(
        "the second page is cut short once, then well",
        [http(200, {**OK, "NextToken": "t"}), raw(HEAD + b"Content-Length: 500\r\n\r\n" + BODY), GOOD],
        0,
        None,
        3,
    ),
    Fault("the second page fails once, then well", [http(200, {**OK, "NextToken": "t"}), http(500), GOOD], 0, None, 3),
    Fault(
        "the second page is silent",
        [http(200, {**OK, "NextToken": "t"}), Reply((3.0,))],
        255,
        'Read timeout on endpoint URL: "{URL}/"',
        2,
        options=QUICK,
        environ=ONCE,
    ),
    Fault(
        "a page token that is a number",
        [http(200, {**OK, "NextToken": 5}), GOOD],
        252,
        "An error occurred (ParamValidation): Parameter validation failed:\nInvalid type for "
        "parameter NextToken, value: 5, type: <class 'int'>, valid types: <class 'str'>",
        1,
    ),
    Fault("a page token that is an empty string", [http(200, {**OK, "NextToken": ""}), GOOD], 0, None, 1),
    Fault("a page token that is null", [http(200, {**OK, "NextToken": None}), GOOD], 0, None, 1),
    Fault(
        "a page token that is an object",
        [http(200, {**OK, "NextToken": {"a": 1}}), GOOD],
        252,
        "An error occurred (ParamValidation): Parameter validation failed:\nInvalid type for "
        "parameter NextToken, value: {'a': 1}, type: <class 'dict'>, valid types: <class 'str'>",
        1,
    ),
    Fault(
        "a page token that is a list",
        [http(200, {**OK, "NextToken": ["t"]}), GOOD],
        252,
        "An error occurred (ParamValidation): Parameter validation failed:\nInvalid type for "
        "parameter NextToken, value: ['t'], type: <class 'list'>, valid types: <class 'str'>",
        1,
    ),
    Fault("a page token that is false", [http(200, {**OK, "NextToken": False}), GOOD], 0, None, 1),
    Fault("a page without its list", [http(200, {"NextToken": "t"}), GOOD], 0, None, 2),
    Fault("an empty page on the way", [http(200, {"Models": [], "NextToken": "t"}), GOOD], 0, None, 2),
]
