"""STS: who is calling, and credentials of roles."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from awsshadow.sandbox.serving.http_server import Server
    from tests.sandbox.services.conftest import Client

ROLE = "arn:aws:iam::999988887777:role/path/deploy"


def with_session(client: Client, credentials: dict[str, Any], service: str = "sts") -> Any:
    return client(
        service,
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
    )


def test_the_caller_is_of_the_account_that_resources_are_in(client: Client) -> None:
    said = client("sts").get_caller_identity()
    made = client("sagemaker").create_model(ModelName="m", ExecutionRoleArn=ROLE, PrimaryContainer={"Image": "i"})
    assert said["Account"] == made["ModelArn"].split(":")[4] == "123456789012"
    assert said["Arn"] == "arn:aws:iam::123456789012:user/sandbox"
    assert said["UserId"].startswith("AIDA")
    assert said["ResponseMetadata"]["RequestId"]


def test_a_partition_is_that_of_the_region(client: Client) -> None:
    assert client("sts", "cn-north-1").get_caller_identity()["Arn"].startswith("arn:aws-cn:iam::")
    assert client("sts", "us-gov-west-1").get_caller_identity()["Arn"].startswith("arn:aws-us-gov:iam::")


def test_a_role_that_was_assumed_is_who_calls_then(client: Client) -> None:
    made = client("sts").assume_role(RoleArn=ROLE, RoleSessionName="me@home", DurationSeconds=900)
    assert made["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/deploy/me@home"
    span = made["Credentials"]["Expiration"] - datetime.now(UTC)
    assert timedelta(seconds=840) < span <= timedelta(seconds=900)
    inside = with_session(client, made["Credentials"])
    said = inside.get_caller_identity()
    assert said["Arn"] == made["AssumedRoleUser"]["Arn"]
    assert said["UserId"] == made["AssumedRoleUser"]["AssumedRoleId"]
    assert said["Account"] == "123456789012"
    # As `aws eks get-token` asks: by an address that is signed beforehand.
    assert inside.generate_presigned_url("get_caller_identity").startswith("http://127.0.0.1")
    assert with_session(client, made["Credentials"], "sagemaker").list_models()["Models"] == []


def test_a_presigned_address_is_answered(client: Client) -> None:
    from urllib.request import urlopen

    with urlopen(client("sts").generate_presigned_url("get_caller_identity", HttpMethod="GET")) as answer:
        assert b"<Account>123456789012</Account>" in answer.read()


def test_a_web_identity_needs_no_credentials(server: Server) -> None:
    client = boto3.client("sts", "us-east-1", endpoint_url=server.url, config=Config(signature_version=UNSIGNED))
    claims = base64.urlsafe_b64encode(json.dumps({"sub": "repo:me", "aud": "sts", "iss": "issuer"}).encode()).decode()
    said = client.assume_role_with_web_identity(
        RoleArn=ROLE, RoleSessionName="ci", WebIdentityToken=f"head.{claims.rstrip('=')}.signature"
    )
    assert (said["SubjectFromWebIdentityToken"], said["Audience"], said["Provider"]) == ("repo:me", "sts", "issuer")
    assert said["Credentials"]["AccessKeyId"].startswith("ASIA")
    said = client.assume_role_with_web_identity(RoleArn=ROLE, RoleSessionName="ci", WebIdentityToken="opaque")
    assert said["SubjectFromWebIdentityToken"]


def test_a_session_token_is_of_the_same_caller(client: Client) -> None:
    made = client("sts").get_session_token(DurationSeconds=3600)["Credentials"]
    assert with_session(client, made).get_caller_identity()["Arn"].endswith(":user/sandbox")


@pytest.mark.parametrize(
    ("arn", "name", "duration"),
    [
        ("arn:aws:iam::999988887777:user/not-a-role", "me", 900),
        (ROLE, "not a name", 900),
        (ROLE, "me", 43201),
        ("no-arn-at-all-but-long", "me", 900),
    ],
)
def test_what_is_no_role_or_session_is_refused(client: Client, arn: str, name: str, duration: int) -> None:
    with pytest.raises(ClientError) as caught:
        client("sts").assume_role(RoleArn=arn, RoleSessionName=name, DurationSeconds=duration)
    assert caught.value.response["Error"]["Code"] == "ValidationError"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_what_is_not_played_says_so_in_the_protocol(client: Client) -> None:
    with pytest.raises(ClientError) as caught:
        client("sts").decode_authorization_message(EncodedMessage="x")
    assert caught.value.response["Error"]["Code"] == "NotSimulatedBySandbox"
    assert "sts DecodeAuthorizationMessage" in caught.value.response["Error"]["Message"]
