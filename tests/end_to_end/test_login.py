"""The session of ``aws login``: the request that renews it, what is left in its file, and two who renew it at once.

Where AWSSHADOW_REFERENCE names an AWS CLI, its request and its file are held to the same.
"""

from __future__ import annotations

import base64
import json
import os
import stat
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.call import served
from tests.end_to_end.launch import command, environ
from tests.network_faults.provider_table import KEY, LATER, LOGIN_CONFIG, LOGIN_FILE, login_answer, login_token
from tests.support.program import Command, Program, reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.endpoint import Endpoint
    from tests.support.stage import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs are forked, files have an owner")

PROGRAM = "AWSSHADOW_REFERENCE"
LIST = ["sagemaker", "list-models"]
#: The public half of the key of the tests, as base64 for URLs.
PUBLIC = {"x": "M2b_6U5Cg_1NVj2-Pprn0Mt_btb3rON7KYtwpINqc4U", "y": "qH548hxB-k34LTCZHubyFcev8sMluGG-E7noL0McFvI"}
BODY = (
    b'{"clientId": "arn:aws:signin:::devtools/same-device", "refreshToken": "wJal+canary/refresh+0123456789==", '
    b'"grantType": "refresh_token"}'
)
#: Headers that are not compared: who calls, with which library, when, and what is looked at by itself.
OWN = {"user-agent", "amz-sdk-invocation-id", "dpop", "host"}


@pytest.fixture(params=["awsshadow", pytest.param("reference", marks=pytest.mark.reference)])
def either(request: pytest.FixtureRequest, program: Program) -> Iterator[Program]:
    """The checkout, and the reference where there is one."""
    if request.param == "awsshadow":
        yield program
        return
    if PROGRAM not in os.environ:
        pytest.skip(f"{PROGRAM} names no AWS CLI")
    started = reference(os.environ[PROGRAM])
    yield started
    started.close()


@pytest.fixture
def session(stage: Stage) -> Path:
    """The file of a session that is over, of a profile that has nothing else."""
    return lay(stage)


def lay(stage: Stage, **members: object) -> Path:
    stage.set({"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None, "AWS_ENDPOINT_URL_SIGNIN": "{ENDPOINT}"})
    stage.lay(stage.home, {".aws/config": LOGIN_CONFIG, LOGIN_FILE: login_token(**members)})
    return stage.home / LOGIN_FILE


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_the_request_and_the_file(either: Program, endpoint: Endpoint, stage: Stage, session: Path) -> None:
    session.chmod(0o600)
    endpoint.script([{"body": json.dumps(login_answer()), "match": ""}, {"body": "{}", "match": "ListModels"}])
    before = int(time.time())
    done = either.run(Command(["aws", *LIST], stage.environ, stage.work))
    assert done.code == 0, done.stderr
    renewal, listing = endpoint.requests()
    assert (renewal["method"], renewal["path"], renewal["body"]) == ("POST", "/v1/token", BODY.decode())
    assert {name: value for name, value in renewal["headers"].items() if name not in OWN} == {
        "accept-encoding": "identity",
        "content-type": "application/json",
        "content-length": str(len(BODY)),
        "amz-sdk-request": "attempt=1",
    }
    check_proof(renewal["headers"]["dpop"], f"{stage.url}/v1/token", before)
    assert listing["headers"]["x-amz-security-token"] == login_answer()["accessToken"]["sessionToken"]
    check_file(session, before)


def check_proof(token: str, url: str, before: int) -> None:
    """A JSON web token with the public key, signed by the private one."""
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    head, claims, signature = token.split(".")
    jwk = {"kty": "EC", **PUBLIC, "crv": "P-256"}
    assert decoded(head).decode() == json.dumps({"typ": "dpop+jwt", "alg": "ES256", "jwk": jwk}, separators=(",", ":"))
    said = json.loads(decoded(claims))
    assert list(said) == ["htm", "htu", "iat", "jti"]
    assert (said["htm"], said["htu"]) == ("POST", url)
    assert before <= said["iat"] <= time.time()
    assert len(said["jti"]) == 36
    raw = decoded(signature)
    assert len(raw) == 64
    key = load_pem_private_key(KEY.encode(), None)
    assert isinstance(key, EllipticCurvePrivateKey)
    pair = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.public_key().verify(pair, f"{head}.{claims}".encode(), ECDSA(SHA256()))


def check_file(path: Path, before: int) -> None:
    """What was got has taken the place of what was there, and nothing else has changed."""
    text = path.read_text("ascii")
    kept: dict[str, Any] = json.loads(text)
    ends = datetime.fromisoformat(kept["accessToken"]["expiresAt"])
    assert before + 900 <= ends.timestamp() <= time.time() + 900
    answer = login_answer()
    expected = json.loads(login_token(refreshToken=answer["refreshToken"]))
    expected["accessToken"] = {
        **answer["accessToken"],
        "accountId": "123456789012",
        "expiresAt": ends.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    assert text == json.dumps(expected)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [other.name for other in path.parent.iterdir()] == [path.name]


def test_a_link_stays_one_and_a_file_open_to_others_is_closed(
    program: Program, endpoint: Endpoint, stage: Stage, session: Path
) -> None:
    elsewhere = stage.home / "kept.json"
    session.rename(elsewhere)
    elsewhere.chmod(0o644)
    session.symlink_to(elsewhere)
    endpoint.script([{"body": json.dumps(login_answer()), "match": ""}])
    assert program.run(Command(["aws", *LIST], stage.environ, stage.work)).code == 0
    assert session.is_symlink()
    assert json.loads(elsewhere.read_text())["accessToken"]["accessKeyId"] == "ASIDNEXT"
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o600


def test_a_session_that_lasts_loads_nothing_to_sign_with(endpoint: Endpoint, stage: Stage) -> None:
    ends = datetime.fromtimestamp(time.time() + 400, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    token = json.loads(login_token())
    lay(stage, accessToken={**token["accessToken"], "expiresAt": ends})
    endpoint.script([])
    script = (
        "import sys; from awsshadow.main import main; "
        f"sys.argv = ['awsshadow', *{LIST!r}]; code = main(); "
        "print(sorted({'awsshadow.call.login', 'awsshadow.call.proof', 'cryptography'} & set(sys.modules)), code)"
    )
    words = [sys.executable, "-c", script]
    done = subprocess.run(words, env=environ(stage), cwd=stage.work, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "['awsshadow.call.login'] 0", done.stderr
    assert len(endpoint.requests()) == 1


class SignIn(served.Endpoint):
    """A sign-in service, and the other one, that answers a renewal when ``due`` says so; ``due`` gives the reply."""

    def __init__(self, due: Callable[[int], served.Reply]) -> None:
        self._due = due
        self._count = 0
        self._lock = threading.Lock()
        super().__init__()

    def answer(self, door: Any) -> None:
        if door.path == "/v1/token":
            with self._lock:
                self._count += 1
                number = self._count
            reply = self._due(number)
            body = str(reply.body).encode()
            door.rfile.read(int(door.headers["Content-Length"]))
            door.send_response_only(reply.status)
            for name, value in {**reply.headers, "Content-Length": str(len(body))}.items():
                door.send_header(name, value)
            door.end_headers()
            door.wfile.write(body)
        else:
            super().answer(door)


def started(stage: Stage, service: SignIn) -> subprocess.Popen[bytes]:
    stage.set({"AWS_ENDPOINT_URL_SIGNIN": service.url, "AWS_ENDPOINT_URL_SAGEMAKER": service.url})
    words, pipe = command(LIST), subprocess.PIPE
    return subprocess.Popen(words, env=environ(stage), cwd=stage.work, stdout=pipe, stderr=pipe)


def renewed(number: int) -> str:
    token = f"{number}-nextrefresh-canary"
    return json.dumps({**login_answer(), "refreshToken": token})


def test_two_processes_renew_at_the_same_time(stage: Stage, session: Path) -> None:
    both = threading.Barrier(2, timeout=60)

    def due(number: int) -> served.Reply:
        both.wait()  # neither is answered before both have asked
        return served.Reply(body=renewed(number))

    service = SignIn(due)
    try:
        for process in [started(stage, service) for _ in range(2)]:
            _, said = process.communicate(timeout=60)
            assert process.returncode == 0, said
    finally:
        service.close()
    kept = json.loads(session.read_text())
    assert kept["accessToken"]["accessKeyId"] == "ASIDNEXT"
    assert kept["refreshToken"] in (json.loads(renewed(1))["refreshToken"], json.loads(renewed(2))["refreshToken"])
    assert [other.name for other in session.parent.iterdir()] == [session.name]


def test_who_is_refused_ends_although_another_has_renewed_the_session(stage: Stage, session: Path) -> None:
    refused = json.dumps({"error": "TOKEN_EXPIRED", "message": "used before"})
    by_another = login_token(accessToken={**json.loads(login_token())["accessToken"], "expiresAt": LATER})

    def due(number: int) -> served.Reply:
        session.write_text(by_another)  # meanwhile, before this answer
        return served.Reply(401, refused, {"x-amzn-ErrorType": "AccessDeniedException"})

    service = SignIn(due)
    try:
        process = started(stage, service)
        _, said = process.communicate(timeout=60)
    finally:
        service.close()
    assert process.returncode == 255
    assert said.decode().endswith(": [ERROR]: Your session has expired. Please reauthenticate using 'aws login'.\n")
    assert (service._count, session.read_text()) == (1, by_another)
