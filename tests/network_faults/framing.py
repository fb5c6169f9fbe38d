"""Answers whose bytes are not what HTTP or JSON promise."""

from __future__ import annotations

import gzip
import zlib

from tests.network_faults.faulty import http, raw
from tests.network_faults.table import BODY, CLOSED, HEAD, OK, Fault

FAULTS = [
    Fault("an answer of HTTP 1.0", [raw(b"HTTP/1.0 200 OK\r\nContent-Length: 32\r\n\r\n" + BODY)], 0, None, 1),
    Fault("an answer of HTTP 1.0 without a length", [raw(b"HTTP/1.0 200 OK\r\n\r\n" + BODY)], 0, None, 1),
    Fault("no status line, only a document", [raw(BODY)], 255, CLOSED, 3),
    Fault("a frame of HTTP 2", [raw(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18))], 255, CLOSED, 3),
    Fault(
        "a version that does not exist", [raw(b"HTTP/9.9 200 OK\r\nContent-Length: 32\r\n\r\n" + BODY)], 255, CLOSED, 3
    ),
    Fault("no reason in the status line", [raw(b"HTTP/1.1 200\r\nContent-Length: 32\r\n\r\n" + BODY)], 0, None, 1),
    Fault("lines that end in line feeds alone", [raw(b"HTTP/1.1 200 OK\nContent-Length: 32\n\n" + BODY)], 0, None, 1),
    Fault("a header in two lines", [raw(HEAD + b"X-Long: a\r\n b\r\nContent-Length: 32\r\n\r\n" + BODY)], 0, None, 1),
    Fault(
        "two lengths that differ",
        [raw(HEAD + b"Content-Length: 32\r\nContent-Length: 9\r\n\r\n" + BODY)],
        255,
        "An HTTP Client raised an unhandled exception: Content-Length contained multiple unmatching values (32, 9)",
        3,
    ),
    Fault(
        "two lengths that agree", [raw(HEAD + b"Content-Length: 32\r\nContent-Length: 32\r\n\r\n" + BODY)], 0, None, 1
    ),
    Fault(
        "a length and chunks",
        [raw(HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n" + BODY + b"\r\n0\r\n\r\n")],
        0,
        None,
        1,
    ),
    Fault(
        "a chunk with an extension",
        [raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n20;a=b\r\n" + BODY + b"\r\n0\r\n\r\n")],
        0,
        None,
        1,
    ),
    Fault(
        "chunks with a trailer",
        [raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n20\r\n" + BODY + b"\r\n0\r\nX-Sum: 1\r\n\r\n")],
        0,
        None,
        1,
    ),
    Fault(
        "chunks without an end",
        [raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n20\r\n" + BODY + b"\r\n")],
        255,
        CLOSED,
        3,
    ),
    Fault(
        "a chunk that is longer than it says",
        [raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\n" + BODY + b"\r\n0\r\n\r\n")],
        255,
        CLOSED,
        3,
    ),
    Fault("an unknown transfer encoding", [raw(HEAD + b"Transfer-Encoding: gzip\r\n\r\n" + BODY)], 0, None, 1),
    Fault(
        "compressed by another method",
        [http(200, zlib.compress(BODY), ("Content-Encoding: deflate",))],
        255,
        "'utf-8' codec can't decode byte 0x9c in position 1: invalid start byte",
        1,
    ),
    Fault("said to be compressed, but plain", [http(200, BODY, ("Content-Encoding: gzip",))], 0, None, 1),
    Fault(
        "compressed, and cut off",
        [http(200, gzip.compress(BODY, mtime=0)[:20], ("Content-Encoding: gzip",))],
        255,
        "'utf-8' codec can't decode byte 0x8b in position 1: invalid start byte",
        1,
    ),
    Fault("an unknown content encoding", [http(200, BODY, ("Content-Encoding: br",))], 0, None, 1),
    Fault("said to be HTML", [http(200, BODY, ("Content-Type: text/html",))], 0, None, 1),
    Fault(
        "another character set",
        [http(200, BODY.decode().encode("utf-16"), ("Content-Type: application/json; charset=utf-16",))],
        255,
        "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
        1,
    ),
    Fault("a zero byte in a header", [raw(HEAD + b"X-Bad: a\x00b\r\nContent-Length: 32\r\n\r\n" + BODY)], 0, None, 1),
    Fault(
        "a header that is no text", [raw(HEAD + b"X-Bad: \xff\xfe\r\nContent-Length: 32\r\n\r\n" + BODY)], 0, None, 1
    ),
    Fault("a header without a name", [raw(HEAD + b": nobody\r\nContent-Length: 32\r\n\r\n" + BODY)], 0, None, 1),
    Fault(
        "continue, again and again",
        [raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 50 + HEAD + b"Content-Length: 32\r\n\r\n" + BODY)],
        0,
        None,
        1,
    ),
    Fault("continue, and nothing more", [raw(b"HTTP/1.1 100 Continue\r\n\r\n")], 255, CLOSED, 3),
    Fault("switching protocols", [raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n")], 0, None, 1),
    Fault("accepted", [http(202, OK)], 0, None, 1),
    Fault("reset content", [raw(b"HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n")], 0, None, 1),
    Fault("partial content", [http(206, OK, ("Content-Range: bytes 0-31/100",))], 0, None, 1),
    Fault("several statuses", [http(207, OK)], 0, None, 1),
    Fault("a status of four digits", [raw(b"HTTP/1.1 2000 OK\r\nContent-Length: 32\r\n\r\n" + BODY)], 255, CLOSED, 3),
    Fault(
        "a status of six hundred", [http(600)], 254, "An error occurred (600) when calling the ListModels operation:", 1
    ),
    Fault(
        "bytes after the answer",
        [raw(HEAD + b"Content-Length: 32\r\n\r\n" + BODY + b"and more", end="keep")],
        0,
        None,
        1,
    ),
    Fault("a cookie that is no cookie", [http(200, OK, ("Set-Cookie: ;;;===",))], 0, None, 1),
    Fault(
        "a hundred thousand spaces around the document", [http(200, b" " * 100_000 + BODY + b" " * 100_000)], 0, None, 1
    ),
    Fault("two documents", [http(200, BODY + BODY)], 0, None, 1),
    Fault("a document in single quotes", [http(200, b"{'Models': []}")], 0, None, 1),
    Fault("a member twice", [http(200, b'{"Models": [], "Models": [{"ModelName": "m"}]}')], 0, None, 1),
    Fault(
        "half a surrogate",
        [http(200, b'{"Models": [{"ModelName": "\\ud800"}]}')],
        255,
        "'utf-8' codec can't encode character '\\ud800' in position 7: surrogates not allowed",
        1,
    ),
    Fault("null for the list", [http(200, {"Models": None})], 0, None, 1),
    Fault(
        "an object for the list",
        [http(200, {"Models": {"ModelName": "m"}})],
        255,
        "'str' object has no attribute 'get'",
        1,
    ),
    Fault("a list for a string", [http(200, {"Models": [{"ModelName": ["m"]}]})], 0, None, 1),
    Fault("null in the list", [http(200, {"Models": [None]})], 0, None, 1),
]
