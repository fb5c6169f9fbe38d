"""The credential chain: who wins, what is said, what is kept for the next command."""

from __future__ import annotations

import hashlib
import json
import stat
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.errors import AwsShadowError, ConfigurationError, ServiceError
from tests.call.served import Reply

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.call.served import Connect, Endpoint

ROLE = "[default]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base\n"
BASE = "[profile base]\naws_access_key_id = AKBASE\naws_secret_access_key = sb\n"
CACHE_NAME = hashlib.sha1(b'{"RoleArn": "arn:aws:iam::123456789012:role/x"}').hexdigest() + ".json"
STATIC = "[default]\naws_access_key_id = {0}\naws_secret_access_key = s\n"
LATER = "2037-01-01T00:00:00Z"


def sts(action: str) -> Reply:
    body = (
        f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>'
        "<AssumedRoleUser><AssumedRoleId>A:s</AssumedRoleId>"
        "<Arn>arn:aws:sts::123456789012:assumed-role/x/s</Arn></AssumedRoleUser>"
        "<Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
        f"<SessionToken>tok</SessionToken><Expiration>{LATER}</Expiration></Credentials>"
        f"</{action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{action}Response>"
    )
    return Reply(body=body, headers={"Content-Type": "text/xml"})


DENIED = Reply(
    403,
    '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>'
    "<Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>",
    {"Content-Type": "text/xml"},
)


@pytest.fixture
def home(environ: pytest.MonkeyPatch, endpoint: Endpoint, tmp_path: Path) -> Callable[..., None]:
    """Lay files into ``~/.aws``; no credentials stand in the environment then."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        environ.delenv(name)
    for name in ("AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_SSO"):
        environ.setenv(name, endpoint.url)

    def lay(**files: str) -> None:
        for name, text in files.items():
            path = tmp_path / ".aws" / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    return lay


def signer(wire: Connect, endpoint: Endpoint, **options: Any) -> str:
    """The access key that the request to the service was signed with."""
    wire("describe-endpoint", **options).call({"EndpointName": "x"})
    return (endpoint.header("authorization")[-1] or "").partition("Credential=")[2].partition("/")[0]


CHAIN = [
    ({"config": STATIC.format("AKCONFIG")}, "AKCONFIG"),
    ({"config": STATIC.format("AKCONFIG"), "credentials": STATIC.format("AKFILE")}, "AKFILE"),
    ({"config": "[default]\ncredential_process = false\n", "credentials": STATIC.format("AKFILE")}, "AKFILE"),
    (
        {
            "config": STATIC.format("AKCONFIG")
            + "credential_process = printf "
            + """'{"Version":1,"AccessKeyId":"AKPROC","SecretAccessKey":"s"}'\n"""
        },
        "AKPROC",
    ),
]


@pytest.mark.parametrize(("files", "key"), CHAIN)
def test_order(wire: Connect, endpoint: Endpoint, home: Callable[..., None], files: dict[str, str], key: str) -> None:
    home(**files)
    assert signer(wire, endpoint) == key


@pytest.mark.parametrize(("profile", "key"), [(None, "AKIDEXAMPLE"), ("default", "AKCONFIG")])
def test_only_the_option_beats_the_environment(
    wire: Connect,
    endpoint: Endpoint,
    home: Callable[..., None],
    environ: pytest.MonkeyPatch,
    profile: str | None,
    key: str,
) -> None:
    home(config=STATIC.format("AKCONFIG"))
    environ.setenv("AWS_PROFILE", "default")
    environ.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    environ.setenv("AWS_SECRET_ACCESS_KEY", "s")
    assert signer(wire, endpoint, profile=profile) == key


def test_nothing_found_is_told_when_signing(wire: Connect, home: Callable[..., None]) -> None:
    home()
    connected = wire("describe-endpoint")
    with pytest.raises(ConfigurationError) as caught:
        connected.call({"EndpointName": "x"})
    assert caught.value.code == "NoCredentials"
    assert caught.value.message == (
        'Unable to locate credentials. You can configure credentials by running "aws login".'
    )


@pytest.mark.parametrize(
    ("config", "text"),
    [
        (
            "[default]\naws_access_key_id = A\n",
            "Partial credentials found in config-file, missing: aws_secret_access_key",
        ),
        (
            "[default]\nrole_arn = arn:aws:iam::1:role/x\n",
            "Partial credentials found in assume-role, missing: source_profile or credential_source",
        ),
        (
            "[default]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = zz\n",
            'The source_profile "zz" referenced in the profile "default" does not exist.',
        ),
        (
            "[default]\nrole_arn = arn:aws:iam::1:role/x\ncredential_source = Bogus\n",
            'The credential source "Bogus" referenced in profile "default" is not valid.',
        ),
        (
            "[default]\ncredential_process = sh -c 'echo boom >&2; exit 3'\n",
            "Error when retrieving credentials from custom-process: boom\n",
        ),
        (
            "[default]\nsso_account_id = 1\n",
            (
                'The profile "default" is configured to use SSO but is missing required configuration: '
                "sso_role_name, sso_start_url, sso_region"
            ),
        ),
        (
            "[default]\nsso_start_url = u\nsso_region = r\nsso_account_id = 1\nsso_role_name = x\n",
            "Error loading SSO Token: Token for u does not exist",
        ),
        (
            "[default]\nlogin_session = arn:x\n",
            (
                "Error loading login session token: Unable to load a existing login session for session arn:x, "
                "Please reauthenticate with 'aws login'."
            ),
        ),
    ],
    ids=range(8),
)
def test_complaints(wire: Connect, home: Callable[..., None], config: str, text: str) -> None:
    home(config=config)
    with pytest.raises(AwsShadowError) as caught:
        wire("describe-endpoint").call({"EndpointName": "x"})
    assert caught.value.message == text
    assert caught.value.exit_code == 255


def test_role_is_assumed_once_and_kept(
    wire: Connect, endpoint: Endpoint, home: Callable[..., None], tmp_path: Path
) -> None:
    home(config=ROLE + BASE)
    endpoint.replies = [sts("AssumeRole"), Reply()]
    assert signer(wire, endpoint) == "ASIAROLE"
    assert signer(wire, endpoint) == "ASIAROLE"
    assert len(endpoint.seen) == 3
    assert endpoint.header("amz-sdk-request") == ["attempt=1"] * 3
    kept = tmp_path / ".aws" / "cli" / "cache" / CACHE_NAME
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    credentials = json.loads(kept.read_text())["Credentials"]
    assert credentials["Expiration"] == "2037-01-01T00:00:00+00:00"
    assert credentials["AccountId"] == "123456789012"


def test_kept_role_needs_no_request(wire: Connect, endpoint: Endpoint, home: Callable[..., None]) -> None:
    kept = {"AccessKeyId": "AKKEPT", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": LATER}
    home(config=ROLE + BASE, **{f"cli__cache__{CACHE_NAME}": json.dumps({"Credentials": kept})})
    assert signer(wire, endpoint) == "AKKEPT"
    assert len(endpoint.seen) == 1


def test_damaged_cache_is_not_refreshed(wire: Connect, home: Callable[..., None]) -> None:
    home(config=ROLE + BASE, **{f"cli__cache__{CACHE_NAME}": "{"})
    with pytest.raises(AwsShadowError) as caught:
        wire("describe-endpoint").call({"EndpointName": "x"})
    assert caught.value.message == repr(CACHE_NAME.removesuffix(".json"))


def test_refusal_to_assume_is_a_service_error(wire: Connect, endpoint: Endpoint, home: Callable[..., None]) -> None:
    home(config=ROLE + BASE)
    endpoint.replies = [DENIED]
    with pytest.raises(
        ServiceError, match=r"^An error occurred \(AccessDenied\) when calling the AssumeRole operation"
    ):
        wire("describe-endpoint").call({"EndpointName": "x"})


def test_web_identity(
    wire: Connect,
    endpoint: Endpoint,
    home: Callable[..., None],
    environ: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    home(token="TOKEN")
    environ.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / ".aws" / "token"))
    environ.setenv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x")
    endpoint.replies = [sts("AssumeRoleWithWebIdentity"), Reply()]
    assert signer(wire, endpoint) == "ASIAROLE"
    assert endpoint.header("authorization")[0] is None
    assert b"WebIdentityToken=TOKEN" in endpoint.seen[0].body


def test_sso(
    wire: Connect,
    endpoint: Endpoint,
    home: Callable[..., None],
    environ: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    folder = tmp_path / ".aws" / "sso" / "cache"
    environ.setattr("botocore.credentials.SSOProvider._SSO_TOKEN_CACHE_DIR", str(folder))
    token = {"startUrl": "u", "region": "us-east-1", "accessToken": "at", "expiresAt": LATER}
    name = hashlib.sha1(b"u").hexdigest()
    home(
        config="[default]\nsso_start_url = u\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = x\n",
        **{f"sso__cache__{name}.json": json.dumps(token)},
    )
    role = {"accessKeyId": "AKSSO", "secretAccessKey": "s", "sessionToken": "t", "expiration": 2114380800000}
    endpoint.replies = [Reply(body=json.dumps({"roleCredentials": role})), Reply()]
    assert signer(wire, endpoint) == "AKSSO"
    assert endpoint.header("x-amz-sso_bearer_token")[0] == "at"


@pytest.mark.parametrize(("year", "key"), [("2037", "AKLOGIN"), ("2017", None)])
def test_login_session(
    wire: Connect, endpoint: Endpoint, home: Callable[..., None], year: str, key: str | None
) -> None:
    keys = {"accessKeyId": "AKLOGIN", "secretAccessKey": "s", "sessionToken": "t", "accountId": "1"}
    token = {
        "accessToken": {**keys, "expiresAt": LATER.replace("2037", year)},
        "refreshToken": "r",
        "dpopKey": "k",
        "clientId": "c",
    }
    name = hashlib.sha256(b"arn:x").hexdigest()
    home(config="[default]\nlogin_session = arn:x\n", **{f"login__cache__{name}.json": json.dumps(token)})
    if key:
        assert signer(wire, endpoint) == key
        return
    with pytest.raises(AwsShadowError):
        wire("describe-endpoint").call({"EndpointName": "x"})


def test_machine_supplies_region_and_credentials(
    wire: Connect, endpoint: Endpoint, home: Callable[..., None], environ: pytest.MonkeyPatch
) -> None:
    home()
    environ.delenv("AWS_EC2_METADATA_DISABLED")
    environ.delenv("AWS_DEFAULT_REGION")
    environ.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint.url)
    role = {"Code": "Success", "AccessKeyId": "AKEC2", "SecretAccessKey": "s", "Token": "t", "Expiration": LATER}
    bodies = ["tok", "eu-west-1a", "tok", "role", json.dumps(role), "{}"]
    endpoint.replies = [Reply(body=body) for body in bodies]
    assert signer(wire, endpoint) == "AKEC2"
    assert [seen.path for seen in endpoint.seen] == [
        "/latest/api/token",
        "/latest/meta-data/placement/availability-zone/",
        "/latest/api/token",
        "/latest/meta-data/iam/security-credentials/",
        "/latest/meta-data/iam/security-credentials/role",
        "/",
    ]
    assert "/eu-west-1/sagemaker/" in (endpoint.header("authorization")[-1] or "")
