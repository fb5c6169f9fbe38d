"""Errors of the service in all the forms in which they come."""

from __future__ import annotations

from tests.network_faults.faulty import failure, http
from tests.network_faults.table import GIVEN_UP, GOOD, OK, Fault, service

FAULTS = [
    Fault(
        "the code in a header",
        [http(400, {"message": "told so"}, ("x-amzn-ErrorType: ValidationException:http://internal/",))],
        254,
        service("400", "told so"),
        1,
    ),
    Fault(
        "the code in a header for queries",
        [http(400, {"__type": "A", "message": "told so"}, ("x-amzn-query-error: B;Sender",))],
        254,
        service("B", "told so"),
        1,
    ),
    Fault(
        "a code with a namespace",
        [failure(400, "com.amazonaws.sagemaker#ResourceNotFound")],
        254,
        service("ResourceNotFound", "told so"),
        1,
    ),
    Fault(
        "a code with an address",
        [failure(400, "ResourceNotFound:http://internal.amazon.com/coral/")],
        254,
        service("ResourceNotFound", "told so"),
        1,
    ),
    Fault(
        "the code as code",
        [http(400, {"code": "ResourceInUse", "message": "told so"})],
        254,
        service("400", "told so"),
        1,
    ),
    Fault(
        "the code as Code",
        [http(400, {"Code": "ResourceInUse", "message": "told so"})],
        254,
        service("400", "told so"),
        1,
    ),
    Fault(
        "the code as errorCode",
        [http(400, {"errorCode": "ResourceInUse", "message": "told so"})],
        254,
        service("400", "told so"),
        1,
    ),
    Fault(
        "the message in capitals",
        [http(400, {"__type": "ResourceInUse", "Message": "told so"})],
        254,
        service("ResourceInUse", "told so"),
        1,
    ),
    Fault(
        "two messages",
        [http(400, {"__type": "ResourceInUse", "Message": "one", "message": "two"})],
        254,
        service("ResourceInUse", "two"),
        1,
    ),
    Fault(
        "a message that is a number",
        [http(400, {"__type": "ResourceInUse", "message": 5})],
        254,
        service("ResourceInUse", "5"),
        1,
    ),
    Fault(
        "a message that is null",
        [http(400, {"__type": "ResourceInUse", "message": None})],
        254,
        service("ResourceInUse", "None"),
        1,
    ),
    Fault(
        "a message that is a list",
        [http(400, {"__type": "ResourceInUse", "message": ["a"]})],
        254,
        service("ResourceInUse", "['a']"),
        1,
    ),
    Fault(
        "a message that is an object",
        [http(400, {"__type": "ResourceInUse", "message": {"a": "b"}})],
        254,
        service("ResourceInUse", "{'a': 'b'}"),
        1,
    ),
    Fault(
        "a message of control characters",
        [http(400, {"__type": "ResourceInUse", "message": "a\x1b[31mb\x00c"})],
        254,
        service("ResourceInUse", "a\x1b[31mb\x00c"),
        1,
    ),
    Fault(
        "a message of a hundred thousand letters",
        [http(400, {"__type": "ResourceInUse", "message": "x" * 100_000})],
        254,
        service("ResourceInUse", "x" * 100_000),
        1,
    ),
    Fault(
        "a message in several lines",
        [http(400, {"__type": "ResourceInUse", "message": "one\ntwo"})],
        254,
        service("ResourceInUse", "one\ntwo"),
        1,
    ),
    Fault(
        "a message in Japanese",
        [http(400, {"__type": "ResourceInUse", "message": "\u8aac\u660e"})],
        254,
        service("ResourceInUse", "説明"),
        1,
    ),
    Fault("a code that is null", [http(400, {"__type": None, "message": "told so"})], 254, service("", "told so"), 1),
    Fault("a code that is empty", [http(400, {"__type": "", "message": "told so"})], 254, service("", "told so"), 1),
    Fault("an error that is a string", [http(400, "x")], 255, "'str' object has no attribute 'get'", 1),
    Fault("an error that is a number", [http(400, 5)], 255, "'int' object has no attribute 'get'", 1),
    Fault("an error that is null", [http(400, b"null")], 255, "'NoneType' object has no attribute 'get'", 1),
    Fault("an error that is cut off", [http(400, b'{"__type": "Val')], 254, service("400", '{"__type": "Val'), 1),
    Fault(
        "an error that is XML",
        [http(400, b"<ErrorResponse><Error><Code>A</Code></Error></ErrorResponse>")],
        254,
        service("400", "<ErrorResponse><Error><Code>A</Code></Error></ErrorResponse>"),
        1,
    ),
    Fault(
        "refused as ThrottledException",
        [failure(400, "ThrottledException")],
        254,
        service("ThrottledException", "told so", GIVEN_UP),
        3,
    ),
    Fault(
        "refused as RequestThrottled",
        [failure(400, "RequestThrottled")],
        254,
        service("RequestThrottled", "told so", GIVEN_UP),
        3,
    ),
    Fault(
        "refused as RequestThrottledException",
        [failure(400, "RequestThrottledException")],
        254,
        service("RequestThrottledException", "told so", GIVEN_UP),
        3,
    ),
    Fault("refused as SlowDown", [failure(400, "SlowDown")], 254, service("SlowDown", "told so", GIVEN_UP), 3),
    Fault(
        "refused as PriorRequestNotComplete",
        [failure(400, "PriorRequestNotComplete")],
        254,
        service("PriorRequestNotComplete", "told so", GIVEN_UP),
        3,
    ),
    Fault(
        "refused as TransactionInProgressException",
        [failure(400, "TransactionInProgressException")],
        254,
        service("TransactionInProgressException", "told so", GIVEN_UP),
        3,
    ),
    Fault(
        "refused as ProvisionedThroughputExceededException",
        [failure(400, "ProvisionedThroughputExceededException")],
        254,
        service("ProvisionedThroughputExceededException", "told so", GIVEN_UP),
        3,
    ),
    Fault(
        "refused as BandwidthLimitExceeded",
        [failure(400, "BandwidthLimitExceeded")],
        254,
        service("BandwidthLimitExceeded", "told so", GIVEN_UP),
        3,
    ),
    Fault(
        "refused as LimitExceededException",
        [failure(400, "LimitExceededException")],
        254,
        service("LimitExceededException", "told so", GIVEN_UP),
        3,
    ),
    Fault(
        "refused as EC2ThrottledException",
        [failure(400, "EC2ThrottledException")],
        254,
        service("EC2ThrottledException", "told so", GIVEN_UP),
        3,
    ),
    Fault(
        "refused as RequestTimeoutException",
        [failure(400, "RequestTimeoutException")],
        254,
        service("RequestTimeoutException", "told so", GIVEN_UP),
        3,
    ),
    Fault(
        "refused as IDPCommunicationError",
        [failure(400, "IDPCommunicationError")],
        254,
        service("IDPCommunicationError", "told so"),
        1,
    ),
    Fault(
        "refused as ServiceUnavailable",
        [failure(400, "ServiceUnavailable")],
        254,
        service("ServiceUnavailable", "told so"),
        1,
    ),
    Fault(
        "refused as ConflictException",
        [failure(400, "ConflictException")],
        254,
        service("ConflictException", "told so"),
        1,
    ),
    Fault(
        "a bare status of 401", [http(401)], 254, "An error occurred (401) when calling the ListModels operation:", 1
    ),
    Fault(
        "a bare status of 402", [http(402)], 254, "An error occurred (402) when calling the ListModels operation:", 1
    ),
    Fault(
        "a bare status of 410", [http(410)], 254, "An error occurred (410) when calling the ListModels operation:", 1
    ),
    Fault(
        "a bare status of 418", [http(418)], 254, "An error occurred (418) when calling the ListModels operation:", 1
    ),
    Fault(
        "a bare status of 423", [http(423)], 254, "An error occurred (423) when calling the ListModels operation:", 1
    ),
    Fault(
        "a bare status of 424", [http(424)], 254, "An error occurred (424) when calling the ListModels operation:", 1
    ),
    Fault(
        "a bare status of 431", [http(431)], 254, "An error occurred (431) when calling the ListModels operation:", 1
    ),
    Fault(
        "a bare status of 509", [http(509)], 254, "An error occurred (509) when calling the ListModels operation:", 1
    ),
    Fault(
        "a bare status of 529", [http(529)], 254, "An error occurred (529) when calling the ListModels operation:", 1
    ),
    Fault(
        "a bare status of 599", [http(599)], 254, "An error occurred (599) when calling the ListModels operation:", 1
    ),
    Fault("unavailable, to be tried again in an hour", [http(503, b"", ("Retry-After: 3600",)), GOOD], 0, None, 2),
    Fault(
        "unavailable, to be tried again at a time that is none",
        [http(503, b"", ("Retry-After: whenever",)), GOOD],
        0,
        None,
        2,
    ),
    Fault(
        "internal error, told as a result",
        [http(500, OK)],
        254,
        "An error occurred (500) when calling the ListModels operation (reached max retries: 2):",
        3,
    ),
    Fault(
        "throttled, with a date in the past",
        [failure(400, "ThrottlingException", headers=("Date: Thu, 01 Jan 1970 00:00:00 GMT",)), GOOD],
        0,
        None,
        2,
    ),
]
