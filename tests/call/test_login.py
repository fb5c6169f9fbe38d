"""Sessions of ``aws login`` where what renews them is not installed, and keys that are none."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import AwsShadowError, CredentialsError
from tests.call.served import Reply
from tests.call.test_credentials import sts
from tests.network_faults import keys
from tests.network_faults.provider_table import KEY, login_answer, login_token

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from awsshadow.call.dpop_key import DpopKey
    from tests.call.served import Connect, Endpoint

SESSION = "arn:aws:iam::123456789012:user/u"
NAME = hashlib.sha256(SESSION.encode()).hexdigest()
ROLE = "[default]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = middle\n"
MIDDLE = "[profile middle]\nrole_arn = arn:aws:iam::123456789012:role/y\nsource_profile = me\n"


@pytest.fixture
def lay(environ: pytest.MonkeyPatch, endpoint: Endpoint, tmp_path: Path) -> Callable[..., None]:
    """Lay a session of which so many seconds are left."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        environ.delenv(name)
    for name in ("STS", "SIGNIN"):
        environ.setenv(f"AWS_ENDPOINT_URL_{name}", endpoint.url)

    def lay(left: int, config: str = f"[default]\nlogin_session = {SESSION}\n") -> None:
        token = json.loads(login_token())
        ends = datetime.now(UTC) + timedelta(seconds=left)
        token["accessToken"]["expiresAt"] = ends.strftime("%Y-%m-%dT%H:%M:%SZ")
        for path, text in ((f"login/cache/{NAME}.json", json.dumps(token)), ("config", config)):
            (tmp_path / ".aws" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / ".aws" / path).write_text(text)

    return lay


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """cryptography is not installed."""
    for name in [n for n in sys.modules if n.partition(".")[0] == "cryptography"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "awsshadow.call.proof", raising=False)
    monkeypatch.setitem(sys.modules, "cryptography", None)


def access_keys(endpoint: Endpoint) -> list[str]:
    """The access key of each request."""
    return [(value or "").partition("Credential=")[2].partition("/")[0] for value in endpoint.header("authorization")]


@pytest.mark.usefixtures("without_library")
@pytest.mark.parametrize("left", [1000, 200, 20])
def test_without_the_extra_a_session_is_used_while_it_lasts(
    wire: Connect, endpoint: Endpoint, lay: Callable[..., None], left: int
) -> None:
    lay(left)
    wire("describe-endpoint").call({"EndpointName": "x"})
    assert access_keys(endpoint) == ["ASIDLOGIN"]


@pytest.mark.usefixtures("without_library")
def test_without_the_extra_the_end_is_an_error_that_names_it(
    wire: Connect, endpoint: Endpoint, lay: Callable[..., None]
) -> None:
    lay(-1)
    with pytest.raises(CredentialsError) as caught:
        wire("describe-endpoint").call({"EndpointName": "x"})
    assert caught.value.message == (
        "Your session has expired, and what renews it is not installed: pip install 'awsshadow[login]', "
        "or reauthenticate using 'aws login'."
    )
    assert (caught.value.kind, caught.value.exit_code) == ("login extra", 255)
    assert endpoint.seen == []


def test_a_role_of_a_role_of_a_session(wire: Connect, endpoint: Endpoint, lay: Callable[..., None]) -> None:
    lay(1000, f"{ROLE}{MIDDLE}[profile me]\nlogin_session = {SESSION}\n")
    endpoint.replies = [sts("AssumeRole"), sts("AssumeRole"), Reply()]
    wire("describe-endpoint").call({"EndpointName": "x"})
    assert access_keys(endpoint) == ["ASIDLOGIN", "ASIAROLE", "ASIAROLE"]


def test_a_loop_of_sources_is_an_error(wire: Connect, lay: Callable[..., None]) -> None:
    lay(1000, f"{ROLE}{MIDDLE.replace('= me', '= default')}")
    with pytest.raises(AwsShadowError, match=r"^Infinite loop in credential configuration detected"):
        wire("describe-endpoint").call({"EndpointName": "x"})


def sign_in(endpoint: Endpoint) -> None:
    endpoint.replies = [Reply(body=json.dumps(login_answer())), Reply()]


@pytest.mark.parametrize(
    ("function", "problem", "said"),
    [
        ("tempfile.mkstemp", OSError(13, "Permission denied", "/x/tmp1.tmp"), "[Errno 13] Permission denied: '{FILE}'"),
        ("os.fsync", OSError(28, "No space left on device"), "[Errno 28] No space left on device"),
        (
            "os.replace",
            OSError(13, "Permission denied", "/x/a", None, "/x/b"),
            "[Errno 13] Permission denied: '{FILE}'",
        ),
    ],
)
def test_a_session_that_cannot_be_kept_is_left_as_it_was(
    wire: Connect,
    endpoint: Endpoint,
    lay: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    function: str,
    problem: OSError,
    said: str,
) -> None:
    lay(-1)
    sign_in(endpoint)
    path = tmp_path / ".aws" / "login" / "cache" / f"{NAME}.json"
    before = path.read_bytes()
    connected = wire("describe-endpoint")

    def fail(*_: object, **__: object) -> None:
        raise problem

    module, _, name = function.partition(".")
    monkeypatch.setattr(f"awsshadow.call.login.{name}" if module == "tempfile" else function, fail)
    with pytest.raises(AwsShadowError) as caught:
        connected.call({"EndpointName": "x"})
    assert (caught.value.message, caught.value.exit_code) == (said.replace("{FILE}", str(path)), 255)
    assert path.read_bytes() == before
    assert [other.name for other in path.parent.iterdir()] == [path.name]


def test_a_session_that_ends_while_it_is_used_is_renewed(
    wire: Connect, endpoint: Endpoint, lay: Callable[..., None]
) -> None:
    lay(1000)
    connected = wire("describe-endpoint")
    connected.call({"EndpointName": "x"})
    endpoint.seen.clear()
    lay(100)
    sign_in(endpoint)
    connected._client._request_signer._credentials._expiry_time = datetime.now(UTC)
    connected.call({"EndpointName": "x"})
    assert access_keys(endpoint) == ["", "ASIDNEXT"]


def key_of(text: object) -> DpopKey:
    from awsshadow.call.dpop_key import load_key

    return load_key(text)


def test_a_key_in_either_form_is_the_same() -> None:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        load_pem_private_key,
    )

    key = load_pem_private_key(KEY.encode(), None)
    assert isinstance(key, EllipticCurvePrivateKey)
    numbers = key.private_numbers()
    wanted = (
        numbers.private_value,
        *(n.to_bytes(32, "big") for n in (numbers.public_numbers.x, numbers.public_numbers.y)),
    )
    for form in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL):
        assert key_of(keys.pem(key.private_bytes(Encoding.DER, form, NoEncryption())))[1:] == wanted
    assert key_of(KEY)[1:] == wanted


@pytest.mark.parametrize("curve", ["SECP256R1", "SECP384R1"])
def test_a_curve_is_what_others_say_it_is(curve: str) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    drawn = ec.generate_private_key(getattr(ec, curve)())
    numbers = drawn.private_numbers()
    found = key_of(keys.pem(drawn.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())))
    assert found.secret == numbers.private_value
    assert found.curve.has(numbers.public_numbers.x, numbers.public_numbers.y)
    assert not found.curve.has(numbers.public_numbers.x, numbers.public_numbers.y + 1)
    greatest = ec.derive_private_key(found.curve.order - 1, getattr(ec, curve)()).private_numbers().public_numbers
    assert greatest.x == ec.derive_private_key(1, getattr(ec, curve)()).private_numbers().public_numbers.x


def test_a_proof_names_no_public_key_where_there_is_none() -> None:
    from awsshadow.call.proof import proof

    token = proof(key_of(keys.pem(keys.KINDS["in PKCS 8 without a public one"])), "http://localhost/v1/token")
    head = json.loads(base64.urlsafe_b64decode(token.partition(".")[0] + "=="))
    assert head["jwk"] == {"kty": "EC", "x": "", "y": "", "crv": "P-256"}


@pytest.mark.usefixtures("without_library")
def test_a_damaged_key_needs_no_extra_to_be_told(wire: Connect, lay: Callable[..., None], tmp_path: Path) -> None:
    lay(-1)
    path = tmp_path / ".aws" / "login" / "cache" / f"{NAME}.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "dpopKey": keys.pem(keys.RSA)}))
    with pytest.raises(AwsShadowError, match="AWS_ERROR_CAL_UNSUPPORTED_KEY_FORMAT"):
        wire("describe-endpoint").call({"EndpointName": "x"})
