"""What can go wrong between the program and the service, and what then comes of it.

One row a fault. ``code`` and ``message`` are what the user gets, ``tries`` how often the request was made; the
modules beside this one have rows of other kinds, ``every`` has all. ``{URL}`` stands for the endpoint, ``{PORT}`` for
its port, ``{CA}`` for the test's authority.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field

from tests.network_faults.faulty import Reply, failure, http, raw

LIST = ("sagemaker", "list-models", "--output", "json", "--query", "Models[].ModelName")
ROLE = "arn:aws:iam::123456789012:role/r"
CREATE = ("sagemaker", "create-model", "--model-name", "m", "--execution-role-arn", ROLE)
DESCRIBE = ("sagemaker", "describe-model", "--model-name", "m")
WAIT = ("sagemaker", "wait", "endpoint-in-service", "--endpoint-name", "e")
OK = {"Models": [{"ModelName": "m"}]}
GOOD = http(200, OK)
HEAD = b"HTTP/1.1 200 OK\r\n"
BODY = b'{"Models": [{"ModelName": "m"}]}'
QUICK = ("--cli-read-timeout", "1")
ONCE = {"AWS_MAX_ATTEMPTS": "1"}
ELSEWHERE = ("Location: http://127.0.0.1:9/",)
PROXIED = {"HTTPS_PROXY": "{URL}", "AWS_ENDPOINT_URL_SAGEMAKER": "https://sagemaker.test/"}
REFUSED = "SSL validation failed for {URL}/ [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
BARE = "SSL validation failed for https://127.0.0.1:{PORT}/ "
CLOSED = 'Connection was closed before we received a valid response from endpoint URL: "{URL}/".'


@dataclass(frozen=True)
class Fault:
    """A row of the table. ``message`` None means success; ``tls`` names the server's certificate.

    A success prints something unless ``prints`` is false; a failure never does.
    """

    name: str
    replies: list[Reply]
    code: int
    message: str | None
    tries: int
    options: tuple[str, ...] = ()
    environ: dict[str, str] = field(default_factory=dict)
    tls: str | None = None
    command: tuple[str, ...] = LIST
    prints: bool = True


def service(code: str, text: str, suffix: str = "", operation: str = "ListModels") -> str:
    """The message about an error response."""
    return f"An error occurred ({code}) when calling the {operation} operation{suffix}: {text}".rstrip()


GIVEN_UP = " (reached max retries: 2)"

FAULTS = [
    # The connection.
    Fault("reset on connecting", [Reply((0.05,), "reset", early=True)], 255, CLOSED, 3),
    Fault("closed on connecting", [Reply((0.05,), "close", early=True)], 255, CLOSED, 3),
    Fault("closed before the answer", [raw()], 255, CLOSED, 3),
    Fault("reset before the answer", [raw(end="reset")], 255, CLOSED, 3),
    Fault("closed in the status line", [raw(b"HTTP/1.1 2")], 255, CLOSED, 3),
    Fault("closed in the headers", [raw(HEAD + b"Content-Le")], 0, None, 1),
    Fault("closed within the body", [raw(HEAD + b"Content-Length: 500\r\n\r\n" + BODY)], 255, CLOSED, 3),
    Fault(
        "reset within the body", [raw(HEAD + b"Content-Length: 500\r\n\r\n" + BODY, 0.05, end="reset")], 255, CLOSED, 3
    ),
    Fault("closed within a chunk", [raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\n" + BODY)], 255, CLOSED, 3),
    Fault("a chunk of no size", [raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n" + BODY)], 255, CLOSED, 3),
    Fault("reset once, then well", [raw(end="reset"), GOOD], 0, None, 2),
    Fault("closed twice, then well", [raw(), raw(), GOOD], 0, None, 3),
    Fault("closed between pages", [http(200, {**OK, "NextToken": "t"}, end="close"), GOOD], 0, None, 2),
    # What comes back is not HTTP.
    Fault("another protocol", [raw(b"SSH-2.0-OpenSSH_9.2\r\n")], 255, CLOSED, 3),
    Fault("an empty line", [raw(b"\r\n\r\n")], 255, CLOSED, 3),
    Fault("a status that is no number", [raw(b"HTTP/1.1 abc OK\r\n\r\n")], 255, CLOSED, 3),
    Fault("a status out of range", [raw(b"HTTP/1.1 99 Low\r\n\r\n")], 255, CLOSED, 3),
    Fault("a header of 70 kB", [raw(HEAD + b"X-Long: " + b"x" * 70000 + b"\r\n\r\n" + BODY)], 255, CLOSED, 3),
    Fault("two hundred headers", [raw(HEAD + b"X-Many: x\r\n" * 200 + b"\r\n" + BODY)], 255, CLOSED, 3),
    Fault("a header without a colon", [raw(HEAD + b"nonsense\r\nContent-Length: 32\r\n\r\n" + BODY)], 0, None, 1),
    # Lengths.
    Fault("no length at all", [raw(HEAD + b"\r\n" + BODY)], 0, None, 1),
    Fault("announced too short", [raw(HEAD + b"Content-Length: 5\r\n\r\n" + BODY)], 0, None, 1),
    Fault("announced as text", [raw(HEAD + b"Content-Length: many\r\n\r\n" + BODY)], 0, None, 1),
    Fault("announced as negative", [raw(HEAD + b"Content-Length: -1\r\n\r\n" + BODY)], 0, None, 1),
    Fault("chunks", [raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n20\r\n" + BODY + b"\r\n0\r\n\r\n")], 0, None, 1),
    Fault(
        "a body of five megabytes",
        [http(200, {"Models": [{"ModelName": "m"}], "Unknown": "x" * 5_000_000})],
        0,
        None,
        1,
    ),
    Fault("an empty body", [http(200)], 0, None, 1),
    Fault("no content", [raw(b"HTTP/1.1 204 No Content\r\n\r\n")], 0, None, 1),
    # Time.
    Fault("silence", [Reply((3.0,))], 255, 'Read timeout on endpoint URL: "{URL}/"', 1, options=QUICK, environ=ONCE),
    Fault(
        "silence after the headers",
        [raw(HEAD + b"Content-Length: 32\r\n\r\n", 3.0)],
        255,
        'Read timeout on endpoint URL: "{URL}/"',
        1,
        options=QUICK,
        environ=ONCE,
    ),
    Fault(
        "silence within the body",
        [raw(HEAD + b"Content-Length: 32\r\n\r\n" + BODY[:9], 3.0, BODY[9:])],
        255,
        'Read timeout on endpoint URL: "{URL}/"',
        1,
        options=QUICK,
        environ=ONCE,
    ),
    Fault("silence, then well", [Reply((3.0,)), GOOD], 0, None, 2, options=QUICK),
    Fault(
        "a slow drip that keeps the time",
        [raw(*(part for byte in HEAD + b"\r\n" + BODY for part in (bytes([byte]), 0.005)))],
        0,
        None,
        1,
        options=QUICK,
    ),
    # Other answers than a result.
    Fault(
        "continue first",
        [raw(b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"Content-Length: 32\r\n\r\n" + BODY)],
        0,
        None,
        1,
    ),
    Fault(
        "early hints first",
        [raw(b"HTTP/1.1 103 Early Hints\r\n\r\n" + HEAD + b"Content-Length: 32\r\n\r\n" + BODY)],
        0,
        None,
        1,
    ),
    Fault("moved permanently", [http(301, b"", ELSEWHERE)], 254, service("301", ""), 1),
    Fault("found elsewhere", [http(302, b"", ELSEWHERE)], 254, service("302", ""), 1),
    Fault("see other", [http(303, b"", ELSEWHERE)], 254, service("303", ""), 1),
    Fault("not modified", [raw(b"HTTP/1.1 304 Not Modified\r\n\r\n")], 254, service("304", ""), 1),
    Fault("temporary redirect", [http(307, b"", ELSEWHERE)], 254, service("307", ""), 1),
    Fault(
        "permanent redirect", [http(308, {"message": "over there"}, ELSEWHERE)], 254, service("308", "over there"), 1
    ),
    Fault("multiple choices", [http(300, {"message": "choose"}, ELSEWHERE)], 254, service("Unknown", "Unknown"), 1),
    # The client's fault.
    Fault("validation", [failure(400, "ValidationException")], 254, service("ValidationException", "told so"), 1),
    Fault("no message", [http(400, {"__type": "ValidationException"})], 254, service("ValidationException", ""), 1),
    Fault("no code", [http(400, {"message": "told so"})], 254, service("400", "told so"), 1),
    Fault("no access", [failure(403, "AccessDeniedException")], 254, service("AccessDeniedException", "told so"), 1),
    Fault(
        "not found, in HTML",
        [http(404, b"<html>nothing here</html>")],
        254,
        service("404", "<html>nothing here</html>"),
        1,
    ),
    Fault("method not allowed", [http(405)], 254, service("405", ""), 1),
    Fault("conflict", [failure(409, "ConflictException")], 254, service("ConflictException", "told so"), 1),
    Fault("too large, in text", [http(413, b"too large")], 254, service("413", "too large"), 1),
    Fault(
        "expired token", [failure(403, "ExpiredTokenException")], 254, service("ExpiredTokenException", "told so"), 1
    ),
    Fault(
        "bad signature",
        [failure(403, "InvalidSignatureException")],
        254,
        service("InvalidSignatureException", "told so"),
        1,
    ),
    Fault(
        "clock skew",
        [failure(403, "RequestTimeTooSkewed", headers=("Date: Tue, 14 Nov 2023 22:13:20 GMT",))],
        254,
        service("RequestTimeTooSkewed", "told so"),
        1,
    ),
    Fault("request expired", [failure(400, "RequestExpired")], 254, service("RequestExpired", "told so"), 1),
    Fault("quota", [failure(400, "ResourceLimitExceeded")], 254, service("ResourceLimitExceeded", "told so"), 1),
    Fault("too many, without a code", [http(429)], 254, service("429", ""), 1),
    # Worth another try.
    Fault(
        "throttled", [failure(400, "ThrottlingException")], 254, service("ThrottlingException", "told so", GIVEN_UP), 3
    ),
    Fault(
        "throttled as too many",
        [failure(429, "TooManyRequestsException")],
        254,
        service("TooManyRequestsException", "told so", GIVEN_UP),
        3,
    ),
    Fault("throttled once, then well", [failure(400, "Throttling"), GOOD], 0, None, 2),
    Fault(
        "throttled, then refused",
        [failure(400, "ThrottlingException"), failure(400, "ValidationException")],
        254,
        service("ValidationException", "told so"),
        2,
    ),
    Fault("request timeout", [failure(408, "RequestTimeout")], 254, service("RequestTimeout", "told so", GIVEN_UP), 3),
    Fault(
        "limit exceeded",
        [failure(400, "RequestLimitExceeded")],
        254,
        service("RequestLimitExceeded", "told so", GIVEN_UP),
        3,
    ),
    Fault("internal error", [failure(500, "InternalFailure")], 254, service("InternalFailure", "told so", GIVEN_UP), 3),
    Fault("internal error without a word", [http(500)], 254, service("500", "Internal Server Error", GIVEN_UP), 3),
    Fault("bad gateway", [http(502, b"<html>bad gateway</html>")], 254, service("502", "Bad Gateway", GIVEN_UP), 3),
    Fault("unavailable", [http(503)], 254, service("503", "Service Unavailable", GIVEN_UP), 3),
    Fault("unavailable twice, then well", [http(503), http(503), GOOD], 0, None, 3),
    Fault(
        "unavailable, one attempt",
        [http(503)],
        254,
        "An error occurred (503) when calling the ListModels operation (reached max retries: 0): Service Unavailable",
        1,
        environ=ONCE,
    ),
    Fault("gateway timeout, in text", [http(504, b"upstream")], 254, service("504", "upstream", GIVEN_UP), 3),
    Fault("not implemented", [http(501)], 254, service("501", "Not Implemented"), 1),
    Fault("version not supported", [http(505)], 254, service("505", "HTTP Version Not Supported"), 1),
    Fault("an unknown status", [http(520)], 254, service("520", ""), 1),
    Fault(
        "unavailable on the second page",
        [http(200, {**OK, "NextToken": "t"}), http(503)],
        254,
        service("503", "Service Unavailable", GIVEN_UP),
        4,
    ),
    # A result that is none.
    Fault("not JSON", [http(200, b"<html>hello</html>")], 0, None, 1),
    Fault("half a document", [http(200, BODY[:20])], 0, None, 1),
    Fault("a byte order mark", [http(200, b"\xef\xbb\xbf" + BODY)], 0, None, 1),
    Fault(
        "not UTF-8",
        [http(200, b'{"Models": "\xff"}')],
        255,
        "'utf-8' codec can't decode byte 0xff in position 12: invalid start byte",
        1,
    ),
    Fault(
        "compressed",
        [http(200, gzip.compress(BODY, mtime=0), ("Content-Encoding: gzip",))],
        255,
        "'utf-8' codec can't decode byte 0x8b in position 1: invalid start byte",
        1,
    ),
    Fault("a list", [http(200, [])], 255, "'list' object has no attribute 'get'", 1),
    Fault("null", [http(200, b"null")], 255, "'NoneType' object has no attribute 'update'", 1),
    Fault("a number", [http(200, 5)], 255, "'int' object has no attribute 'get'", 1),
    Fault("a string", [http(200, "x")], 255, "'str' object has no attribute 'get'", 1),
    Fault("a number for the list", [http(200, {"Models": 5})], 255, "'int' object is not iterable", 1),
    Fault("a string in the list", [http(200, {"Models": ["m"]})], 255, "'str' object has no attribute 'get'", 1),
    Fault(
        "a time that is none",
        [http(200, {"Models": [{"CreationTime": "whenever"}]})],
        255,
        'Invalid timestamp "whenever": Unknown string format: whenever',
        1,
    ),
    Fault(
        "a time without end",
        [http(200, {"Models": [{"CreationTime": 1e18}]})],
        255,
        'Unable to calculate correct timezone offset for "1e+18"',
        1,
    ),
    Fault(
        "nested too deep",
        [http(200, b"[" * 100_000)],
        255,
        "maximum recursion depth exceeded while decoding a JSON array from a unicode string",
        1,
    ),
    Fault(
        "the same page token for ever",
        [http(200, {**OK, "NextToken": "t"})],
        255,
        "Error during pagination: The same next token was received twice: {'NextToken': 't'}",
        2,
    ),
    Fault("an error that is no object", [http(400, [])], 255, "'list' object has no attribute 'get'", 1),
    Fault(
        "an error not in UTF-8",
        [http(400, b"\xff")],
        255,
        "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
        1,
    ),
    # On the way.
    Fault("the proxy refuses", [http(403)], 255, 'Failed to connect to proxy URL: "{URL}"', 3, environ=PROXIED),
    Fault(
        "the proxy wants a password", [http(407)], 255, 'Failed to connect to proxy URL: "{URL}"', 3, environ=PROXIED
    ),
    Fault(
        "the proxy hangs up",
        [raw()],
        255,
        'Connection was closed before we received a valid response from endpoint URL: "https://sagemaker.test/".',
        3,
        environ=PROXIED,
    ),
    Fault(
        "the proxy talks nonsense",
        [raw(b"hello\r\n\r\n")],
        255,
        'Connection was closed before we received a valid response from endpoint URL: "https://sagemaker.test/".',
        3,
        environ=PROXIED,
    ),
    # Transport security.
    Fault(
        "an unknown authority",
        [GOOD],
        255,
        REFUSED + "unable to get local issuer certificate (_ssl.c)",
        3,
        tls="good",
    ),
    Fault("the authority is named", [GOOD], 0, None, 1, options=("--ca-bundle", "{CA}"), tls="good"),
    Fault("the authority is in the environment", [GOOD], 0, None, 1, environ={"AWS_CA_BUNDLE": "{CA}"}, tls="good"),
    Fault(
        "an expired certificate",
        [GOOD],
        255,
        REFUSED + "certificate has expired (_ssl.c)",
        3,
        options=("--ca-bundle", "{CA}"),
        tls="expired",
    ),
    Fault(
        "another host's certificate",
        [GOOD],
        255,
        "SSL validation failed for {URL}/ hostname '127.0.0.1' doesn't match 'example.test'",
        3,
        options=("--ca-bundle", "{CA}"),
        tls="stranger",
    ),
    Fault(
        "nothing is verified",
        [GOOD],
        0,
        "InsecureRequestWarning: Unverified HTTPS request is being made to host '127.0.0.1'",
        1,
        options=("--no-verify-ssl",),
        tls="good",
    ),
    Fault(
        "a bundle that is not there",
        [GOOD],
        255,
        "SSL validation failed for {URL}/ [Errno 2] No such file or directory",
        3,
        options=("--ca-bundle", "/nowhere/ca.pem"),
        tls="good",
    ),
    Fault(
        "a bundle without certificates",
        [GOOD],
        255,
        "SSL validation failed for {URL}/ [X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl found (_ssl.c)",
        3,
        options=("--ca-bundle", "/dev/null"),
        tls="good",
    ),
    Fault(
        "no TLS behind https",
        [Reply((b"hello\r\n",), "close", early=True)],
        255,
        BARE + "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c)",
        3,
        options=("--endpoint-url", "https://127.0.0.1:{PORT}"),
    ),
    Fault(
        "closed in the handshake",
        [Reply((0.05,), "close", early=True)],
        255,
        BARE + "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol (_ssl.c)",
        3,
        options=("--endpoint-url", "https://127.0.0.1:{PORT}"),
    ),
]
