"""The protocol: bytes in, an answer out, never an exception and never a 500."""

import json
import subprocess
import sys
from typing import Any

import pytest

from awsshadow import __version__
from awsshadow.sandbox.service import Sandbox
from tests.support.interpreter import unmeasured

REGION = "eu-west-1"


def send(sandbox: Any, target: Any, body: Any, region: Any = REGION, **more: Any) -> Any:
    answer = sandbox.answer(target, body, region, **more)
    return answer, json.loads(answer.body)


def test_an_answer_is_marked_and_counted(sandbox: Any) -> None:
    answer, document = send(sandbox, "SageMaker.ListModels", b"{}")
    assert (answer.status, document) == (200, {"Models": []})
    assert answer.headers["x-awsshadow-sandbox"] == __version__
    assert answer.headers["Content-Type"] == "application/x-amz-json-1.1"
    assert answer.headers["Content-Length"] == str(len(answer.body))
    other, _ = send(sandbox, "SageMaker.ListModels", b"")
    assert len(answer.headers["x-amzn-RequestId"]) == 36
    assert answer.headers["x-amzn-RequestId"] != other.headers["x-amzn-RequestId"]
    assert (answer.delay, answer.cut) == (0, False)


@pytest.mark.parametrize(
    ("target", "body", "code"),
    [
        ("SageMaker.NoSuchThing", b"{}", "UnknownOperationException"),
        ("SageMaker.listmodels", b"{}", "UnknownOperationException"),
        ("SageMaker.../../etc", b"{}", "UnknownOperationException"),
        ("Other.ListModels", b"{}", "UnknownOperationException"),
        ("", b"{}", "UnknownOperationException"),
        ("SageMaker.ListModels", b"{", "SerializationException"),
        ("SageMaker.ListModels", b"[]", "SerializationException"),
        ("SageMaker.ListModels", b"\xff", "SerializationException"),
        ("SageMaker.ListModels", b'{"MaxResults": "x"}', "SerializationException"),
        ("SageMaker.ListModels", b'{"MaxResults": 0}', "ValidationException"),
        ("SageMaker.ListModels", b'{"NextToken": "rubbish"}', "ValidationException"),
    ],
)
def test_bad_requests_are_errors(sandbox: Any, target: Any, body: Any, code: Any) -> None:
    answer, document = send(sandbox, target, body)
    assert answer.status == 400
    assert document["__type"] == code
    assert document["message"]


def test_modelled_errors_have_the_message_the_model_names(world: Any) -> None:
    status, document = world.call("DescribeExperiment", ExperimentName="none")
    assert status == 400
    assert set(document) == {"__type", "Message"}
    status, document = world.call("DescribeModel", ModelName="none")
    assert set(document) == {"__type", "message"}


def test_accounts_and_regions_share_nothing(tmp_path: Any) -> None:
    role = "arn:aws:iam::123456789012:role/sandbox-role"
    body = json.dumps({"ModelName": "Demo", "ExecutionRoleArn": role}).encode()
    one = Sandbox(str(tmp_path))
    two = Sandbox(str(tmp_path), account="210987654321")
    _, made = send(one, "SageMaker.CreateModel", body)
    # The service writes names in ARNs in small letters.
    assert made == {"ModelArn": "arn:aws:sagemaker:eu-west-1:123456789012:model/demo"}
    assert send(one, "SageMaker.ListModels", b"{}", "us-east-1")[1] == {"Models": []}
    assert send(two, "SageMaker.ListModels", b"{}")[1] == {"Models": []}
    assert send(two, "SageMaker.CreateModel", body)[1]["ModelArn"].split(":")[4] == "210987654321"
    china = send(one, "SageMaker.CreateModel", body, "cn-north-1")[1]["ModelArn"]
    assert china.startswith("arn:aws-cn:sagemaker:cn-north-1:")
    one.close()
    two.close()


def test_names_that_differ_in_case_only_are_one_name(world: Any) -> None:
    world.ok("CreateExperiment", ExperimentName="Demo")
    world.refused("CreateExperiment", ExperimentName="demo")


def test_a_token_makes_a_repeated_request_one_request(world: Any) -> None:
    given = {"ImageName": world.make("Image")["ImageName"], "BaseImage": "image", "ClientToken": "t" * 32}
    first = world.ok("CreateImageVersion", **given)
    assert world.ok("CreateImageVersion", **given) == first
    assert len(world.ok("ListImageVersions", ImageName=given["ImageName"])["ImageVersions"]) == 1
    code, message = world.refused("CreateImageVersion", **{**given, "BaseImage": "other"})
    assert code == "ValidationException"
    assert "different parameters" in message


def test_tags(world: Any) -> None:
    arn = world.make("Model")["ModelArn"]
    tags = [{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "1"}]
    assert world.ok("AddTags", ResourceArn=arn, Tags=tags)["Tags"] == tags
    world.ok("AddTags", ResourceArn=arn, Tags=[{"Key": "a", "Value": "3"}])
    assert world.ok("ListTags", ResourceArn=arn)["Tags"] == [{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "3"}]
    world.ok("DeleteTags", ResourceArn=arn, TagKeys=["b", "none"])
    assert world.ok("ListTags", ResourceArn=arn)["Tags"] == [{"Key": "a", "Value": "3"}]
    many = [{"Key": f"k{i}", "Value": ""} for i in range(50)]
    assert "maximum number of tags" in world.refused("AddTags", ResourceArn=arn, Tags=many)[1]
    assert "Could not find model" in world.refused("ListTags", ResourceArn=arn + "x")[1]
    made = world.ok("CreateExperiment", ExperimentName="tagged", Tags=tags)["ExperimentArn"]
    assert len(world.ok("ListTags", ResourceArn=made)["Tags"]) == 2
    world.ok("DeleteExperiment", ExperimentName="tagged")
    world.refused("ListTags", ResourceArn=made)


def test_links_lead_to_the_sandbox(world: Any) -> None:
    name = world.make("NotebookInstance")["NotebookInstanceName"]
    body = json.dumps({"NotebookInstanceName": name}).encode()
    base = "http://127.0.0.1:4711"
    _, document = send(world.sandbox, "SageMaker.CreatePresignedNotebookInstanceUrl", body, world.region, base_url=base)
    assert document["AuthorizedUrl"].startswith(f"{base}/notebook/{name}?authToken=")


def test_the_first_answer_needs_the_standard_library_only() -> None:
    code = (
        "import sys; from awsshadow.sandbox.service import Sandbox\n"
        "import tempfile\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    s = Sandbox(folder); s.answer('SageMaker.DescribeEndpoint', b'{\"EndpointName\": \"a\"}', 'eu-west-1')\n"
        "    s.close()\n"
        "print(*{m.split('.')[0] for m in sys.modules} & {'botocore', 'click', 'yaml', 'jmespath', 'rich'})\n"
        "print(*[m for m in sys.modules if m.startswith('awsshadow.sandbox.')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=unmeasured(), capture_output=True, text=True, check=True)
    third, own = done.stdout.split("\n")[:2]
    assert third == ""
    special = {f"awsshadow.sandbox.{m}" for m in ("pipelines", "clusters", "search", "lineage", "experiments", "hubs")}
    assert not special & set(own.split())
