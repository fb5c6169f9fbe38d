"""moto's tests of SageMaker against the sandbox, where a variable names a checkout of them."""

from __future__ import annotations

import os

import pytest

from tests.peers import moto_suite
from tests.peers.valid_input import ValidInput
from tests.sandbox.conftest import REGION, _load_model

CHECKOUT = os.environ.get("AWSSHADOW_MOTO_CHECKOUT", "")


@pytest.mark.skipif(not CHECKOUT, reason="AWSSHADOW_MOTO_CHECKOUT names no checkout of moto")
def test_no_test_of_the_peer_fails_for_our_fault() -> None:
    for needed in ("boto3", "freezegun", "moto"):
        pytest.importorskip(needed, reason=f"moto's tests need {needed}")
    found = moto_suite.verdicts(os.path.abspath(CHECKOUT))
    assert [verdict for verdict in found if verdict.judgement == moto_suite.OURS] == []
    assert set(moto_suite.reasons()) == {v.test for v in found if v.judgement == moto_suite.OF_THE_PEER}


def test_every_reason_is_in_the_guide() -> None:
    with open(os.path.join(moto_suite.ROOT, "docs", "sandbox-peers.md"), encoding="utf-8") as file:
        guide = file.read()
    listed = {f"test_sagemaker_{name}" for name in moto_suite.listed(guide)}
    assert listed == set(moto_suite.reasons())
    assert [reason for reason in set(moto_suite.reasons().values()) if reason not in guide] == []


def test_inputs_are_made_valid_and_led_back(tmp_path: object) -> None:
    made = ValidInput(_load_model(), str(tmp_path))
    asked = {"ModelName": "My_Model", "ExecutionRoleArn": "role", "PrimaryContainer": {"Image": "image"}}
    sent = made.request("CreateModel", asked, REGION)
    assert sent == {**asked, "ModelName": "My-Model", "ExecutionRoleArn": "arn:aws:iam::123456789012:role/role"}
    assert made.request("DescribeModel", {"ModelName": "My_Model"}, REGION) == {"ModelName": "My-Model"}
    answer = {"ModelName": "My-Model", "ModelArn": "arn:aws:sagemaker:eu-west-1:123456789012:model/my-model"}
    assert made.answer(answer)["ModelName"] == "My_Model"
    assert made.words(sent["ExecutionRoleArn"]) == "role"


def test_a_refusal_that_is_waited_for_is_not_avoided(tmp_path: object) -> None:
    made = ValidInput(_load_model(), str(tmp_path))
    wrong = {"EndpointName": "not_valid", "EndpointConfigName": "missing"}
    assert made.request("CreateEndpoint", wrong, REGION, as_written=True) == wrong


def test_what_a_request_names_is_made(tmp_path: object) -> None:
    made = ValidInput(_load_model(), str(tmp_path))
    asked = {"EndpointName": "e", "EndpointConfigName": "c"}
    assert made.request("CreateEndpoint", asked, REGION) == asked
    assert made.request("CreateEndpoint", asked, REGION) == asked  # it is there by now
