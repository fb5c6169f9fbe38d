"""The service that a request is for, from its head alone."""

from __future__ import annotations

from email.message import Message

import pytest

from awsshadow.sandbox.services.recognition import scope_of, service_of, shown

SIGNED = "AWS4-HMAC-SHA256 Credential=KEY/20260101/eu-west-1/{}/aws4_request, SignedHeaders=host, Signature=0"
PRESIGNED = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=KEY%2F20260101%2Fap-south-1%2F{}%2Faws4_request"


def head(**fields: str) -> Message[str, str]:
    made: Message[str, str] = Message()
    for name, value in fields.items():
        made[name.replace("_", "-")] = value
    return made


@pytest.mark.parametrize("service", ["sts", "s3", "iam", "logs", "ssm", "monitoring"])
def test_the_signature_says_it(service: str) -> None:
    assert service_of("/", head(Authorization=SIGNED.format(service))) == service
    assert service_of("/bucket/key?" + PRESIGNED.format(service), head()) == service


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/endpoints/demo/invocations", "sagemaker-runtime"),
        ("/endpoints/demo/async-invocations", "sagemaker-runtime"),
        ("/endpoints/demo/invocations-response-stream", "sagemaker-runtime"),
        ("/FeatureGroup/users?RecordIdentifierValueAsString=1", "sagemaker-featurestore-runtime"),
        ("/BatchGetRecord", "sagemaker-featurestore-runtime"),
        ("/BatchPutMetrics", "sagemaker-metrics"),
        ("/SendHeartbeat", "sagemaker-edge"),
        ("/human-loops", "sagemaker-a2i-runtime"),
        ("/human-loops/stop", "sagemaker-a2i-runtime"),
        ("/endpoints/demo", "sagemaker"),
        ("/endpoints/demo/invocations/more", "sagemaker"),
        ("/", "sagemaker"),
    ],
)
def test_what_is_signed_for_sagemaker_is_told_by_its_path(path: str, service: str) -> None:
    assert service_of(path, head(Authorization=SIGNED.format("sagemaker"))) == service
    assert service_of(path, head()) == ("" if service == "sagemaker" else service)


def test_what_is_not_signed_is_told_by_its_target() -> None:
    assert service_of("/", head(X_Amz_Target="SageMaker.ListModels")) == "sagemaker"
    assert service_of("/", head(X_Amz_Target="Logs_20140328.GetLogEvents")) == "logs"
    assert service_of("/", head(X_Amz_Target="AmazonSSM.GetParameter")) == "ssm"


def test_the_target_of_sagemaker_counts_more_than_a_signature_for_another() -> None:
    signed = SIGNED.format("sagemaker-proxy")
    assert service_of("/", head(Authorization=signed, X_Amz_Target="SageMaker.ListModels")) == "sagemaker"


def test_unsigned_forms_are_for_sts() -> None:
    form = {"Content_Type": "application/x-www-form-urlencoded; charset=utf-8"}
    assert service_of("/", head(**form, amz_sdk_invocation_id="1")) == "sts"
    assert service_of("/", head(**form)) == ""
    assert service_of("/other", head(**form, amz_sdk_invocation_id="1")) == ""


def test_the_region_is_in_the_signature_wherever_that_stands() -> None:
    assert scope_of("", head(Authorization=SIGNED.format("s3"))) == ("eu-west-1", "s3")
    assert scope_of(PRESIGNED.format("s3"), head()) == ("ap-south-1", "s3")
    assert scope_of("AWSAccessKeyId=KEY&Signature=x&Expires=1", head()) == ("", "s3")
    assert scope_of("", head(Authorization="AWS KEY:signature")) == ("", "s3")
    assert scope_of("authToken=1", head()) == ("", "")


def test_a_message_shows_no_markup_of_a_name() -> None:
    assert shown("<b>x") == "bx"
    assert shown("") == "another API"
