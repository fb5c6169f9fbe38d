"""``awsshadow export`` in a sandbox and against a scripted service."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING

import pytest

from awsshadow.arguments import yaml12

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.export.conftest import Box
    from tests.support.endpoint import Endpoint
    from tests.support.endpoint_server import Reply

ROLE = "arn:aws:iam::123456789012:role/r"
MODEL = {"ModelName": "m", "ExecutionRoleArn": ROLE, "PrimaryContainer": {"Image": "i", "Environment": {"a": "no"}}}
ARN = "arn:aws:sagemaker:us-east-1:123456789012:model/m"


def files(folder: Path) -> dict[str, Any]:
    return {path.name: yaml12.load(path.read_text()) for path in sorted(folder.iterdir())}


class TestForms:
    def test_yaml(self, box: Box) -> None:
        tags = [{"Key": "a", "Value": "1e3"}]
        box.world.ok("CreateModel", **MODEL, Tags=tags)
        text = box.ok("export", "model", "m")
        head = "# awsshadow: create-model\n# model m in us-east-1\nModelName: m\nPrimaryContainer:\n  Image: i\n"
        assert text.startswith(head)
        assert "\n\n# read-only, so left out: create-model does not take it\n#   CreationTime: " in text
        assert text.endswith(f'#   ModelArn: "{ARN}"\n')
        assert yaml12.load(text)["Tags"] == tags

    def test_json(self, box: Box) -> None:
        box.world.ok("CreateModel", **MODEL)
        text = box.ok("export", "model", ARN, "--output", "json")
        assert json.loads(text) == yaml12.load(box.ok("export", "model", "--model-name", "m"))

    def test_several(self, box: Box) -> None:
        for name in ("m", "n"):
            box.world.ok("CreateModel", **{**MODEL, "ModelName": name})
        first, second = box.ok("export", "model", "m", "n").split("---\n")
        assert (yaml12.load(first)["ModelName"], yaml12.load(second)["ModelName"]) == ("m", "n")
        texts = box.ok("export", "model", "m", "n", "--output", "json")
        decoder = json.JSONDecoder()
        one, end = decoder.raw_decode(texts)
        other, _ = decoder.raw_decode(texts[end:].lstrip())
        assert (one["ModelName"], other["ModelName"]) == ("m", "n")

    def test_a_long_definition_stays_what_it_is(self, box: Box) -> None:
        definition = json.dumps({"Version": "2020-12-01", "Steps": []}, indent=2) + "\n"
        name = {"PipelineName": "p", "PipelineDefinition": definition, "RoleArn": ROLE, "ClientRequestToken": "t" * 32}
        box.world.ok("CreatePipeline", **name)
        text = box.ok("export", "pipeline", "p", "--set", "PipelineName=q")
        assert yaml12.load(text)["PipelineDefinition"] == definition
        assert 'PipelineDefinition: |\n  {\n    "Version"' in text
        assert "ClientRequestToken" not in text
        code, _, _ = box.run("sagemaker", "create-pipeline", "--cli-input-yaml", "-", stdin=text)
        assert code == 0
        assert box.world.ok("DescribePipeline", PipelineName="q")["PipelineDefinition"] == definition

    def test_it_can_be_piped_into_the_command_that_creates(self, box: Box) -> None:
        box.world.ok("CreateModel", **MODEL)
        sets = ["--set", "ModelName=n", "--set", "PrimaryContainer.Environment.b=on"]
        text = box.ok("export", "model", "m", *sets)
        assert box.run("sagemaker", "create-model", "--cli-input-yaml", "-", stdin=text)[0] == 0
        made = box.world.ok("DescribeModel", ModelName="n")
        assert made["PrimaryContainer"]["Environment"] == {"a": "no", "b": "on"}


class TestErrors:
    def test_not_there(self, box: Box) -> None:
        code, stdout, stderr = box.run("export", "model", "m")
        assert (code, stdout) == (254, "")
        assert "Could not find model" in stderr

    def test_some_of_several(self, box: Box) -> None:
        box.world.ok("CreateModel", **MODEL)
        code, stdout, stderr = box.run("export", "model", "x", "m", "y")
        assert (code, yaml12.load(stdout)["ModelName"]) == (4, "m")
        assert "2 of 3 failed\nx: An error occurred" in stderr
        assert box.run("export", "model", "x", "y")[:2] == (254, "")

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["export", "modell", "m"], "* model\n"),
            (["export", "device", "m"], "no operation creates what is called device by itself"),
            (["export", "model"], "the following arguments are required: NAME"),
            (["export", "model", "arn:aws:sagemaker:us-east-1:1:endpoint/e"], "is not the ARN of a model"),
            (["export", "model", "m", "--set", "ModelNmae=x"], "did you mean ModelName?"),
            (["export", "model", "m", "--set", "ModelName"], "expected PATH=VALUE"),
            (
                ["export", "model", "m", "--set", 'PrimaryContainer.Environment["b.c"]=x'],
                "must satisfy regular expression",
            ),
            (["export", "model", "m", "n", "--set", "ModelName=x"], "it is for one resource"),
            (["export", "model", "m", "--with-dependencies"], "add -d DIR"),
            (["export", "model", "m", "--force"], "nothing is replaced without -d DIR"),
            (["export", "model", "m", "--output", "table"], "invalid choice: 'table' (choose from yaml, json)"),
            (["export", "model", "m", "--query", "x"], "export model takes no --query"),
            (["export", "model", "m", "--timeout", "x"], "--timeout"),
        ],
    )
    def test_of_the_command_line(self, box: Box, words: list[str], said: str) -> None:
        box.world.ok("CreateModel", **MODEL)
        code, stdout, stderr = box.run(*words)
        assert (code, stdout) == (252, "")
        assert said in stderr

    def test_there_is_no_such_command_under_the_name_of_the_reference(self, box: Box, empty_home: Path) -> None:
        for word in ("export", "diff"):
            code, _, stderr = box.run(word, "model", "m", program="aws", env={**box.environ, "PATH": ""})
            assert (code, f"argument command: Found invalid choice '{word}'" in stderr) == (252, True)
        (empty_home / ".aws" / "cli").mkdir(parents=True)
        (empty_home / ".aws" / "cli" / "alias").write_text("[toplevel]\nexport = sagemaker list-models\n")
        assert json.loads(box.ok("export")) == {"Models": []}


class TestFaults:
    @pytest.mark.parametrize("operation", ["DescribeModel", "ListTags"])
    def test_throttling_is_waited_out(self, box: Box, operation: str) -> None:
        box.world.ok("CreateModel", **MODEL, Tags=[{"Key": "a", "Value": "b"}])
        box.faults(throttle=[{"operation": operation, "times": 12}])
        assert yaml12.load(box.ok("export", "model", "m"))["Tags"] == [{"Key": "a", "Value": "b"}]

    def test_no_longer_than_the_timeout(self, box: Box) -> None:
        box.world.ok("CreateModel", **MODEL)
        box.faults(throttle=[{"operation": "DescribeModel"}])
        code, stdout, stderr = box.run("export", "model", "m", "--timeout", "2m")
        assert (code, stdout) == (124, "")
        assert "still throttled after 2m" in stderr

    @pytest.mark.parametrize("kind", ["cut", "late"])
    def test_a_broken_or_late_answer_is_asked_for_again(self, box: Box, kind: str) -> None:
        box.world.ok("CreateModel", **MODEL)
        rule = {"operation": "*", "times": 2, **({"seconds": 0.01} if kind == "late" else {})}
        box.faults(**{kind: [rule]})
        assert yaml12.load(box.ok("export", "model", "m"))["ModelName"] == "m"

    def test_one_that_failed_is_exported(self, box: Box) -> None:
        box.endpoint()
        box.faults(fail=[{"family": "Endpoint", "name": "bad", "status": "Failed"}])
        box.world.ok("CreateEndpoint", EndpointName="bad", EndpointConfigName="c")
        assert "#   FailureReason: " in box.ok("export", "endpoint", "bad")


class Service:
    """A scripted service that describes one model."""

    def __init__(self, endpoint: Endpoint, network: dict[str, str], box: Box) -> None:
        self.box = box
        self.endpoint = endpoint
        self.environ = {**network, "AWS_ENDPOINT_URL_SAGEMAKER": endpoint.url}

    def answers(self, body: dict[str, Any], *others: Reply) -> None:
        self.endpoint.script([{"match": "DescribeModel", "body": json.dumps(body)}, *others])

    def run(self, *words: str, **more: Any) -> tuple[int, str, str]:
        return self.box.run(*words, env=self.environ, **more)


@pytest.fixture
def service(endpoint: Endpoint, network: dict[str, str], box: Box) -> Service:
    return Service(endpoint, network, box)


DENIED: Reply = {
    "match": "ListTags", "status": 400,
    "body": json.dumps({"__type": "AccessDeniedException", "message": "no\u2028permission"}),
}  # fmt: skip
REFUSED = "An error occurred (AccessDeniedException) when calling the ListTags operation: no\\u2028permission"
NO_TAGS: Reply = {"match": "ListTags", "body": "{}"}


class TestOfTheService:
    def test_tags_that_nobody_may_read_are_said_to_be_unread(self, service: Service) -> None:
        service.answers({**MODEL, "ModelArn": ARN}, DENIED)
        code, stdout, stderr = service.run("export", "model", "m")
        assert (code, yaml12.load(stdout)["ModelName"]) == (0, "m")
        assert f"# could not be read:\n#   Tags: {REFUSED}\n" in stdout
        assert stderr == f"model m: Tags could not be read: {REFUSED}\n"

    def test_tags_of_the_services_own_are_left_out(self, service: Service) -> None:
        page = {"Tags": [{"Key": "aws:a", "Value": "b"}, {"Key": "c", "Value": "d"}]}
        more = {"match": "ListTags", "body": json.dumps({"Tags": [{"Key": "e", "Value": "f"}]})}
        first = {"match": "ListTags", "body": json.dumps({**page, "NextToken": "t"})}
        service.answers({**MODEL, "ModelArn": ARN}, first, more)  # type: ignore[arg-type]
        code, stdout, stderr = service.run("export", "model", "m")
        assert (code, stderr) == (0, "")
        assert [tag["Key"] for tag in yaml12.load(stdout)["Tags"]] == ["c", "e"]
        assert '#   Tags: {"Key": "aws:a", "Value": "b"}\n' in stdout

    def test_what_a_newer_service_says_is_kept_as_comments(self, service: Service) -> None:
        container = {
            "Image": "i",
            "Newest": {"a": ["x\ny" * 200]},
            "ImageConfig": {"RepositoryAccessMode": "Vpc", "N": 1},
        }
        service.answers({**MODEL, "PrimaryContainer": container, "ModelArn": ARN, "Newer": "# a"}, NO_TAGS)
        code, stdout, stderr = service.run("export", "model", "m")
        assert (code, stderr) == (0, "")
        head = "# unknown to the model of the installed botocore, so left out:\n"
        lines = stdout.partition(head)[2].splitlines()
        assert json.loads(lines[0].removeprefix("#   PrimaryContainer.Newest: ")) == container["Newest"]
        assert lines[1:3] == ["#   PrimaryContainer.ImageConfig.N: 1", '#   Newer: "# a"']
        assert yaml12.load(stdout)["PrimaryContainer"] == {"Image": "i", "ImageConfig": {"RepositoryAccessMode": "Vpc"}}

    def test_names_cannot_break_out_of_comments(self, service: Service) -> None:
        service.answers({**MODEL, "ModelArn": f"{ARN}\nModelName: evil\x1b[31m"}, NO_TAGS)
        _, stdout, _ = service.run("export", "model", "m")
        assert yaml12.load(stdout) == MODEL
        assert "\x1b" not in stdout

    @pytest.mark.parametrize("body", ["", "<html>", "null", "[]", '{"PrimaryContainer": 1, "Containers": {"a": 1}}'])
    def test_an_answer_that_is_none_ends_in_no_traceback(self, service: Service, body: str) -> None:
        service.endpoint.script([{"match": "DescribeModel", "body": body}, NO_TAGS])
        code, stdout, stderr = service.run("export", "model", "m")
        assert "Traceback" not in stderr
        if code == 0:
            assert yaml12.load(stdout) == {}
            assert "the input lacks its required member ModelName" in stderr
        else:
            assert (code, stdout) == (255, "")

    @pytest.mark.parametrize("items", [[None, {"Image": "i"}], ["x"]])
    def test_elements_that_fit_nothing_are_left_out(self, service: Service, items: list[Any]) -> None:
        service.answers({"ModelName": "m", "Containers": items, "ModelArn": ARN}, NO_TAGS)
        code, stdout, stderr = service.run("export", "model", "m")
        assert "Traceback" not in stderr
        assert code in (0, 255)
        if code == 0:
            assert yaml12.load(stdout).get("Containers", []) == [item for item in items if isinstance(item, dict)]

    def test_no_permission_to_describe(self, service: Service) -> None:
        denied: Reply = {**DENIED, "match": "DescribeModel"}
        service.endpoint.script([denied])
        code, stdout, stderr = service.run("export", "model", "m")
        assert (code, stdout, "AccessDeniedException" in stderr) == (254, "", True)


class TestFolder:
    def test_dependencies_come_first_and_shared_ones_once(self, box: Box, tmp_path: Path) -> None:
        box.endpoint("blue", "c", ("m", "n"))
        box.endpoint("green", "d", ("n",))
        folder = tmp_path / "deploy"
        text = box.ok("export", "endpoint", "blue", "green", "--with-dependencies", "-d", str(folder))
        names = ["01-model-m.yaml", "02-model-n.yaml", "03-endpoint-config-c.yaml", "04-endpoint-blue.yaml",
                 "05-endpoint-config-d.yaml", "06-endpoint-green.yaml"]  # fmt: skip
        assert text == "".join(f"{folder}/{name}\n" for name in names)
        assert list(files(folder)) == names
        for operation, names_ in (
            ("Endpoint", ("blue", "green")),
            ("EndpointConfig", ("c", "d")),
            ("Model", ("m", "n")),
        ):
            for name in names_:
                box.world.ok(f"Delete{operation}", **{f"{operation}Name": name})
        for path in sorted(folder.iterdir()):
            operation = path.read_text().splitlines()[0].removeprefix("# awsshadow: ")
            assert box.run("sagemaker", operation, "--cli-input-yaml", f"file://{path}")[0] == 0
        assert box.world.ok("DescribeEndpoint", EndpointName="green")["EndpointConfigName"] == "d"
        assert box.run("diff", *map(str, sorted(folder.iterdir()))) == (0, "", "")

    def test_on_a_terminal_the_commands_are_said(self, box: Box, tmp_path: Path) -> None:
        box.endpoint()
        folder = tmp_path / "with a space"
        words = ["export", "endpoint", "blue", "--with-dependencies", "-d", str(folder), "--output", "json"]
        code, _, stderr = box.run(*words, terminal=True)
        path = f"'file://{folder}/01-model-m.json'"
        assert code == 0
        assert f"  awsshadow sagemaker create-model --cli-input-json {path}\n" in stderr
        assert json.loads((folder / "01-model-m.json").read_text())["ModelName"] == "m"

    def test_what_is_missing_is_said_and_the_rest_is_written(self, box: Box, tmp_path: Path) -> None:
        box.endpoint("blue", "c", ("m", "n"))
        box.world.ok("DeleteModel", ModelName="m")
        words = ["export", "endpoint", "blue", "--with-dependencies", "-d", str(tmp_path / "d")]
        code, _, stderr = box.run(*words)
        assert code == 0
        assert stderr.startswith("endpoint config c: it needs model m, which cannot be exported: An error occurred")
        assert list(files(tmp_path / "d")) == ["01-model-n.yaml", "02-endpoint-config-c.yaml", "03-endpoint-blue.yaml"]

    def test_what_the_service_draws_is_said(self, box: Box, tmp_path: Path) -> None:
        profile = box.world.make("UserProfile")
        words = ["--domain-id", profile["DomainId"], profile["UserProfileName"], "--with-dependencies"]
        code, _, stderr = box.run("export", "user-profile", *words, "-d", str(tmp_path / "d"))
        assert code == 0
        assert f"it names domain {profile['DomainId']} by what the service draws" in stderr
        assert [name.split("-")[1] for name in files(tmp_path / "d")] == ["domain", "user"]

    def test_a_schedule_needs_the_definition_of_its_kind(self, box: Box, tmp_path: Path) -> None:
        definition = box.world.make("ModelQualityJobDefinition")["JobDefinitionName"]
        config = {"MonitoringJobDefinitionName": definition, "MonitoringType": "ModelQuality"}
        box.world.ok("CreateMonitoringSchedule", MonitoringScheduleName="s", MonitoringScheduleConfig=config)
        code, _, _ = box.run("export", "monitoring-schedule", "s", "--with-dependencies", "-d", str(tmp_path / "d"))
        assert code == 0
        names = list(files(tmp_path / "d"))
        assert f"model-quality-job-definition-{definition}.yaml" in names[-2]

    def test_files_that_are_there_stay(self, box: Box, tmp_path: Path) -> None:
        box.endpoint()
        (tmp_path / "03-endpoint-blue.yaml").write_text("mine")
        words = ["export", "endpoint", "blue", "--with-dependencies", "-d", str(tmp_path)]
        before = sorted(os.listdir(tmp_path))
        code, stdout, stderr = box.run(*words)
        assert (code, stdout) == (252, "")
        assert "03-endpoint-blue.yaml is there already; --force replaces it" in stderr
        assert sorted(os.listdir(tmp_path)) == before
        assert box.run(*words, "--force")[0] == 0
        assert "EndpointName: blue" in (tmp_path / "03-endpoint-blue.yaml").read_text()

    def test_a_link_is_replaced_and_not_written_through(self, box: Box, tmp_path: Path) -> None:
        box.world.ok("CreateModel", **MODEL)
        (tmp_path / "target").write_text("mine")
        (tmp_path / "01-model-m.yaml").symlink_to(tmp_path / "target")
        words = ["export", "model", "m", "-d", str(tmp_path)]
        assert box.run(*words)[0] == 252
        assert box.run(*words, "--force")[0] == 0
        assert (tmp_path / "target").read_text() == "mine"
        assert stat.S_IMODE((tmp_path / "01-model-m.yaml").lstat().st_mode) & 0o444 == 0o444

    def test_a_folder_that_cannot_be_written(self, box: Box, tmp_path: Path) -> None:
        box.world.ok("CreateModel", **MODEL)
        (tmp_path / "file").write_text("")
        for folder in ("file", "file/below"):
            code, stdout, stderr = box.run("export", "model", "m", "-d", str(tmp_path / folder))
            assert (code, stdout, "Traceback" in stderr) == (252, "", False)

    def test_a_name_leads_nowhere_else(self, service: Service, tmp_path: Path) -> None:
        named = "../../CON:a\n\x00é" + "x" * 300
        body = {
            "EndpointName": "e",
            "EndpointConfigName": named,
            "EndpointArn": "arn:aws:sagemaker:us-east-1:1:endpoint/e",
        }
        config: Reply = {"match": "DescribeEndpointConfig", "body": json.dumps({"EndpointConfigName": named})}
        endpoint: Reply = {"match": "DescribeEndpoint", "body": json.dumps(body)}
        service.endpoint.script([config, NO_TAGS, endpoint])
        words = ["export", "endpoint", "e", "--with-dependencies", "-d", str(tmp_path / "d")]
        code, stdout, _ = service.run(*words)
        assert code == 0
        name, other = sorted(os.listdir(tmp_path / "d"))
        assert stdout == f"{tmp_path}/d/{name}\n{tmp_path}/d/{other}\n"
        assert name.startswith("01-endpoint-config-.._.._CON_a_x")
        assert len(name) < 140


def test_a_disk_that_is_full_leaves_nothing(box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from awsshadow.export import folder

    box.endpoint()
    calls = []

    def put(path: str, target: str, force: bool) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device", target)
        link(path, target, force)

    link = folder._put
    monkeypatch.setattr(folder, "_put", put)
    code, stdout, stderr = box.run("export", "endpoint", "blue", "--with-dependencies", "-d", str(tmp_path / "d"))
    assert (code, stdout) == (252, "")
    assert "No space left on device" in stderr
    assert os.listdir(tmp_path / "d") == []
