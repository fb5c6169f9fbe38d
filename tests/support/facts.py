"""What a command did, reduced to facts that are the same in every run.

Ports, folders, dates, signatures and generated identifiers vary; they are replaced by their name in
braces. A signature is not compared but checked: it must be the one the request's content calls for.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import TYPE_CHECKING, Any

from tests.support.stage import SECRET_KEY, Stage

if TYPE_CHECKING:
    from tests.support.endpoint_server import Request
    from tests.support.program import Outcome

Facts = dict[str, Any]

#: Secret keys of the access keys that cases name in files, roles and credential programs.
SECRETS = {"AKFILE": "secretfile", "AKDEV": "secretdev", "AKPROC": "s", "ASIAROLE": "s", "AKECS": "s", "AKBASE": "sb"}

UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
SESSION = re.compile(r"botocore-session-\d+")
SIGNATURE = re.compile(r"Signature=[0-9a-f]{64}")
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
LIBRARY = re.compile(r"^\S+/(?=dateutil/)", re.MULTILINE)
VERSION_LINE = re.compile(r"^aws-cli/2\.\S+ .*$", re.MULTILINE)
AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]*)/(?P<scope>(?P<date>\d+)/(?P<region>[^/]*)/(?P<service>[^/]*)"
    r"/aws4_request), SignedHeaders=(?P<names>[^,]*), Signature=(?P<signature>\w+)"
)

#: Fact -> request header it is taken from.
HEADERS = {
    "target": "x-amz-target",
    "content_type": "content-type",
    "token": "x-amz-security-token",
    "sdk_request": "amz-sdk-request",
}


def facts(stage: Stage, outcome: Outcome, requests: list[Request]) -> Facts:
    """``rc``, ``stdout``, ``stderr`` and ``requests``, comparable with a recorded expectation."""
    return {
        "rc": outcome.code,
        "stdout": tidy(stage, outcome.stdout),
        "stderr": tidy(stage, outcome.stderr),
        "requests": [request_facts(stage, request) for request in requests],
    }


def tidy(stage: Stage, text: str) -> str:
    """``text`` with a name in place of whatever differs from run to run."""
    address = stage.url.removeprefix("http://")
    places = {
        str(stage.work): "{CWD}",
        str(stage.home): "{HOME}",
        stage.url: "{ENDPOINT}",
        address: "{HOSTPORT}",
        f"port={address.rpartition(':')[2]}": "port={PORT}",
    }
    for place, name in places.items():
        text = text.replace(place, name)
    text = ADDRESS.sub("0xADDR", text)
    text = SIGNATURE.sub("Signature=*", text)
    text = LIBRARY.sub("", text)
    text = SESSION.sub("botocore-session-{TIME}", text)
    text = VERSION_LINE.sub("aws-cli/2 {VERSIONS}", text)
    return UUID4.sub("<UUID4>", text)


def request_facts(stage: Stage, request: Request) -> Facts:
    """One request: how it was addressed, who signed it, what it said. Absent facts are left out."""
    headers = request["headers"]
    found: Facts = {"method": request["method"], "path": request["path"].replace(stage.url, "{ENDPOINT}")}
    found |= {fact: headers[name] for fact, name in HEADERS.items() if name in headers}
    if headers.get("authorization"):
        found["authorization"] = re.sub(r"/\d{8}/", "/DATE/", headers["authorization"])
        found["authorization"] = re.sub(r"Signature=[0-9a-f]+", "Signature=*", found["authorization"])
    signed = AUTHORIZATION.fullmatch(headers.get("authorization", ""))
    if signed:
        found["signature"] = "valid" if signed["signature"] == signature(request, signed) else "invalid"
    body = said(stage, request["body"])
    if body is not None:
        found["body"] = body
    return found


def said(stage: Stage, body: str) -> Any:
    """A request's body as JSON where it is JSON, else as text; None for an empty one."""
    try:
        return json.loads(UUID4.sub("<UUID4>", body)) if body else None
    except ValueError:
        return tidy(stage, body)


def signature(request: Request, signed: re.Match[str]) -> str:
    """The Signature Version 4 that ``request`` must carry, in hexadecimal."""
    key = b"AWS4" + SECRETS.get(signed["key"], SECRET_KEY).encode()
    for step in (signed["date"], signed["region"], signed["service"], "aws4_request"):
        key = hmac.digest(key, step.encode(), "sha256")
    canonical = hashlib.sha256(canonical_request(request, signed["names"]).encode()).hexdigest()
    stamp = request["headers"].get("x-amz-date", "")
    text = "\n".join(("AWS4-HMAC-SHA256", stamp, signed["scope"], canonical))
    return hmac.digest(key, text.encode(), "sha256").hex()


def canonical_request(request: Request, names: str) -> str:
    """The canonical form of ``request`` over the headers ``names``, which are joined by semicolons."""
    path, _, query = request["path"].partition("?")
    headers = [f"{name}:{' '.join(request['headers'].get(name, '').split())}" for name in names.split(";")]
    payload = hashlib.sha256(request["body"].encode("utf-8", "surrogateescape")).hexdigest()
    return "\n".join([request["method"], path or "/", query, *headers, "", names, payload])
