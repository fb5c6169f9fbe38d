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
from tests.network_faults.provider_table import KEY, login_answer, login_token

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


def keys(endpoint: Endpoint) -> list[str]:
    """The access key of each request."""
    return [(value or "").partition("Credential=")[2].partition("/")[0] for value in endpoint.header("authorization")]


@pytest.mark.usefixtures("without_library")
@pytest.mark.parametrize("left", [1000, 200, 20])
def test_without_the_extra_a_session_is_used_while_it_lasts(
    wire: Connect, endpoint: Endpoint, lay: Callable[..., None], left: int
) -> None:
    lay(left)
    wire("describe-endpoint").call({"EndpointName": "x"})
    assert keys(endpoint) == ["ASIDLOGIN"]


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
    assert keys(endpoint) == ["ASIDLOGIN", "ASIAROLE", "ASIAROLE"]


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
    assert keys(endpoint) == ["", "ASIDNEXT"]


def pem(der: bytes) -> str:
    return f"-----BEGIN PRIVATE KEY-----\n{base64.b64encode(der).decode()}\n"


def test_a_key_in_either_form_is_read() -> None:
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        load_pem_private_key,
    )

    from awsshadow.call.proof import load_key

    key = load_pem_private_key(KEY.encode(), None)
    for form in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL):
        found = load_key(pem(key.private_bytes(Encoding.DER, form, NoEncryption())))
        assert found.private_numbers() == key.private_numbers()  # type: ignore[union-attr]
    assert load_key(KEY.replace("\n", "\r\n")).private_numbers() == load_key(KEY).private_numbers()


def test_keys_of_other_kinds_are_refused() -> None:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    from awsshadow.call.proof import load_key

    good = ec.generate_private_key(ec.SECP256R1())
    plain = (Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    whole = good.private_bytes(*plain)
    for der in (
        b"",
        whole[:-1],
        ec.generate_private_key(ec.SECP384R1()).private_bytes(*plain),
        ed25519.Ed25519PrivateKey.generate().private_bytes(*plain),
        good.private_bytes(Encoding.DER, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")),
        good.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    ):
        with pytest.raises(AwsShadowError, match="AWS_ERROR_CAL_MALFORMED_ASN1_ENCOUNTERED"):
            load_key(pem(der))
